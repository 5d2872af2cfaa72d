/** What is at a place of a timeline. */
import type { RunTimeline } from "../../records/run-timeline.ts";
import { firstAfter, type MissMark, type TaskFilter } from "./reduction.ts";

/** Row of the slice of a lane at an instant, or the nearest one within a reach. undefined: there is none. */
export function sliceAt(
  { slices, jobs }: RunTimeline,
  lane: number,
  timeNs: number,
  { reachNs, isShown }: { readonly reachNs: number; readonly isShown: TaskFilter },
): number | undefined {
  const end = slices.laneStart[lane + 1]!;
  let nearest: number | undefined;
  let nearestNs = reachNs;
  for (let row = firstAfter(slices, lane, timeNs - reachNs); row < end; row += 1) {
    const awayNs = Math.max(slices.startNs[row]! - timeNs, timeNs - slices.endNs[row]!, 0);
    if (slices.startNs[row]! > timeNs + reachNs) break;
    if (isShown !== undefined && !isShown(jobs.taskIndex[slices.job[row]!]!)) continue;
    if (awayNs < nearestNs || (nearest === undefined && awayNs <= nearestNs)) [nearest, nearestNs] = [row, awayNs];
    if (awayNs === 0) break;
  }
  return nearest;
}

/** Row of the job of the nearest mark within a reach of columns. */
export function missAt(marks: readonly MissMark[], column: number, reach: number): number | undefined {
  const near = marks.filter((mark) => Math.abs(mark.column + 0.5 - column) <= reach);
  const away = (mark: MissMark): number => Math.abs(mark.column + 0.5 - column);
  return near.toSorted((a, b) => away(a) - away(b))[0]?.job;
}

/** Rows of the slices of a job. */
export function slicesOf({ slices }: RunTimeline, job: number): readonly number[] {
  const rows: number[] = [];
  for (let row = 0; row < slices.job.length; row += 1) if (slices.job[row] === job) rows.push(row);
  return rows;
}
