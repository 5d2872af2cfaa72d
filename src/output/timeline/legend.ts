/** What stands beside a chart: its title, its tasks, and the meaning of its marks. */
import type { Miss, Timeline } from "../../records/timeline.ts";
import { shortMs, significant } from "../number-text.ts";
import type { Table } from "../text-table.ts";
import { left, right } from "../text-table.ts";
import type { Columns } from "./columns.ts";
import type { TaskKey } from "./keys.ts";
import { bothMark, droppedMark, lateMark, type Symbols } from "./symbols.ts";

export const titleOf = ({ scenario, fromNs, toNs }: Timeline): string =>
  `Timeline of ${scenario}, ${shortMs(fromNs)} to ${shortMs(toNs)} ms`;

/** Explains only the marks that can be there. */
export function marksText(
  { accelerators, misses }: Timeline,
  { columnNs }: Columns,
  { idle, levels }: Symbols,
): string {
  const ofUse = `use: busy units from ${levels[0]} (few) to ${levels.at(-1)} (all)`;
  const ofMisses = `${lateMark}: completed late; ${droppedMark}: dropped; ${bothMark}: both`;
  return [
    `A column is ${shortMs(columnNs)} ms`,
    "capital letter: busy for at least half of it",
    "small letter: for less",
    `${idle}: idle`,
    ...(accelerators.some(({ units }) => units > 1) ? [ofUse] : []),
    ...(misses.length > 0 ? [ofMisses] : []),
  ].join("; ");
}

/** `letterOf`: how the letter of a task looks in a cell. */
export function legendTable(timeline: Timeline, keys: readonly TaskKey[], letterOf: (key: TaskKey) => string): Table {
  const unitNs = unitTimeNs(timeline);
  return {
    columns: [left("key"), left("task"), right("jobs"), right("late"), right("dropped"), right("busy %")],
    rows: keys.map((key) => [
      letterOf(key),
      key.name,
      String(key.jobs),
      String(missesOf(timeline, key, "late")),
      String(missesOf(timeline, key, "dropped")),
      significant((100 * key.busyNs) / unitNs),
    ]),
  };
}

/** Time of all units of all accelerators in the window. */
const unitTimeNs = ({ accelerators, fromNs, toNs }: Timeline): number =>
  accelerators.reduce((sum, { units }) => sum + units, 0) * (toNs - fromNs);

const missesOf = ({ misses }: Timeline, { taskIndexes }: TaskKey, kind: Miss["kind"]): number =>
  misses.filter((miss) => miss.kind === kind && taskIndexes.includes(miss.taskIndex)).length;
