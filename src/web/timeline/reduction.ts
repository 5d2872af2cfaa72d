/**
 * Reduces a timeline to what a view of it can show: slices that are wide enough one by one, and of the others the share
 * of each pixel column that each task was busy. No busy time and no miss is lost.
 */
import { isMiss, type JobColumns, outcomeOf, type RunTimeline, type SliceColumns } from "../../records/run-timeline.ts";

export interface View {
  readonly fromNs: number;
  readonly toNs: number;
  /** Width in pixels, at least 1. */
  readonly columns: number;
}

export interface Reduction {
  /** In the order of the timeline's lanes. */
  readonly lanes: readonly ReducedLane[];
  /** By column. */
  readonly misses: readonly MissMark[];
}

export interface ReducedLane {
  /** Rows of slices that are at least `BAR_COLUMNS` wide in the view. */
  readonly bars: readonly number[];
  /** By column, then by task. */
  readonly shares: readonly Share[];
}

/** Time of a column in which narrow slices of a task were there. */
export interface Share {
  readonly column: number;
  readonly taskIndex: number;
  readonly busyNs: number;
}

/** The misses of a column. */
export interface MissMark {
  readonly column: number;
  readonly late: number;
  readonly dropped: number;
  /** Row of its first one. */
  readonly job: number;
}

/** Narrower slices are merged. */
export const BAR_COLUMNS = 2;

/** Which tasks count, by index; undefined: all. */
export type TaskFilter = ((taskIndex: number) => boolean) | undefined;

export function reduce(timeline: RunTimeline, view: View, isShown?: TaskFilter): Reduction {
  const { lanes, tasks } = timeline;
  const sums = new ColumnSums(view, tasks.length);
  return {
    lanes: lanes.map((_, lane) => reducedLane(timeline, lane, sums, isShown)),
    misses: missMarks(timeline.jobs, view, isShown),
  };
}

function reducedLane({ slices, jobs }: RunTimeline, lane: number, sums: ColumnSums, isShown: TaskFilter): ReducedLane {
  const { startNs, endNs, job } = slices;
  const { view } = sums;
  const barNs = BAR_COLUMNS * sums.columnNs;
  const bars: number[] = [];
  const end = slices.laneStart[lane + 1]!;
  for (let row = firstAfter(slices, lane, view.fromNs); row < end && startNs[row]! < view.toNs; row += 1) {
    const taskIndex = jobs.taskIndex[job[row]!]!;
    if (isShown !== undefined && !isShown(taskIndex)) continue;
    const fromNs = Math.max(startNs[row]!, view.fromNs);
    const toNs = Math.min(endNs[row]!, view.toNs);
    if (endNs[row]! - startNs[row]! >= barNs) bars.push(row);
    else sums.add(taskIndex, fromNs, toNs);
  }
  return { bars, shares: sums.take() };
}

/** Row of the first slice of a lane that ends after an instant. */
export function firstAfter({ laneStart, endNs }: SliceColumns, lane: number, timeNs: number): number {
  let low = laneStart[lane]!;
  let high = laneStart[lane + 1]!;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (endNs[middle]! > timeNs) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Busy time by column and task. */
class ColumnSums {
  readonly view: View;
  readonly columnNs: number;
  readonly #tasks: number;
  readonly #busyNs: Float64Array;
  /** Cells that are not 0, in order of their first time. */
  #touched: number[] = [];

  constructor(view: View, tasks: number) {
    this.view = view;
    this.columnNs = (view.toNs - view.fromNs) / view.columns;
    this.#tasks = tasks;
    this.#busyNs = new Float64Array(view.columns * tasks);
  }

  add(taskIndex: number, fromNs: number, toNs: number): void {
    const last = this.#columnOf(toNs);
    let startNs = fromNs;
    for (let column = this.#columnOf(fromNs); column < last; column += 1) {
      const borderNs = Math.max(startNs, this.view.fromNs + (column + 1) * this.columnNs);
      this.#addTo(column, taskIndex, borderNs - startNs);
      startNs = borderNs;
    }
    this.#addTo(last, taskIndex, toNs - startNs);
  }

  #columnOf(timeNs: number): number {
    const column = Math.floor((timeNs - this.view.fromNs) / this.columnNs);
    return Math.min(this.view.columns - 1, Math.max(0, column));
  }

  #addTo(column: number, taskIndex: number, ns: number): void {
    if (ns <= 0) return;
    const cell = column * this.#tasks + taskIndex;
    if (this.#busyNs[cell] === 0) this.#touched.push(cell);
    this.#busyNs[cell]! += ns;
  }

  /** All sums, and begins again from 0. */
  take(): readonly Share[] {
    const cells = this.#touched.sort((a, b) => a - b);
    this.#touched = [];
    return cells.map((cell) => {
      const busyNs = this.#busyNs[cell]!;
      this.#busyNs[cell] = 0;
      return { column: Math.floor(cell / this.#tasks), taskIndex: cell % this.#tasks, busyNs };
    });
  }
}

function missMarks(jobs: JobColumns, { fromNs, toNs, columns }: View, isShown: TaskFilter): readonly MissMark[] {
  const marks = new Map<number, MissMark>();
  for (let job = 0; job < jobs.endNs.length; job += 1) {
    const endNs = jobs.endNs[job]!;
    if (!isMiss(jobs, job) || endNs < fromNs || endNs > toNs) continue;
    if (isShown !== undefined && !isShown(jobs.taskIndex[job]!)) continue;
    const column = Math.min(columns - 1, Math.floor(((endNs - fromNs) / (toNs - fromNs)) * columns));
    const before = marks.get(column) ?? { column, late: 0, dropped: 0, job };
    const isLate = outcomeOf(jobs, job) === "late";
    const first = endNs < jobs.endNs[before.job]! ? job : before.job;
    const { late, dropped } = before;
    marks.set(column, { column, late: late + Number(isLate), dropped: dropped + Number(!isLate), job: first });
  }
  return [...marks.values()].sort((a, b) => a.column - b.column);
}
