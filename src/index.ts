/** `rtmm`: runs and studies on this machine's files, and all that a policy or a tool needs. See docs/library.md. */
export * from "./everywhere.ts";
export { type ComparedEntry, type CompareRequest, compare } from "./node/compare.ts";
export { loadModel, loadScenario, loadSuite, loadSystem, type NodeLoadOptions } from "./node/load.ts";
export type { ManyRuns, Seeds } from "./node/many-runs.ts";
export type { OnMachine } from "./node/open-library.ts";
export { type NodeRunRequest, run } from "./node/run.ts";
export { type SweepRequest, sweep } from "./node/sweep.ts";
