/** The values of a run that a baseline stores, with their names. */

import { metrics } from "../../metrics/index.ts";
import type { Metric } from "../../metrics/metric.ts";
import type { RunResult } from "../../records/run-result.ts";

/** Stored for each task, beside every metric of the scenario: violations, mean, tail and energy. */
const taskMetrics = ["deadlineViolationRate", "meanResponseMs", "p99Ms", "energyMj"];

export type KeptValues = Readonly<Record<string, number | null>>;

/** Keyed by metric, in catalogue order, then by `tasks.<id>.<metric>`. */
export function keptValues({ metrics: ofRun, tasks }: Pick<RunResult, "metrics" | "tasks">): KeptValues {
  return Object.fromEntries([
    ...Object.entries(ofRun),
    ...tasks.flatMap((task) => taskMetrics.map((name) => [taskKey(task.id, name), task[name] ?? null])),
  ]) as KeptValues;
}

const taskKey = (id: string, metric: string): string => `tasks.${id}.${metric}`;

/** The metric that a key names. Ids may contain dots; metric names do not. */
export function metricNameOf(key: string): string {
  return key.slice(key.lastIndexOf(".") + 1);
}

/** undefined if this rtmm has no such metric. */
export function metricOf(key: string): Metric | undefined {
  const name = metricNameOf(key);
  return metrics.find((metric) => metric.name === name);
}
