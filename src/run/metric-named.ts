/** Finds metrics by name. */
import { didYouMean } from "../input/closest.ts";
import { RequestError } from "../input/request-error.ts";
import { metrics } from "../metrics/index.ts";
import type { Metric } from "../metrics/metric.ts";

/** Both forms of UXCost, then its parts, the tail latency and the XRBench score. */
const usual = ["uxCost", "uxCostGuarded", "slaSatisfaction", "edpMjMs", "energyMj", "p99Ms", "xrbenchScore"];

/** In the order given, each once; `all` is the whole catalogue. Throws RequestError. */
export function comparedMetrics(names: readonly string[] = usual): readonly Metric[] {
  return [...new Set(names.flatMap((name) => (name === "all" ? metrics : [metricNamed(name)])))];
}

export function metricNamed(name: string): Metric {
  const found = metrics.find((metric) => metric.name === name);
  if (found !== undefined) return found;
  const known = metrics.map((metric) => metric.name);
  const hint = didYouMean(name, known) || "; `rtmm list metrics` shows them all";
  throw new RequestError(`unknown metric "${name}"${hint}`);
}
