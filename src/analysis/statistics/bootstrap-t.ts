/**
 * Bootstrap-t (studentised bootstrap). It estimates from resamples how many standard errors an estimate is off, instead
 * of taking that from Student's table. So the interval of skewed values is longer on the side of their long tail.
 * Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, 12.5. Adaptation: Student's t if too many
 * resamples have no spread (see `quantilesOf`).
 */
// Hot: 2000 resamples per interval, and a comparison has thousands of intervals.
import { quantileSorted } from "simple-statistics";
import { CONFIDENCE } from "../../records/interval.ts";
import { RESAMPLES, resamplesOf } from "./resamples.ts";
import { tWithin } from "./student-t.ts";

/** The interval is from estimate - high * standard error to estimate - low * standard error. */
export interface Pivots {
  readonly low: number;
  readonly high: number;
}

/** Pivots of Student's t with `size` - 1 degrees of freedom. `size`: number of values, at least 2. */
export function studentPivots(size: number, confidence = CONFIDENCE): Pivots {
  const high = tWithin(confidence, size - 1);
  return { low: -high, high };
}

/**
 * Pivots for the mean of values with mean 0 and standard deviation 1; undefined if too many resamples have no spread.
 */
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

/** Two paired samples, each divided by its mean. */
export interface UnitPair {
  readonly values: Float64Array;
  readonly baseline: Float64Array;
}

/**
 * Pivots for the mean over pairs of log(mean of values / mean of baseline), by the delta method. `deviation`: standard
 * deviation of the shifts by seed, above 0. Undefined if too many resamples have no spread.
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

/** A smaller distance, in standard deviations of the sample, is rounding. */
const ROUNDING = 1e-9;

/** If the resample has no spread: 0 if it equals the estimate, else infinite. */
function pivot(distance: number, standardError: number): number {
  if (standardError > ROUNDING) return distance / standardError;
  return Math.abs(distance) <= ROUNDING ? 0 : distance / 0;
}

/** Undefined if so many pivots are infinite that an end of the interval would be. */
function quantilesOf(pivots: Float64Array, confidence: number): Pivots | undefined {
  const sorted = pivots.sort() as unknown as number[];
  const [low, high] = [quantileSorted(sorted, (1 - confidence) / 2), quantileSorted(sorted, (1 + confidence) / 2)];
  return Number.isFinite(low) && Number.isFinite(high) ? { low, high } : undefined;
}
