/** The mean of a metric over seeds, and how sure that is. */
import type { Metric } from "../../metrics/metric.ts";
import { CONFIDENCE, type Interval } from "./interval.ts";
import { mean, standardError } from "./paired-ratio.ts";
import { tWithin } from "./student-t.ts";

export interface MeanEstimate {
  readonly mean: number;
  /** Two-sided 95 % confidence interval; undefined for a single value. */
  readonly interval: Interval | undefined;
}

/** Of at least one value, a value for each seed; the interval is right over other seeds of the same scenario. */
export function meanEstimate(values: readonly number[], _metric: Metric): MeanEstimate {
  const center = mean(values);
  if (values.length < 2) return { mean: center, interval: undefined };
  const halfWidth = tWithin(CONFIDENCE, values.length - 1) * standardError(values);
  return { mean: center, interval: { low: center - halfWidth, high: center + halfWidth } };
}
