/** What a schedule is judged by: a metric of its run, as a cost that is to be as low as possible. */
import { RequestError } from "../input/request-error.ts";
import type { Metric } from "../metrics/metric.ts";
import type { Outcome } from "../metrics/outcome.ts";

/** Metrics that depend on violations and energy in a known way, so that bounds on these bound them. */
export type Family = "violations" | "energy" | "uxCost" | "uxCostGuarded";

export interface Objective {
  readonly metric: Metric;
  /** Undefined: any other metric. Its search leaves nothing out. */
  readonly family: Family | undefined;
  /** Infinity: nothing to measure. */
  cost(outcome: Outcome): number;
  /** The value of the metric that a cost stands for. */
  valueOf(cost: number): number;
}

/** Throws RequestError for a metric that has no better direction. */
export function objectiveOf(metric: Metric): Objective {
  if (metric.better === "neither")
    throw new RequestError(`neither direction of ${metric.name} is better, so no schedule is the best by it`);
  const sign = metric.better === "lower" ? 1 : -1;
  return {
    metric,
    family: families[metric.name],
    cost(outcome) {
      const value = metric.scenario(outcome);
      return value === undefined ? Infinity : sign * value;
    },
    valueOf: (cost) => (cost === 0 ? 0 : sign * cost),
  };
}

const families: Readonly<Record<string, Family>> = {
  violations: "violations",
  deadlineViolationRate: "violations",
  slaSatisfaction: "violations",
  energyMj: "energy",
  uxCost: "uxCost",
  uxCostGuarded: "uxCostGuarded",
};
