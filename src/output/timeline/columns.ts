/** The columns of a chart: equal parts of its window, and what fills them. */
import type { Slice, Timeline } from "../../records/timeline.ts";

/** Columns of a round length, so that ticks have round times. The last one may be cut off by the end of the window. */
export interface Columns {
  readonly fromNs: number;
  readonly toNs: number;
  /** Whole ns. */
  readonly columnNs: number;
  readonly count: number;
}

const ROUND = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8];

/** At most `most` columns, as short as a round length allows. */
export function columnsOf({ fromNs, toNs }: Pick<Timeline, "fromNs" | "toNs">, most: number): Columns {
  const leastNs = Math.max(1, (toNs - fromNs) / most);
  const decade = 10 ** Math.floor(Math.log10(leastNs));
  const lengths = [...ROUND.map((step) => step * decade), 10 * decade].filter(Number.isInteger);
  const columnNs = lengths.find((length) => length >= leastNs)!;
  return { fromNs, toNs, columnNs, count: Math.ceil((toNs - fromNs) / columnNs) };
}

export const columnStartNs = ({ fromNs, columnNs }: Columns, column: number): number => fromNs + column * columnNs;

export const columnEndNs = (columns: Columns, column: number): number =>
  Math.min(columns.toNs, columnStartNs(columns, column + 1));

/** Of an instant: one between two columns belongs to the left one, where the work is that ended then. */
export const columnAt = ({ fromNs, columnNs }: Columns, timeNs: number): number =>
  Math.max(0, Math.ceil((timeNs - fromNs) / columnNs) - 1);

/** What fills a column of a row. */
export interface Cell {
  /** Busy time; with `unitsOf`, unit-time. */
  readonly busyNs: number;
  /** The task with most of it, of several the first one; undefined: idle. */
  readonly taskIndex: number | undefined;
  /** Length of the column. */
  readonly lengthNs: number;
}

/** A cell for each column. `unitsOf`: how much a slice counts. */
export function cellsOf(
  slices: readonly Slice[],
  columns: Columns,
  unitsOf: (slice: Slice) => number = () => 1,
): readonly Cell[] {
  const busy = Array.from({ length: columns.count }, () => new Map<number, number>());
  for (const slice of slices) {
    const last = columnAt(columns, slice.endNs);
    for (let column = Math.floor((slice.startNs - columns.fromNs) / columns.columnNs); column <= last; column += 1) {
      const ns = overlapNs(slice, columns, column) * unitsOf(slice);
      busy[column]!.set(slice.taskIndex, (busy[column]!.get(slice.taskIndex) ?? 0) + ns);
    }
  }
  return busy.map((byTask, column) => ({
    busyNs: [...byTask.values()].reduce((sum, ns) => sum + ns, 0),
    taskIndex: busiest(byTask),
    lengthNs: columnEndNs(columns, column) - columnStartNs(columns, column),
  }));
}

const overlapNs = ({ startNs, endNs }: Slice, columns: Columns, column: number): number =>
  Math.min(endNs, columnEndNs(columns, column)) - Math.max(startNs, columnStartNs(columns, column));

function busiest(byTask: ReadonlyMap<number, number>): number | undefined {
  const ranked = [...byTask].sort(([a, aNs], [b, bNs]) => bNs - aNs || a - b);
  return ranked[0]?.[0];
}
