/** The programmatic interface. */
export type { CostTable, ModelCosts, VariantCosts } from "./core/costs.ts";
export { SchedulerError } from "./core/errors.ts";
export { defaultLimits, type Limits } from "./core/limits.ts";
export type { Model } from "./core/model.ts";
export { compile, type Program, unsupported } from "./core/program.ts";
export type {
  CandidateRecord,
  DecisionExplained,
  JobRecord,
  Observer,
  ReasonRecord,
  RunTotals,
  Segment,
} from "./core/records.ts";
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
export { Library } from "./files/library.ts";
export { InputError } from "./input/input-error.ts";
export type { Problem } from "./input/problem.ts";
export { RequestError } from "./input/request-error.ts";
export { curves, metrics } from "./metrics/index.ts";
export { type Measurement, measure } from "./metrics/measure.ts";
export { type MeasurementContext, measurementContext } from "./metrics/measurement-context.ts";
export type { Curve, Metric } from "./metrics/metric.ts";
export type { Outcome } from "./metrics/outcome.ts";
export { createTally, outcomeOf, type Tally } from "./metrics/tally.ts";
export { formats } from "./output/index.ts";
export type { RunResult, Variation } from "./records/run-result.ts";
export { type Audit, createAudit } from "./run/audit/audit.ts";
export { prepare } from "./run/prepare.ts";
export { parseRequirement, type Requirement, type Unmet, unmet } from "./run/requirements/requirement.ts";
export { type Run, type RunOptions, runOnce } from "./run/run-once.ts";
export type { RunRequest, RunSetup } from "./run/run-setup.ts";
export { Workbench } from "./run/workbench.ts";
export { loadModel } from "./scenario/load-model.ts";
export { loadScenario } from "./scenario/load-scenario.ts";
export { loadSuite, type Suite } from "./scenario/load-suite.ts";
export type { Resolver } from "./scenario/resolver.ts";
export { defineScheduler, type SchedulerDefinition } from "./schedulers/define-scheduler.ts";
export { schedulers } from "./schedulers/index.ts";
export { resolveParameters } from "./schedulers/parameters.ts";
export { loadSystem } from "./system/load-system.ts";
