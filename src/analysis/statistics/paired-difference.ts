/** The difference between a metric's values and a baseline's with the same seeds, with its confidence interval. */
import type { Metric } from "../../metrics/metric.ts";
import type { Interval } from "../../records/interval.ts";
import { meanEstimate } from "./mean-estimate.ts";

export interface PairedDifference {
  /** Mean of values − baseline. */
  readonly mean: number;
  /** Two-sided 95 % confidence interval; undefined for a single seed. */
  readonly interval: Interval | undefined;
  readonly verdict: DifferenceVerdict;
}

/** `differs`: neither direction is better. Undefined for a single seed. */
export type DifferenceVerdict = "better" | "worse" | "differs" | "no difference shown" | undefined;

/** `values`, `baseline`: of the same seeds in the same order, at least one. */
export function pairedDifference(
  values: readonly number[],
  baseline: readonly number[],
  metric: Pick<Metric, "unit" | "better">,
): PairedDifference {
  const differences = values.map((value, i) => value - baseline[i]!);
  const { mean, interval } = meanEstimate(differences, metric);
  return { mean, interval, verdict: interval && differenceVerdict(interval, metric.better) };
}

/** `low`, `high`: of the difference's interval. If it contains 0, no difference is shown. */
export function differenceVerdict({ low, high }: Interval, better: Metric["better"]): DifferenceVerdict {
  if (low <= 0 && high >= 0) return "no difference shown";
  if (better === "neither") return "differs";
  return (better === "lower") === high < 0 ? "better" : "worse";
}
