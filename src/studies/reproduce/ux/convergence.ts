/** How fast the search for weights approaches the best point of the full grid. */

import type { FigureTable } from "../../../records/reproduction.ts";
import { count, ratio, share, text } from "../columns.ts";
import { figure } from "../figures.ts";
import type { StudyCase } from "./study.ts";
import { grouped } from "./tables.ts";

/** Steps until the search is within 5 % of the grid's best; undefined: never. Cases without a grid are left out. */
const stepsOf = (cases: readonly StudyCase[]): readonly (number | undefined)[] =>
  cases.flatMap(({ tuning: { grid } }) => (grid === null ? [] : [grid.stepsToWithin5Percent ?? undefined]));

/** Share of cases that are within 5 % after `steps`; undefined without a grid. */
export function shareWithin(cases: readonly StudyCase[], steps: number): number | undefined {
  const all = stepsOf(cases);
  return all.length === 0 ? undefined : all.filter((each) => each !== undefined && each <= steps).length / all.length;
}

/** Least number of steps after which half of the cases are within 5 %; undefined if they never are. */
export function medianSteps(cases: readonly StudyCase[]): number | undefined {
  const sorted = stepsOf(cases)
    .map((each) => each ?? Infinity)
    .sort((a, b) => a - b);
  const median = sorted[Math.floor((sorted.length - 1) / 2)];
  return median === undefined || median === Infinity ? undefined : median;
}

export function convergenceTable(cases: readonly StudyCase[], steps: number): FigureTable {
  const counts = Array.from({ length: steps + 1 }, (_, step) => step);
  const row = (scenario: string, own: readonly StudyCase[]) => ({
    scenario,
    ...Object.fromEntries(counts.map((step) => [`step${step}`, figure(shareWithin(own, step))])),
    gain: figure(meanOfDefined(own.map(({ tuning }) => tuning.gain))),
    behind: figure(meanOfDefined(own.map(({ tuning: { grid } }) => behind(grid?.gain)))),
  });
  return {
    name: "convergence",
    title: `Cases within 5 % of the 9 x 9 grid's best after 0 to ${steps} steps of the search, %`,
    place: "everywhere",
    columns: [
      text("scenario"),
      ...counts.map((step) => share(`step${step}`, String(step))),
      share("gain", "gain"),
      share("behind", "behind"),
    ],
    rows: [...grouped(cases, "scenario").map(([scenario, own]) => row(scenario, own)), row("all", cases)],
  };
}

/** Negative if the search is better than the grid. */
const behind = (gain: number | null | undefined): number | null => (gain ? -gain : (gain ?? null));

function meanOfDefined(values: readonly (number | null)[]): number | undefined {
  const defined = values.filter((value) => value !== null);
  return defined.length === 0 ? undefined : defined.reduce((sum, value) => sum + value, 0) / defined.length;
}

/** The weights that the search found in each case. */
export function weightTable(cases: readonly StudyCase[]): FigureTable {
  return {
    name: "weights",
    title: "Weights found, with UXCost at the start, found, and the grid's best, on the seed of the search",
    place: "files",
    columns: [
      text("system"),
      text("scenario"),
      ...["alpha", "beta", "start", "found", "grid"].map((name) => ratio(name)),
      count("steps", "steps to 5 %"),
    ],
    rows: cases.map(({ system, scenario, tuning: { start, found, grid } }) => ({
      system,
      scenario,
      alpha: figure(found.params.alpha as number),
      beta: figure(found.params.beta as number),
      start: figure(start.value),
      found: figure(found.value),
      grid: figure(grid?.best.value),
      steps: grid?.stepsToWithin5Percent ?? null,
    })),
  };
}
