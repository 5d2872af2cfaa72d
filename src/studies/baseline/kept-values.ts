/** The values of a run that a baseline keeps, with their names. */

import { metrics } from "../../metrics/index.ts";
import type { Metric } from "../../metrics/metric.ts";
import type { RunResult } from "../../records/run-result.ts";

/** Every metric of the scenario; of each task what goes into them: misses, tail, mean and energy. */
const taskMetrics = ["deadlineViolationRate", "meanResponseMs", "p99Ms", "energyMj"];

export type KeptValues = Readonly<Record<string, number | null>>;

/** By metric, in the order of the catalogue, then by `tasks.<id>.<metric>`. */
export function keptValues({ metrics: ofRun, tasks }: Pick<RunResult, "metrics" | "tasks">): KeptValues {
  return Object.fromEntries([
    ...Object.entries(ofRun),
    ...tasks.flatMap((task) => taskMetrics.map((name) => [taskKey(task.id, name), task[name] ?? null])),
  ]) as KeptValues;
}

const taskKey = (id: string, metric: string): string => `tasks.${id}.${metric}`;

/** What a key names: ids may have dots in them, names of metrics have none. */
export function metricNameOf(key: string): string {
  return key.slice(key.lastIndexOf(".") + 1);
}

/** undefined if this rtmm has no such metric. */
export function metricOf(key: string): Metric | undefined {
  const name = metricNameOf(key);
  return metrics.find((metric) => metric.name === name);
}
