/** Bounds that hold for a scenario on a system under every scheduler. */
export type { FastestPath } from "./fastest-path.ts";
export { dependsOnSeed, type Feasibility, feasibility, offeredLoad } from "./feasibility.ts";
export { type RunOption, runOptions, savingOf } from "./layer-times.ts";
export {
  certainLayers,
  isDynamic,
  type LayersRun,
  ownLayers,
  runProbabilities,
  type Sections,
  sectionsOf,
} from "./layers-run.ts";
export { modelWork, ownWeightElements, type TaskLoad, taskLoads } from "./load.ts";
export { type ReleasedJobs, releasedJobs } from "./released-jobs.ts";
export { inLeastTimes, inOwnTimes } from "./varied-times.ts";
export { mayDrawTimes, scalesOfJobs } from "./violations-of-seed.ts";
export { type ModelWeights, type WeightFit, weightFits } from "./weight-fit.ts";
