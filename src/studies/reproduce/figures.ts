/** Rounds numbers for the record of a reproduction. */

import type { RatioEstimate } from "../../analysis/statistics/paired-ratio.ts";
import type { Interval } from "../../records/interval.ts";
import type { Claim } from "../../records/reproduction.ts";

const DIGITS = 6;

/** Six significant digits, because the last digits of logarithms and powers may differ between machines. */
export function figure(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value.toPrecision(DIGITS));
}

/** A number of ours, with its interval if it has one. */
export type Estimate = Pick<Claim, "ours" | "interval">;

/** By which factor the value is larger. */
export const factor = (estimate: RatioEstimate | undefined): Estimate => ({
  ours: figure(estimate?.ratio),
  interval: rounded(estimate?.interval),
});

/** By which factor the value is smaller: the inverse ratio. */
export const factorDown = (estimate: RatioEstimate | undefined): Estimate => ({
  ours: figure(estimate && 1 / estimate.ratio),
  interval: rounded(estimate?.interval && { low: 1 / estimate.interval.high, high: 1 / estimate.interval.low }),
});

/** By which share the value is smaller. */
export const reduction = (estimate: RatioEstimate | undefined): Estimate => ({
  ours: figure(estimate && 1 - estimate.ratio),
  interval: rounded(estimate?.interval && { low: 1 - estimate.interval.high, high: 1 - estimate.interval.low }),
});

/** A number without an interval. */
export const alone = (value: number | null | undefined): Estimate => ({ ours: figure(value), interval: null });

const rounded = (interval: Interval | undefined): Interval | null =>
  interval === undefined ? null : { low: figure(interval.low)!, high: figure(interval.high)! };
