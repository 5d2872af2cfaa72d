/** The mean of a metric over seeds, with its confidence interval. */
import { sampleStandardDeviation } from "simple-statistics";
import type { Metric } from "../../metrics/metric.ts";
import { CONFIDENCE, type Interval } from "../../records/interval.ts";
import { meanPivots, studentPivots } from "./bootstrap-t.ts";
import { type IntervalMethod, intervalMethod } from "./interval-method.ts";
import { mean } from "./mean.ts";

export interface MeanEstimate {
  readonly mean: number;
  /** Two-sided 95 % confidence interval; undefined for a single value. */
  readonly interval: Interval | undefined;
}

/** `values`: one per seed, at least one. The interval is about other seeds of the same scenario. */
export function meanEstimate(values: readonly number[], metric: Pick<Metric, "unit">): MeanEstimate {
  return { mean: mean(values), interval: meanInterval(values, intervalMethod(metric, values.length)) };
}

/** Undefined for fewer than two values. */
export function meanInterval(
  values: readonly number[],
  method: IntervalMethod,
  confidence = CONFIDENCE,
): Interval | undefined {
  if (values.length < 2) return undefined;
  const center = mean(values);
  const deviation = sampleStandardDeviation(values as number[]);
  if (deviation === 0) return { low: center, high: center };
  // Sorted, so that the interval does not depend on the order of seeds.
  const standardised = Float64Array.from(values, (value) => (value - center) / deviation).sort();
  const resampled = method === "bootstrap" ? meanPivots(standardised, confidence) : undefined;
  const pivots = resampled ?? studentPivots(values.length, confidence);
  const standardError = deviation / Math.sqrt(values.length);
  return { low: center - pivots.high * standardError, high: center - pivots.low * standardError };
}
