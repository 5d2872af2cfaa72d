/** Which metrics a sweep is told by. */
import type { Metric } from "../../../metrics/metric.ts";
import { chosenMetrics } from "../../../run/metric-named.ts";
import { ParetoFront } from "./pareto-front.ts";

/** Enough for most questions, and narrow enough for a terminal. */
export const usualMetrics = ["uxCost", "slaSatisfaction", "edpMjMs", "energyMj", "p99Ms"];

export interface AskedMetrics {
  /** By name. Left out: the usual ones; none beside a front. */
  readonly metrics?: readonly string[] | undefined;
  /** Objectives of a front, by name. Left out: there is no front. */
  readonly pareto?: readonly string[] | undefined;
}

export interface ShownMetrics {
  readonly metrics: readonly Metric[];
  readonly pareto: readonly Metric[] | undefined;
}

/** Throws RequestError for an unknown name, and for a metric that no front can have. */
export function shownMetrics({ metrics, pareto: objectives }: AskedMetrics): ShownMetrics {
  const pareto = objectives && chosenMetrics(objectives);
  if (pareto !== undefined) new ParetoFront(pareto);
  const names = metrics ?? (pareto === undefined ? usualMetrics : []);
  return {
    metrics: [...new Set([...(pareto ?? []), ...(names.length === 0 ? [] : chosenMetrics(names))])],
    pareto,
  };
}
