/** What is known about a scenario on a system before a scheduler is chosen. */
export type { FastestPath } from "./fastest-path.ts";
export { dependsOnSeed, type Feasibility, feasibility, offeredLoad } from "./feasibility.ts";
export { isDynamic, runProbabilities } from "./layers-run.ts";
export { modelWork, ownWeightElements, type TaskLoad, taskLoads } from "./load.ts";
export { inLeastTimes } from "./varied-times.ts";
