/** Bounds that hold for a scenario on a system under every scheduler. */
export type { FastestPath } from "./fastest-path.ts";
export { dependsOnSeed, type Feasibility, feasibility, offeredLoad } from "./feasibility.ts";
export { isDynamic, runProbabilities } from "./layers-run.ts";
export { modelWork, ownWeightElements, type TaskLoad, taskLoads } from "./load.ts";
export { type ReleasedJobs, releasedJobs } from "./released-jobs.ts";
export { inLeastTimes } from "./varied-times.ts";
export { type ModelWeights, type WeightFit, weightFits } from "./weight-fit.ts";
