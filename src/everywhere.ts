/** What the entries for Node and for browsers have in common. */

export { SchedulerError } from "./core/errors.ts";
export {
  type DecisionExplained,
  type DispatchEnded,
  type EventKind,
  eventKinds,
  type JobCompleted,
  type JobDispatched,
  type JobDropped,
  type JobPreempted,
  type JobReleased,
  listenTo,
  listenToEnds,
  type Observer,
  type RunEvent,
  type SegmentBegun,
  type SegmentEnded,
  together,
  type VariantChosen,
} from "./core/events.ts";
export type {
  CandidateRecord,
  DropReason,
  JobRecord,
  PreemptionCounts,
  ReasonRecord,
  Segment,
  SegmentExtras,
} from "./core/records.ts";
export type {
  AcceleratorView,
  Candidate,
  Decisions,
  DispatchOptions,
  JobList,
  ParameterValue,
  ParameterValues,
  Platform,
  Policy,
  PreemptDecisions,
  ReadyJob,
  Reason,
  RunningJob,
  RunningView,
  Scheduler,
  SchedulerParameter,
  TaskView,
  View,
} from "./core/scheduler.ts";
export { InputError } from "./input/input-error.ts";
export type { Problem, ProblemCode } from "./input/problem.ts";
export { RequestError } from "./input/request-error.ts";
export { curves, metrics } from "./metrics/index.ts";
export type { Curve, Metric } from "./metrics/metric.ts";
export { comparisonFormats } from "./output/comparison/index.ts";
export type { Format, ResultFormat } from "./output/format.ts";
export { formats } from "./output/index.ts";
export { sweepFormats } from "./output/sweep/index.ts";
export type { TextOptions } from "./output/text-table.ts";
export type {
  AcceleratorResult,
  InputFile,
  PhaseResult,
  ResultCurves,
  ResultValues,
  RunResult,
  TaskResult,
  Variation,
} from "./records/run-result.ts";
export { rtmmVersion } from "./records/version.ts";
export type { FilesInMemory, LoadOptions, Source, TextFile } from "./request/brought.ts";
export type { RunRequest, Variations } from "./request/run-request.ts";
export { AuditError } from "./run/audit/audit-error.ts";
export { parseRequirement, type Requirement, type Unmet, unmet } from "./run/requirements/requirement.ts";
export type { RunOptions } from "./run/run-once.ts";
export { schedulers } from "./schedulers/index.ts";
export * from "./schedulers/policy-kit.ts";
