/**
 * The parts that a run is made of, for those who need them one by one. They change more often than `rtmm`.
 *
 * @module rtmm/core
 */
export type { Branch, BranchTable, NextRow } from "./core/branches.ts";
export type { CostTable, LoadCosts, ModelCosts, VariantCosts } from "./core/costs.ts";
export type { Purpose } from "./core/draws.ts";
export type { Observer } from "./core/events.ts";
export { defaultLimits, type Limits } from "./core/limits.ts";
export type { Model } from "./core/model.ts";
export { compile, type Program, type TaskProgram, unsupported } from "./core/program.ts";
export type { AcceleratorTotals, RunTotals, WeightTotals } from "./core/records.ts";
export type { Scenario, Task } from "./core/scenario.ts";
export { type SimulationOptions, simulate } from "./core/simulate.ts";
export type { Accelerator, System } from "./core/system.ts";
export type { WeightRows } from "./core/weight-rows.ts";
export type { ColumnCosts } from "./cost/column-costs.ts";
export type { CostProblem } from "./cost/cost-problems.ts";
export { buildCostTable, CostError, LayerCostCache } from "./cost/index.ts";
export type {
  AnalyticAccelerator,
  DataflowAccelerator,
  LayerCost,
  LayerCostModel,
  SystolicAccelerator,
} from "./cost/layer-cost.ts";
export type { PreparedCosts } from "./cost/prepared-costs.ts";
export { type CurveValues, type Measurement, measure, type PhaseMeasurement, type Values } from "./metrics/measure.ts";
export {
  type AcceleratorContext,
  type MeasurementContext,
  measurementContext,
  type PhaseContext,
  type TaskContext,
  type VariantContext,
} from "./metrics/measurement-context.ts";
export type {
  AcceleratorOutcome,
  JobSums,
  JobTally,
  LatencySummary,
  Outcome,
  PhaseOutcome,
  ReadOutcome,
  TaskOutcome,
} from "./metrics/outcome.ts";
export { createTally, outcomeOf, type Tally } from "./metrics/tally.ts";
export { type Audit, createAudit } from "./run/audit/audit.ts";
export type { AuditOptions } from "./run/audit/run-log.ts";
export { type ParameterProblem, resolveParameters } from "./schedulers/parameters.ts";
