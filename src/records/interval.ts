/** A 95 % confidence interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Confidence level of every interval that rtmm reports. */
export const CONFIDENCE = 0.95;
