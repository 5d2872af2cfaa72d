/** Finds metrics by name. */
import { didYouMean } from "../input/closest.ts";
import { RequestError } from "../input/request-error.ts";
import { metrics } from "../metrics/index.ts";
import type { Metric } from "../metrics/metric.ts";

/** Both forms of UXCost, then its parts, the tail latency and the XRBench score. */
const usual = ["uxCost", "uxCostGuarded", "slaSatisfaction", "edpMjMs", "energyMj", "p99Ms", "xrbenchScore"];

/** Stands for the whole catalogue in a list of names. */
const ALL = "all";

/** In the order given, each once; `all` is the whole catalogue. Throws RequestError. */
export function chosenMetrics(names: readonly string[] = usual): readonly Metric[] {
  return [...new Set(names.flatMap((name) => (name === ALL ? metrics : [metricNamed(name)])))];
}

/** What is wrong with a name in such a list; undefined: nothing. */
export const chosenMetricProblem = (name: string): string | undefined =>
  name === ALL || find(name) !== undefined ? undefined : unknownMetric(name);

/** Throws RequestError. */
export function metricNamed(name: string): Metric {
  const found = find(name);
  if (found !== undefined) return found;
  throw new RequestError(unknownMetric(name));
}

const byName: ReadonlyMap<string, Metric> = new Map(metrics.map((metric) => [metric.name, metric]));
const find = (name: string): Metric | undefined => byName.get(name);

function unknownMetric(name: string): string {
  const known = metrics.map((metric) => metric.name);
  const hint = didYouMean(name, known) || "; `rtmm list metrics` shows them all";
  return `unknown metric "${name}"${hint}`;
}
