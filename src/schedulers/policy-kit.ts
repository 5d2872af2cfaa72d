/** The parts that policies are built from, for your own policies as for the built-in ones; see docs/schedulers.md. */
export {
  type BooleanParameter,
  type ChoiceParameter,
  defineScheduler,
  type NumberParameter,
  type ParameterDeclaration,
  type ParameterDeclarations,
  type SchedulerDefinition,
  type TextParameter,
  type ValueOf,
  type ValuesOf,
} from "./define-scheduler.ts";
export { type Mechanism, mechanism } from "./preemption-mechanism.ts";
export { type OrderRules, type PreemptiveDefinition, preemptiveOrder } from "./preemptive-order.ts";
export { firstInOrder, type PreemptionRules, Preemptor } from "./preemptor.ts";
export {
  type Order,
  type OrderReason,
  outrankReason,
  type Placement,
  type RankedDefinition,
  type RankedValues,
  ranked,
  rankedParameters,
  rankedPolicy,
} from "./ranked.ts";
export {
  arrivedBefore,
  bestPair,
  cheapest,
  fastestForLayer,
  type Items,
  type JobCost,
  least,
  leastEdp,
  noneCanRun,
  oneLayer,
  type Pair,
  type Place,
  placeFastest,
  remainingEdp,
  remainingEnergy,
  remainingLatency,
  type SomeItems,
} from "./selection.ts";
export { granularity, lateDrop, layersOf } from "./shared-parameters.ts";
