/** Bounds on violations, energy and UXCost that no scheduler can beat. */
export { type BoundOptions, type CaseBounds, caseBounds, type TaskBound } from "./case-bounds.ts";
