/** What is said of an objective that costs do not know. */
import { metrics } from "../../metrics/index.ts";
import type { Metric } from "../../metrics/metric.ts";

/** `why`: what the costs do not know. `isThere`: whether a metric could be the objective instead. */
export function absentObjective({ name }: Metric, why: string, isThere: (metric: Metric) => boolean): string {
  const others = metrics.filter((metric) => metric.better !== "neither" && isThere(metric));
  const names = others.map((metric) => metric.name).join(", ");
  return `${name} cannot be an objective, because it is absent: ${why}; with --objective, choose one of ${names}`;
}
