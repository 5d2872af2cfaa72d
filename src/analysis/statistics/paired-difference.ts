/** How much larger one metric's values are than another run's with the same seeds, and how sure that is. */
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

/** `differs`: where neither direction is better. undefined: one seed cannot tell. */
export type DifferenceVerdict = "better" | "worse" | "differs" | "no difference shown" | undefined;

/** Values of the same seeds, one by one; at least one. */
export function pairedDifference(
  values: readonly number[],
  baseline: readonly number[],
  metric: Pick<Metric, "unit" | "better">,
): PairedDifference {
  const differences = values.map((value, i) => value - baseline[i]!);
  const { mean, interval } = meanEstimate(differences, metric);
  return { mean, interval, verdict: interval && differenceVerdict(interval, metric.better) };
}

/** Of an interval of the difference: no difference is shown where 0 is in it. */
export function differenceVerdict({ low, high }: Interval, better: Metric["better"]): DifferenceVerdict {
  if (low <= 0 && high >= 0) return "no difference shown";
  if (better === "neither") return "differs";
  return (better === "lower") === high < 0 ? "better" : "worse";
}
