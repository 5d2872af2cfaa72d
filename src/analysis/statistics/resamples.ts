/** Bootstrap resamples: which seeds stand in each, drawn with replacement. Always the same for as many seeds. */
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Efron and Tibshirani 1993, 14.3: 1000 and more for the ends of a 95 % interval. */
export const RESAMPLES = 2000;

const SEED = 1993;

/** Resample r has the values at [r * size] to [(r + 1) * size - 1], each 0 to size - 1. */
export type Resamples = Uint16Array | Uint32Array;

/** The last one made: all intervals of a comparison are of as many seeds. It is a constant; keeping it changes nothing. */
let latest: { readonly size: number; readonly resamples: Resamples } | undefined;

/** `size`: how many values there are, at least 1. */
export function resamplesOf(size: number): Resamples {
  if (latest?.size !== size) latest = { size, resamples: drawn(size) };
  return latest.resamples;
}

function drawn(size: number): Resamples {
  const random = xoroshiro128plus(SEED);
  const resamples = size <= 0xffff ? new Uint16Array(RESAMPLES * size) : new Uint32Array(RESAMPLES * size);
  for (let i = 0; i < resamples.length; i += 1) resamples[i] = uniformInt(random, 0, size - 1);
  return resamples;
}
