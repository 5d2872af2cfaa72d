/** The rows of a chart: a time axis, who has which accelerator, and the misses of each task. */
import type { Miss, Slice, Timeline, TimelineAccelerator } from "../../records/timeline.ts";
import { chalkFor } from "../chalk-for.ts";
import { shortMs } from "../number-text.ts";
import { cut } from "../text-table.ts";
import { type Cell, type Columns, cellsOf, columnAt, columnStartNs, columnsOf } from "./columns.ts";
import type { TaskKey } from "./keys.ts";
import { bothMark, droppedMark, lateMark, type Symbols } from "./symbols.ts";

/** How a chart is drawn. */
export interface ChartOptions {
  readonly color: "always" | "never";
  readonly symbols: Symbols;
  /** Of the screen. */
  readonly width: number;
}

/** A row before its cells are coloured: text of one character per column. */
interface Row {
  readonly label: string;
  readonly parts: readonly Part[];
}

interface Part {
  readonly text: string;
  readonly paint: (text: string) => string;
}

const GAP = "  ";
const LONGEST_LABEL = 18;

/** No row is wider than the screen. */
export function chartRows(timeline: Timeline, keys: readonly TaskKey[], options: ChartOptions): ChartText {
  const labelWidth = Math.min(LONGEST_LABEL, Math.max(...labelsOf(timeline).map((label) => label.length)));
  const columns = columnsOf(timeline, options.width - labelWidth - GAP.length);
  const line = ({ label, parts }: Row): string =>
    `${cut(label, labelWidth, options.symbols.ellipsis).padEnd(labelWidth)}${GAP}${painted(parts)}`.trimEnd();
  const misses = missRows(timeline, columns, options);
  return {
    columns,
    lines: [
      ...axisRows(columns, options).map(line),
      ...timeline.accelerators
        .flatMap((_, index) => acceleratorRows(timeline, index, columns, keys, options))
        .map(line),
      ...(misses.length === 0 ? [] : ["", ...misses.map(line)]),
    ],
  };
}

export interface ChartText {
  readonly columns: Columns;
  readonly lines: readonly string[];
}

const painted = (parts: readonly Part[]): string => parts.map(({ text, paint }) => paint(text)).join("");

const labelsOf = (timeline: Timeline): readonly string[] => [
  ...timeline.accelerators.flatMap((accelerator, index) => acceleratorLabels(accelerator, lanesOf(timeline, index))),
  ...[...new Set(timeline.misses.map(({ taskIndex }) => taskIndex))].map((index) => timeline.tasks[index]!.id),
  "ms",
];

/** Ticks are ten columns apart. */
const TICK = 10;

function axisRows(columns: Columns, { symbols, color }: ChartOptions): readonly Row[] {
  const { dim } = chalkFor(color);
  const marks = Array.from({ length: columns.count }, (_, i) => (i % TICK === 0 ? symbols.tick : symbols.axis));
  return [
    { label: "ms", parts: [{ text: tickLabels(columns), paint: dim }] },
    { label: "", parts: [{ text: marks.join(""), paint: dim }] },
  ];
}

/** Labels begin at their tick. One that has no room is left out. */
function tickLabels(columns: Columns): string {
  let text = "";
  for (let column = 0; column < columns.count; column += TICK) {
    const label = shortMs(columnStartNs(columns, column));
    const hasRoom = (column === 0 || text.length < column) && column + label.length <= columns.count;
    if (hasRoom) text = text.padEnd(column) + label;
  }
  return text;
}

/** One row, or with fission one for each lane that is used, and one for the share of busy units. */
function acceleratorRows(
  timeline: Timeline,
  acceleratorIndex: number,
  columns: Columns,
  keys: readonly TaskKey[],
  options: ChartOptions,
): readonly Row[] {
  const accelerator = timeline.accelerators[acceleratorIndex]!;
  const own = timeline.slices.filter((slice) => slice.acceleratorIndex === acceleratorIndex);
  const lanes = lanesOf(timeline, acceleratorIndex);
  const labels = acceleratorLabels(accelerator, lanes);
  if (accelerator.units === 1) return [{ label: labels[0]!, parts: taskParts(cellsOf(own, columns), keys, options) }];
  const ofLane = (lane: number): readonly Slice[] => own.filter((slice) => slice.lane === lane);
  return [
    ...lanes.map((lane, i) => ({
      label: labels[i]!,
      parts: taskParts(cellsOf(ofLane(lane), columns), keys, options),
    })),
    { label: labels.at(-1)!, parts: levelParts(own, columns, accelerator.units, options) },
  ];
}

const acceleratorLabels = ({ id, units }: TimelineAccelerator, lanes: readonly number[]): readonly string[] =>
  units === 1 ? [id] : [...lanes.map((lane) => `${id}/${lane}`), `${id} use`];

const lanesOf = ({ slices }: Timeline, acceleratorIndex: number): readonly number[] =>
  [...new Set(slices.filter((each) => each.acceleratorIndex === acceleratorIndex).map(({ lane }) => lane))].sort(
    (a, b) => a - b,
  );

function taskParts(cells: readonly Cell[], keys: readonly TaskKey[], options: ChartOptions): readonly Part[] {
  const chalk = chalkFor(options.color);
  const keyOf = new Map(keys.flatMap((key) => key.taskIndexes.map((index) => [index, key] as const)));
  const parts = cells.map(({ taskIndex, busyNs, lengthNs }): Part => {
    if (taskIndex === undefined) return { text: options.symbols.idle, paint: chalk.dim };
    const { letter, lightLetter, color } = keyOf.get(taskIndex)!;
    return 2 * busyNs >= lengthNs
      ? { text: letter, paint: chalk[color].inverse }
      : { text: lightLetter, paint: chalk[color] };
  });
  return joined(parts);
}

/** Equal neighbours as one part, so that they are coloured at once. */
function joined(parts: readonly Part[]): readonly Part[] {
  const groups: Part[] = [];
  for (const part of parts) {
    const last = groups.at(-1);
    if (last?.text.endsWith(part.text) === true) groups[groups.length - 1] = { ...last, text: last.text + part.text };
    else groups.push(part);
  }
  return groups;
}

function levelParts(
  slices: readonly Slice[],
  columns: Columns,
  units: number,
  { symbols, color }: ChartOptions,
): readonly Part[] {
  const { levels, idle } = symbols;
  const texts = cellsOf(slices, columns, (slice) => slice.units).map(({ busyNs, lengthNs }) =>
    busyNs === 0 ? idle : levels[Math.ceil((busyNs * levels.length) / (lengthNs * units)) - 1]!,
  );
  return [{ text: texts.join(""), paint: chalkFor(color).dim }];
}

/** One row for each task that misses. */
function missRows({ tasks, misses }: Timeline, columns: Columns, { color }: ChartOptions): readonly Row[] {
  return tasks.flatMap(({ id }, index) => {
    const own = misses.filter(({ taskIndex }) => taskIndex === index);
    if (own.length === 0) return [];
    const kinds = Array.from({ length: columns.count }, () => new Set<Miss["kind"]>());
    for (const { timeNs, kind } of own) kinds[columnAt(columns, timeNs)]!.add(kind);
    return [{ label: id, parts: [{ text: kinds.map(markOf).join("").trimEnd(), paint: chalkFor(color).red }] }];
  });
}

function markOf(kinds: ReadonlySet<Miss["kind"]>): string {
  if (kinds.size === 2) return bothMark;
  if (kinds.has("late")) return lateMark;
  return kinds.has("dropped") ? droppedMark : " ";
}
