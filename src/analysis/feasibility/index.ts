/** What can be said about a scenario on a system before any policy is chosen. */
export { runProbabilities } from "./course.ts";
export type { FastestPath } from "./fastest-path.ts";
export { dependsOnSeed, type Feasibility, feasibility, offeredLoad } from "./feasibility.ts";
export { modelWork, ownWeightElements, type TaskLoad, taskLoads } from "./load.ts";
