/** The programmatic interface. */
export type { CostTable, ModelCosts, VariantCosts } from "./core/costs.ts";
export { SchedulerError } from "./core/errors.ts";
export {
  type EventKind,
  eventKinds,
  listenTo,
  listenToEnds,
  type Observer,
  type RunEvent,
  together,
} from "./core/events.ts";
export { defaultLimits, type Limits } from "./core/limits.ts";
export type { Model } from "./core/model.ts";
export { compile, type Program, unsupported } from "./core/program.ts";
export type {
  CandidateRecord,
  JobRecord,
  ReasonRecord,
  RunTotals,
  Segment,
} from "./core/records.ts";
export type { RunResult, Variation } from "./core/result.ts";
export type { Scenario, Task } from "./core/scenario.ts";
export type {
  AcceleratorView,
  Candidate,
  Decisions,
  DispatchOptions,
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
export { type SimulationOptions, simulate } from "./core/simulate.ts";
export type { Accelerator, System } from "./core/system.ts";
export { buildCostTable, CostError, LayerCostCache } from "./cost/index.ts";
export { Library } from "./experiment/files/library.ts";
export { RequestError } from "./experiment/request-error.ts";
export { parseRequirement, type Requirement, type Unmet, unmet } from "./experiment/requirements/requirement.ts";
export { type Audit, createAudit } from "./experiment/run/audit.ts";
export { type Run, type RunOptions, runOnce } from "./experiment/run/run-once.ts";
export { prepare, type RunRequest, type RunSetup } from "./experiment/run/run-setup.ts";
export { Workbench } from "./experiment/run/workbench.ts";
export { InputError, type Problem } from "./input/problem.ts";
export { curves, metrics } from "./metrics/index.ts";
export { type Measurement, measure } from "./metrics/measure.ts";
export { type MeasurementContext, measurementContext } from "./metrics/measurement-context.ts";
export type { Curve, Metric } from "./metrics/metric.ts";
export type { Outcome } from "./metrics/outcome.ts";
export { createTally, outcomeOf, type Tally } from "./metrics/tally.ts";
export { formats } from "./output/index.ts";
export { loadModel } from "./scenario/load-model.ts";
export { loadScenario } from "./scenario/load-scenario.ts";
export { loadSuite, type Suite } from "./scenario/load-suite.ts";
export type { Resolver } from "./scenario/resolver.ts";
export { schedulers } from "./schedulers/index.ts";
export { resolveParameters } from "./schedulers/parameters.ts";
export * from "./schedulers/policy-kit.ts";
export { loadSystem } from "./system/load-system.ts";
