/**
 * Runs and studies on this machine's files, and all that a policy or a tool needs. See docs/library.md.
 *
 * @module rtmm
 */
export * from "./everywhere.ts";
export { type AdversaryRequest, adversary } from "./library/adversary.ts";
export { type BoundRequest, bound } from "./library/bound.ts";
export { type CompareRequest, compare } from "./library/compare.ts";
export type { ComparedEntry } from "./library/compared-entry.ts";
export { loadModel, loadScenario, loadSuite, loadSystem, type NodeLoadOptions } from "./library/load.ts";
export type { ManyRuns, Seeds } from "./library/many-runs.ts";
export type { OnMachine } from "./library/open-library.ts";
export { type OptimumRequest, optimum } from "./library/optimum.ts";
export {
  diff,
  explain,
  type NodeDiffRequest,
  type NodeExplainRequest,
  type NodeRunRequest,
  type NodeTimelineRequest,
  run,
  timeline,
} from "./library/run.ts";
export { type SweepRequest, sweep } from "./library/sweep.ts";
export { type NodeTraceRequest, type TraceFileRequest, trace } from "./library/trace.ts";
