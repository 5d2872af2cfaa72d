/** `rtmm/core`: the parts that a run is made of, for those who need them one by one. They change more often than `rtmm`. */
export type { CostTable, ModelCosts, VariantCosts } from "./core/costs.ts";
export type { Observer } from "./core/events.ts";
export { defaultLimits, type Limits } from "./core/limits.ts";
export type { Model } from "./core/model.ts";
export { compile, type Program, unsupported } from "./core/program.ts";
export type { RunTotals } from "./core/records.ts";
export type { Scenario, Task } from "./core/scenario.ts";
export { type SimulationOptions, simulate } from "./core/simulate.ts";
export type { Accelerator, System } from "./core/system.ts";
export { buildCostTable, CostError, LayerCostCache } from "./cost/index.ts";
export { type Measurement, measure } from "./metrics/measure.ts";
export { type MeasurementContext, measurementContext } from "./metrics/measurement-context.ts";
export type { Outcome } from "./metrics/outcome.ts";
export { createTally, outcomeOf, type Tally } from "./metrics/tally.ts";
export { type Audit, createAudit } from "./run/audit/audit.ts";
export { resolveParameters } from "./schedulers/parameters.ts";
