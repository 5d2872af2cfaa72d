/** Bounds on violations, energy and UXCost that no scheduler can beat. */

export { MOST_JOBS } from "./bounded-jobs.ts";
export { type BoundOptions, type CaseBounds, caseBounds, type TaskBound } from "./case-bounds.ts";
export { gapOf } from "./gap.ts";
