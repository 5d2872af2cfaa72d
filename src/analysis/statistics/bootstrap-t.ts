/**
 * Bootstrap-t (studentised bootstrap): how far an estimate is from the truth in standard errors, learnt from resamples
 * instead of taken from Student's table; so skewed values have a longer arm on the side where the truth may be far.
 * Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, 12.5. Adaptation: Student's t where resamples do
 * not settle it (see `quantilesOf`).
 */
// Hot: 2000 resamples an interval, and a comparison has thousands of intervals.
import { quantileSorted } from "simple-statistics";
import { CONFIDENCE } from "../../records/interval.ts";
import { RESAMPLES, resamplesOf } from "./resamples.ts";
import { tWithin } from "./student-t.ts";

/** The truth is likely within estimate - high * standard error and estimate - low * standard error. */
export interface Pivots {
  readonly low: number;
  readonly high: number;
}

/** Student's t with as many values less one degrees of freedom; at least two values. */
export function studentPivots(size: number, confidence = CONFIDENCE): Pivots {
  const high = tWithin(confidence, size - 1);
  return { low: -high, high };
}

/** Of the mean of values whose mean is 0 and whose standard deviation is 1; undefined: resamples do not settle it. */
export function meanPivots(values: Float64Array, confidence = CONFIDENCE): Pivots | undefined {
  const size = values.length;
  const resamples = resamplesOf(size);
  const pivots = new Float64Array(RESAMPLES);
  for (let r = 0, start = 0; r < RESAMPLES; r += 1, start += size) {
    let sum = 0;
    for (let i = start; i < start + size; i += 1) sum += values[resamples[i]!]!;
    const mean = sum / size;
    let squares = 0;
    for (let i = start; i < start + size; i += 1) {
      const distance = values[resamples[i]!]! - mean;
      squares += distance * distance;
    }
    pivots[r] = pivot(mean, Math.sqrt(squares / (size - 1) / size));
  }
  return quantilesOf(pivots, confidence);
}

/** Two samples in units of their means. */
export interface UnitPair {
  readonly values: Float64Array;
  readonly baseline: Float64Array;
}

/**
 * Of the mean, over pairs, of log(mean of values / mean of baseline), by the delta method; `deviation` is that of the
 * shifts of its seeds, above 0. undefined: resamples do not settle it.
 */
export function logRatioPivots(
  pairs: readonly UnitPair[],
  deviation: number,
  confidence = CONFIDENCE,
): Pivots | undefined {
  const size = pairs[0]!.values.length;
  const resamples = resamplesOf(size);
  const pivots = new Float64Array(RESAMPLES);
  const shifts = new Float64Array(size);
  const scale = pairs.length * deviation;
  for (let r = 0, start = 0; r < RESAMPLES; r += 1, start += size) {
    let logRatio = 0;
    for (let p = 0; p < pairs.length; p += 1) {
      const values = pairs[p]!.values;
      const baseline = pairs[p]!.baseline;
      let valueSum = 0;
      let baselineSum = 0;
      for (let i = 0; i < size; i += 1) {
        const at = resamples[start + i]!;
        valueSum += values[at]!;
        baselineSum += baseline[at]!;
      }
      logRatio += Math.log(valueSum / baselineSum);
      const perValue = size / valueSum;
      const perBaseline = size / baselineSum;
      for (let i = 0; i < size; i += 1) {
        const at = resamples[start + i]!;
        const shift = values[at]! * perValue - baseline[at]! * perBaseline;
        shifts[i] = p === 0 ? shift : shifts[i]! + shift;
      }
    }
    let squares = 0;
    for (let i = 0; i < size; i += 1) {
      const shift = shifts[i]!;
      squares += shift * shift;
    }
    pivots[r] = pivot(logRatio / scale, Math.sqrt(squares / (size - 1) / size) / scale);
  }
  return quantilesOf(pivots, confidence);
}

/** Less than this, in standard deviations of the sample, is rounding. */
const ROUNDING = 1e-9;

/** Infinite where the resample has no spread; then 0 where it is the estimate itself. */
function pivot(distance: number, standardError: number): number {
  if (standardError > ROUNDING) return distance / standardError;
  return Math.abs(distance) <= ROUNDING ? 0 : distance / 0;
}

/** Where so many are infinite that an end is, resamples do not settle it. */
function quantilesOf(pivots: Float64Array, confidence: number): Pivots | undefined {
  const sorted = pivots.sort() as unknown as number[];
  const [low, high] = [quantileSorted(sorted, (1 - confidence) / 2), quantileSorted(sorted, (1 + confidence) / 2)];
  return Number.isFinite(low) && Number.isFinite(high) ? { low, high } : undefined;
}
