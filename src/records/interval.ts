/** A range that holds what is estimated in 95 % of cases. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Of every interval that rtmm tells. */
export const CONFIDENCE = 0.95;
