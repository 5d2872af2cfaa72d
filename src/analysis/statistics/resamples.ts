/** Bootstrap resamples, drawn with replacement. The same number of values always has the same resamples. */
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Efron and Tibshirani 1993, 14.3: at least 1000 for the ends of a 95 % interval. */
export const RESAMPLES = 2000;

const SEED = 1993;

/** Indexes of values, 0 to size - 1. Those of resample r are at [r * size] to [(r + 1) * size - 1]. */
export type Resamples = Uint16Array | Uint32Array;

/** Cache of the latest size, since all intervals of a comparison have it. The content depends on the size alone. */
let latest: { readonly size: number; readonly resamples: Resamples } | undefined;

/** `size`: number of values, at least 1. */
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
