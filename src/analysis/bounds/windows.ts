/** Windows in time, and what jobs of use in them cannot exceed: the time of a type's accelerators, or a number of jobs. */
import type { JobRun } from "./bounded-jobs.ts";

export interface Window {
  /** Of accelerators; `JOBS`: it limits the number of jobs. */
  readonly type: number;
  readonly fromNs: number;
  readonly toNs: number;
  /** Time of all accelerators of the type, ns; or a whole number of jobs. */
  readonly capacity: number;
}

export const JOBS = -1;

/** Whether all work of a job that is of use lies in the window. */
export const holds = (window: Window, { startNs, usefulByNs }: JobRun): boolean =>
  startNs >= window.fromNs && usefulByNs <= window.toNs;

/** Runs by when they must be done, and their starts. */
export interface WindowOrder {
  readonly byEnd: readonly number[];
  readonly starts: readonly number[];
}

export const windowOrder = (runs: readonly JobRun[]): WindowOrder => ({
  byEnd: [...runs.keys()].sort((a, b) => runs[a]!.usefulByNs - runs[b]!.usefulByNs),
  starts: [...new Set(runs.map(({ startNs }) => startNs))].sort((a, b) => a - b),
});

/** What a solution does. */
export interface Fill {
  readonly runs: readonly JobRun[];
  /** Work of each run on each type, ns, [run * types + type]. */
  readonly workNs: Float64Array;
  /** Accelerators of each type. */
  readonly counts: readonly number[];
  /** By run: how far it is of use, 0 to 1. */
  readonly use: Float64Array;
}

/** Runs that are looked at from each start, in long scenarios. */
const LOOK_AHEAD = 512;
/** Share of the capacity by which a window may be overfull without being reported. */
const TOLERANCE = 1e-7;

interface Found {
  readonly window: Window;
  readonly excess: number;
}

/** For each type and start the window that holds too much time, the worst first, at most `most` for each type. */
export const overfullWindows = (fill: Fill, order: WindowOrder, most: number): readonly Window[] =>
  fill.counts.flatMap((_, type) => worst(fromEachStart(fill.runs, order, LOOK_AHEAD, fullestOf(fill, type)), most));

const worst = (found: readonly Found[], most: number): readonly Window[] =>
  found
    .toSorted((a, b) => b.excess - a.excess)
    .slice(0, most)
    .map(({ window }) => window);

/**
 * The worst window from a start that ends with one of the runs, which are sorted by end; undefined: none is overfull.
 * `beyondNs`: when the first of the runs ends that are not looked at.
 */
type WorstFrom = (fromNs: number, held: readonly number[], beyondNs: number) => Found | undefined;

function fromEachStart(
  runs: readonly JobRun[],
  { byEnd, starts }: WindowOrder,
  lookAhead: number,
  worstFrom: WorstFrom,
): readonly Found[] {
  let first = 0;
  return starts.flatMap((fromNs) => {
    while (first < byEnd.length && runs[byEnd[first]!]!.usefulByNs < fromNs) first += 1;
    const held = byEnd.slice(first, first + lookAhead).filter((run) => runs[run]!.startNs >= fromNs);
    return worstFrom(fromNs, held, runs[byEnd[first + lookAhead] ?? -1]?.usefulByNs ?? Infinity) ?? [];
  });
}

const fullestOf =
  ({ runs, workNs, counts }: Fill, type: number): WorstFrom =>
  (fromNs, held) => {
    let sumNs = 0;
    let excess = TOLERANCE;
    let toNs = Number.NaN;
    for (const run of held) {
      const { usefulByNs } = runs[run]!;
      sumNs += workNs[run * counts.length + type]!;
      const roomNs = counts[type]! * (usefulByNs - fromNs);
      const here = roomNs > 0 ? sumNs / roomNs - 1 : 0;
      if (here > excess) [excess, toNs] = [here, usefulByNs];
    }
    if (Number.isNaN(toNs)) return undefined;
    return { excess, window: { type, fromNs, toNs, capacity: counts[type]! * (toNs - fromNs) } };
  };

/** What runs cost at least at some prices of accelerators, and what 1 ns of all accelerators costs. */
export interface Priced {
  readonly costs: Float64Array;
  readonly pricePerNs: number;
}

/** Numbers of jobs matter in short windows: in long ones, a part of a job is little. */
const RUNS_AHEAD = 96;

/**
 * For each start the window whose jobs are of use in a number that cannot be: not even the cheapest ones fit. Numbers are
 * whole, so a solution in shares may exceed one although the time of no window is exceeded.
 */
export const overfullNumbers = (fill: Fill, order: WindowOrder, priced: Priced, most: number): readonly Window[] =>
  worst(fromEachStart(fill.runs, order, RUNS_AHEAD, mostCrowdedOf(fill, priced)), most);

const mostCrowdedOf =
  ({ runs, use }: Fill, { costs, pricePerNs }: Priced): WorstFrom =>
  (fromNs, held, beyondNs) => {
    const sorted: number[] = [];
    const costOf = new Map<number, number>();
    let used = 0;
    let found: Found | undefined;
    for (const [i, run] of held.entries()) {
      const { job, usefulByNs } = runs[run]!;
      used += use[run]!;
      // Of the ways of one job only one is taken: the cheapest counts.
      const known = costOf.get(job) ?? Infinity;
      if (costs[run]! < known) {
        if (known < Infinity) sorted.splice(sorted.indexOf(known), 1);
        insert(costs[run]!, sorted);
        costOf.set(job, costs[run]!);
      }
      // A window holds all runs that end with it, so all of them have to be in `sorted`.
      if (usefulByNs === beyondNs || usefulByNs === runs[held[i + 1] ?? -1]?.usefulByNs) continue;
      const capacity = mostOf(sorted, (usefulByNs - fromNs) * pricePerNs);
      const excess = used - capacity;
      if (excess > (found?.excess ?? LEAST_EXCESS))
        found = { excess, window: { type: JOBS, fromNs, toNs: usefulByNs, capacity } };
    }
    return found;
  };

/** In jobs. */
const LEAST_EXCESS = 1e-4;

function insert(value: number, sorted: number[]): void {
  let at = sorted.length;
  while (at > 0 && sorted[at - 1]! > value) at -= 1;
  sorted.splice(at, 0, value);
}

/** How many of the cheapest fit. */
function mostOf(sorted: readonly number[], capacity: number): number {
  let sum = 0;
  for (const [i, cost] of sorted.entries()) {
    sum += cost;
    if (sum > capacity * (1 + 1e-9)) return i;
  }
  return sorted.length;
}
