/** Numbers as records of reproductions keep them. */

import type { RatioEstimate } from "../../analysis/statistics/paired-ratio.ts";
import type { Interval } from "../../records/interval.ts";
import type { Claim } from "../../records/reproduction.ts";

const DIGITS = 6;

/** Six significant digits: the last ones of logarithms and powers may differ between machines. */
export function figure(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value.toPrecision(DIGITS));
}

/** Of a claim, or of a row of a table. */
export type Estimate = Pick<Claim, "ours" | "interval">;

/** How many times more. */
export const factor = (estimate: RatioEstimate | undefined): Estimate => ({
  ours: figure(estimate?.ratio),
  interval: rounded(estimate?.interval),
});

/** How many times less: the ratio the other way around. */
export const factorDown = (estimate: RatioEstimate | undefined): Estimate => ({
  ours: figure(estimate && 1 / estimate.ratio),
  interval: rounded(estimate?.interval && { low: 1 / estimate.interval.high, high: 1 / estimate.interval.low }),
});

/** By which share less. */
export const reduction = (estimate: RatioEstimate | undefined): Estimate => ({
  ours: figure(estimate && 1 - estimate.ratio),
  interval: rounded(estimate?.interval && { low: 1 - estimate.interval.high, high: 1 - estimate.interval.low }),
});

/** A number of ours that has no interval. */
export const alone = (value: number | null | undefined): Estimate => ({ ours: figure(value), interval: null });

const rounded = (interval: Interval | undefined): Interval | null =>
  interval === undefined ? null : { low: figure(interval.low)!, high: figure(interval.high)! };
