/** What can be said about a scenario on a system before any policy is chosen. */
export type { FastestPath } from "./fastest-path.ts";
export { type Feasibility, type FeasibilityOptions, feasibility } from "./feasibility.ts";
export type { LeastViolations } from "./least-violations.ts";
export { fullColumns, type ModelWork, modelWork, type TaskLoad, taskLoads } from "./load.ts";
