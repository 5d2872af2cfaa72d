/** A search for parameters as a table for a terminal: its path, and what was gained. */

import type { Trial, Tuning } from "../../records/tuning.ts";
import type { Format } from "../format.ts";
import { heading, wrapped } from "../lines.ts";
import { nothing, readable, significant, unitText } from "../number-text.ts";
import { left, right, type TextOptions, textTable } from "../text-table.ts";
import { subjectText } from "../variation-text.ts";
import { counted } from "../words.ts";

export const table: Format<Tuning> = {
  name: "table",
  render(tuning, options) {
    const parts = [heading(tuningTitle(tuning), options), pathTable(tuning, options), ...conclusions(tuning)];
    return parts.join("\n\n");
  },
};

export function tuningTitle({ scheduler, objective, seeds, durationMs, ...subject }: Tuning): string {
  const ofSeeds = seeds.length === 1 ? `seed ${seeds[0]}` : `mean over seeds ${seeds[0]} to ${seeds.at(-1)}`;
  const goal = `${objective.name}, ${objective.better} is better`;
  return `${scheduler} for ${subjectText(subject)}: ${goal}, ${ofSeeds}, ${durationMs} ms`;
}

function pathTable({ path, searched, objective, found, grid }: Tuning, options: TextOptions): string {
  const values = ({ params, value }: Trial) => [
    ...searched.map(({ name }) => significant(params[name]!)),
    readable(value, objective.unit),
  ];
  const rows = path.map((step) => [String(step.step), ...values(step), readable(step.bestValue, objective.unit)]);
  const ends = [["found", ...values(found), ""], ...(grid === null ? [] : [["grid's best", ...values(grid.best), ""]])];
  const value = `${objective.name} ${unitText(objective.unit)}`.trim();
  const columns = [left("step"), ...searched.map(({ name }) => right(name)), right(value), right("best so far")];
  return textTable({ columns, rows: [...rows, ...ends] }, options);
}

/** One paragraph each. */
export function conclusions({ gain, trials, path, isFinished, grid, seeds }: Tuning): readonly string[] {
  const steps = path.length - 1;
  const search = `${isFinished ? "" : "Not finished. "}Gain over the start: ${percent(gain)} after ${counted(steps, "step")} and ${counted(trials, "point")}, ${counted(trials * seeds.length, "run")}.`;
  if (grid === null) return [wrapped(search)];
  const near = grid.stepsToWithin5Percent;
  const reached =
    near === null ? "It never came within 5 % of that." : `It was within 5 % of that after ${counted(near, "step")}.`;
  const full = `Against the best of a grid of ${grid.points.length} points it is ${standing(grid.gain)}. ${reached}`;
  return [wrapped(search), wrapped(full)];
}

const percent = (share: number | null): string => (share === null ? nothing : `${significant(share * 100)} %`);
const standing = (gain: number | null): string =>
  gain === null ? nothing : gain < 0 ? `${percent(-gain)} behind` : `${percent(gain)} ahead`;
