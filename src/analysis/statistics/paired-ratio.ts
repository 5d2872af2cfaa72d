/** The ratio between the means of two paired samples, with its confidence interval. */
import { sampleStandardDeviation } from "simple-statistics";
import { CONFIDENCE, type Interval } from "../../records/interval.ts";
import { logRatioPivots, studentPivots, type UnitPair } from "./bootstrap-t.ts";
import type { IntervalMethod } from "./interval-method.ts";
import { mean } from "./mean.ts";

/** Values of the same seeds in the same order; at least one, none negative. */
export interface PairedSample {
  readonly values: readonly number[];
  readonly baseline: readonly number[];
}

export interface RatioEstimate {
  readonly ratio: number;
  /** Two-sided 95 % confidence interval; undefined for a single seed. */
  readonly interval: Interval | undefined;
}

/**
 * Ratio of the means, values over baseline. For several samples (scenarios), the geometric mean of their ratios, with
 * equal weights. All samples have the same seeds in the same order. Undefined if a mean is 0.
 *
 * The interval is that of the logarithm of the ratio, linearised at the means (delta method; Casella and Berger,
 * Statistical Inference, 5.5.4). Seed i shifts it by value_i / mean - baseline_i / baseline mean.
 */
export function pairedRatio(
  samples: readonly PairedSample[],
  method: IntervalMethod = "t",
  confidence = CONFIDENCE,
): RatioEstimate | undefined {
  const means = samples.map(({ values, baseline }) => ({ value: mean(values), baseline: mean(baseline) }));
  if (means.length === 0 || means.some(({ value, baseline }) => !(value > 0 && baseline > 0))) return undefined;
  const logRatio = mean(means.map(({ value, baseline }) => Math.log(value / baseline)));
  const ratio = samples.length === 1 ? means[0]!.value / means[0]!.baseline : Math.exp(logRatio);
  const unitSamples = samples.map(({ values, baseline }, at) => ({
    values: values.map((value) => value / means[at]!.value),
    baseline: baseline.map((value) => value / means[at]!.baseline),
  }));
  return { ratio, interval: ratioInterval(ratio, unitSamples, method, confidence) };
}

/** Whether both means are above 0, so that there is a ratio. */
export const hasRatio = ({ values, baseline }: PairedSample): boolean => mean(values) > 0 && mean(baseline) > 0;

/** A smaller deviation of the shifts is rounding: the ratio is the same for all seeds. */
const ROUNDING = 1e-12;

function ratioInterval(
  ratio: number,
  samples: readonly PairedSample[],
  method: IntervalMethod,
  confidence: number,
): Interval | undefined {
  const size = samples[0]!.values.length;
  if (size < 2) return undefined;
  const shifts = Array.from({ length: size }, (_, i) =>
    mean(samples.map(({ values, baseline }) => values[i]! - baseline[i]!)),
  );
  const deviation = sampleStandardDeviation(shifts);
  const isResampled = method === "bootstrap" && deviation > ROUNDING;
  const resampled = isResampled ? logRatioPivots(sortedByValue(samples), deviation, confidence) : undefined;
  const { low, high } = resampled ?? studentPivots(size, confidence);
  const standardError = deviation / Math.sqrt(size);
  return { low: ratio * Math.exp(-high * standardError), high: ratio * Math.exp(-low * standardError) };
}

/** With the seeds sorted by value, so that the interval does not depend on their order. */
function sortedByValue(samples: readonly PairedSample[]): readonly UnitPair[] {
  const columns = samples.flatMap(({ values, baseline }) => [values, baseline]);
  const order = columns[0]!
    .map((_, i) => i)
    .sort((a, b) => {
      const differing = columns.find((column) => column[a] !== column[b]);
      return differing === undefined ? 0 : differing[a]! - differing[b]!;
    });
  const inOrder = (column: readonly number[]) => Float64Array.from(order, (i) => column[i]!);
  return samples.map(({ values, baseline }) => ({ values: inOrder(values), baseline: inOrder(baseline) }));
}
