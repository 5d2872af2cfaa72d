/** Steps from miss to miss. */
import { isMiss, type RunTimeline } from "../../records/run-timeline.ts";
import type { TaskFilter } from "./reduction.ts";
import type { Span } from "./view.ts";

export interface MissSearch {
  readonly view: Span;
  readonly isShown: TaskFilter;
  readonly direction: "before" | "after";
}

/**
 * Row of the nearest miss before or after a job; without one, of the first in or after the view, or of the last before
 * its end. Begins again at the other end of the run. undefined: nothing shown misses.
 */
export function nextMiss(
  { jobs }: RunTimeline,
  from: number | undefined,
  { view, isShown, direction }: MissSearch,
): number | undefined {
  const rows = [...jobs.endNs.keys()]
    .filter((row) => isMiss(jobs, row) && (isShown === undefined || isShown(jobs.taskIndex[row]!)))
    .sort((a, b) => jobs.endNs[a]! - jobs.endNs[b]! || a - b);
  const at = from === undefined ? -1 : rows.indexOf(from);
  if (direction === "after") {
    const next = at >= 0 ? rows[at + 1] : rows.find((row) => jobs.endNs[row]! >= view.fromNs);
    return next ?? rows[0];
  }
  const next = at >= 0 ? rows[at - 1] : rows.findLast((row) => jobs.endNs[row]! <= view.toNs);
  return next ?? rows.at(-1);
}
