/** The precision of a ratio or a mean, and the number of seeds that improves it. */
import { decimal } from "../../input/decimal.ts";
import type { Interval } from "../../records/interval.ts";

/** From text such as `2%`; undefined if that is no percentage above 0, up to 100. */
export function precisionFrom(text: string): number | undefined {
  const percent = decimal(/^(.*\d) ?%$/.exec(text)?.[1] ?? "");
  return percent > 0 && percent <= 100 ? percent / 100 : undefined;
}

/** Half of the interval's width, relative to the value: 0.02 is ± 2 %. */
export const relativeHalfWidth = (value: number, { low, high }: Interval): number => (high - low) / 2 / value;

/** Seeds that are likely to bring the half-width down to the aim. It falls with the square root of their number. */
export const seedsNeeded = (seeds: number, halfWidth: number, aim: number): number =>
  Math.max(seeds, Math.ceil(seeds * (halfWidth / aim) ** 2));

/**
 * An interval of fewer seeds may be narrow by luck. A search that stops then has less coverage; docs/statistics.md says
 * how much less.
 */
export const FEWEST_SEEDS = 10;

/** Default for the most seeds. */
export const MAX_SEEDS = 100;

/**
 * The number of seeds for the next step of a search: as many as are needed, within two limits. At most twice as many as
 * now, because a first guess may be far off. At least a fifth more, because each look is another chance to stop by
 * luck.
 */
export const nextSeeds = (seeds: number, halfWidth: number, aim: number): number =>
  Math.min(2 * seeds, Math.max(Math.ceil(1.2 * seeds), seedsNeeded(seeds, halfWidth, aim)));
