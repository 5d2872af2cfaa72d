// Intervals that rtmm does not use, for comparison with its own. A statistic is a function of two means: that of a
// sample's values, and that of its baseline.
import {
  cumulativeStdNormalProbability,
  mean,
  probit,
  quantileSorted,
  sampleStandardDeviation,
} from "simple-statistics";
import { RESAMPLES, resamplesOf } from "../../dist/analysis/statistics/resamples.js";
import { tWithin } from "../../dist/analysis/statistics/student-t.js";

/** Student's t on the logarithm of the mean, linearised at the mean; undefined if the mean is 0. */
export function studentOnLog({ values }) {
  const center = mean(values);
  if (!(center > 0)) return undefined;
  const relative = sampleStandardDeviation(values) / Math.sqrt(values.length) / center;
  const factor = Math.exp(tWithin(0.95, values.length - 1) * relative);
  return { low: center / factor, high: center * factor };
}

/** The statistic of every resample, ascending. */
export function estimatesOf({ values, baseline }, statistic) {
  const size = values.length;
  const resamples = resamplesOf(size);
  const estimates = new Float64Array(RESAMPLES);
  for (let r = 0; r < RESAMPLES; r += 1) {
    let [valueSum, baselineSum] = [0, 0];
    for (let i = r * size; i < (r + 1) * size; i += 1) {
      valueSum += values[resamples[i]];
      baselineSum += baseline[resamples[i]];
    }
    estimates[r] = statistic(valueSum / size, baselineSum / size);
  }
  return estimates.sort();
}

/** Efron and Tibshirani 1993, 13.3. */
export const percentile = (estimates) => between(estimates, 0.025, 0.975);

/** Bias-corrected and accelerated. Efron and Tibshirani 1993, 14.3. A tie with the estimate counts as half. */
export function bca(estimates, sample, statistic) {
  const estimate = statistic(mean(sample.values), mean(sample.baseline));
  let below = 0;
  for (const each of estimates)
    below += Math.abs(each - estimate) <= 1e-12 * Math.abs(estimate) ? 0.5 : each < estimate;
  const bias = probit(Math.min(Math.max(below, 0.5), RESAMPLES - 0.5) / RESAMPLES);
  const acceleration = accelerationOf(sample, statistic);
  const level = (z) => cumulativeStdNormalProbability(bias + (bias + z) / (1 - acceleration * (bias + z)));
  return between(estimates, level(-1.959964), level(1.959964));
}

/** From the jackknife; 0 if all its estimates are equal. */
function accelerationOf({ values, baseline }, statistic) {
  const size = values.length;
  const [valueSum, baselineSum] = [mean(values) * size, mean(baseline) * size];
  const jackknife = values.map((value, i) =>
    statistic((valueSum - value) / (size - 1), (baselineSum - baseline[i]) / (size - 1)),
  );
  const differences = jackknife.map((each) => mean(jackknife) - each);
  const squares = differences.reduce((sum, each) => sum + each ** 2, 0);
  return squares === 0 ? 0 : differences.reduce((sum, each) => sum + each ** 3, 0) / (6 * squares ** 1.5);
}

const between = (sorted, low, high) => ({ low: quantileSorted(sorted, low), high: quantileSorted(sorted, high) });
