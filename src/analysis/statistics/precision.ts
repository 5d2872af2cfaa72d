/** How precisely a ratio or a mean is known, and how many seeds make it more so. */
import { decimal } from "../../input/decimal.ts";
import type { Interval } from "../../records/interval.ts";

/** From text such as `2%`; undefined: it is no percentage above 0, up to 100. */
export function precisionFrom(text: string): number | undefined {
  const percent = decimal(/^(.*\d) ?%$/.exec(text)?.[1] ?? "");
  return percent > 0 && percent <= 100 ? percent / 100 : undefined;
}

/** Half of the interval, relative to what it is of: 0.02 is ± 2 %. */
export const relativeHalfWidth = (value: number, { low, high }: Interval): number => (high - low) / 2 / value;

/** How many seeds are likely to bring a half-width down to the aim: it falls with the root of their number. */
export const seedsNeeded = (seeds: number, halfWidth: number, aim: number): number =>
  Math.max(seeds, Math.ceil(seeds * (halfWidth / aim) ** 2));

/**
 * Fewer could look precise by luck, and a search that stops there would keep that luck; docs/statistics.md tells how
 * much is left of it.
 */
export const FEWEST_SEEDS = 10;

/** Where nobody says how many seeds may be added. */
export const MAX_SEEDS = 100;

/**
 * How many seeds to go on with where the aim is not reached: what is needed, but no more than twice as many, since a first
 * guess may be far off, and a fifth more at least, since every look is another chance to stop by luck.
 */
export const nextSeeds = (seeds: number, halfWidth: number, aim: number): number =>
  Math.min(2 * seeds, Math.max(Math.ceil(1.2 * seeds), seedsNeeded(seeds, halfWidth, aim)));
