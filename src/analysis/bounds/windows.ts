/** Windows in time: what useful jobs do on the accelerators of a type between two instants must fit there. */
import type { BoundedJob } from "./bounded-jobs.ts";

export interface Window {
  readonly type: number;
  readonly fromNs: number;
  readonly toNs: number;
  /** Time of all accelerators of the type in it, ns. */
  readonly capacityNs: number;
}

/** Whether all work of a job that is of use lies in the window. */
export const holds = (window: Window, { startNs, usefulByNs }: BoundedJob): boolean =>
  startNs >= window.fromNs && usefulByNs <= window.toNs;

export interface Fill {
  readonly jobs: readonly BoundedJob[];
  /** Work of each job on each type, ns, [job * types + type]. */
  readonly workNs: Float64Array;
  /** Accelerators of each type. */
  readonly counts: readonly number[];
}

/** By start, and by when it must be done. */
export interface WindowOrder {
  readonly byEnd: readonly number[];
  readonly starts: readonly number[];
}

export function windowOrder(jobs: readonly BoundedJob[]): WindowOrder {
  const useful = [...jobs.keys()].filter((job) => jobs[job]!.usefulByNs > -Infinity);
  return {
    byEnd: useful.slice().sort((a, b) => jobs[a]!.usefulByNs - jobs[b]!.usefulByNs),
    starts: [...new Set(useful.map((job) => jobs[job]!.startNs))].sort((a, b) => a - b),
  };
}

/** Jobs that are looked at from each start, in long scenarios. */
const LOOK_AHEAD = 512;
/** Share of the capacity by which a window may be overfull without being reported. */
const TOLERANCE = 1e-7;

/** For each type and start the fullest window that holds too much, the worst first, at most `most` for each type. */
export function overfullWindows(
  { jobs, workNs, counts }: Fill,
  { byEnd, starts }: WindowOrder,
  most: number,
): Window[] {
  return counts.flatMap((count, type) => {
    const found: { readonly window: Window; readonly excess: number }[] = [];
    let first = 0;
    for (const fromNs of starts) {
      while (first < byEnd.length && jobs[byEnd[first]!]!.usefulByNs < fromNs) first += 1;
      const fullest = fullestFrom(fromNs, first, type);
      if (fullest !== undefined) found.push(fullest);
    }
    return found
      .sort((a, b) => b.excess - a.excess)
      .slice(0, most)
      .map(({ window }) => window);

    function fullestFrom(fromNs: number, firstJob: number, ofType: number) {
      let sumNs = 0;
      let excess = TOLERANCE;
      let toNs = Number.NaN;
      const end = Math.min(byEnd.length, firstJob + LOOK_AHEAD);
      for (let i = firstJob; i < end; i++) {
        const { startNs, usefulByNs } = jobs[byEnd[i]!]!;
        if (startNs < fromNs) continue;
        sumNs += workNs[byEnd[i]! * counts.length + ofType]!;
        const room = count * (usefulByNs - fromNs);
        const here = room > 0 ? sumNs / room - 1 : 0;
        if (here > excess) [excess, toNs] = [here, usefulByNs];
      }
      if (Number.isNaN(toNs)) return undefined;
      return { excess, window: { type: ofType, fromNs, toNs, capacityNs: count * (toNs - fromNs) } };
    }
  });
}
