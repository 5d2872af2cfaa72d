/**
 * Histogram with logarithmic buckets: quantiles of any number of values in fixed memory, within 0.5 % of the exact
 * value at that rank. Source: DDSketch (Masson, Rim and Lee, VLDB 2019), without its bucket collapsing.
 */

/** Relative error of a quantile. */
const relativeError = 0.005;
const growth = (1 + relativeError) / (1 - relativeError);
const logGrowth = Math.log(growth);
/** Bucket 0 is for values below 1, the last one for values up to 2^53: about 3700 buckets, 30 KB. */
const buckets = bucketOf(Number.MAX_SAFE_INTEGER) + 1;

/** A histogram of values from 0 to 2^53. */
export class LogHistogram {
  readonly #counts = new Float64Array(buckets);

  add(value: number): void {
    const bucket = bucketOf(value);
    this.#counts[bucket] = this.#counts[bucket]! + 1;
  }

  absorb(other: LogHistogram): void {
    for (let bucket = 0; bucket < buckets; bucket++) {
      this.#counts[bucket] = this.#counts[bucket]! + other.#counts[bucket]!;
    }
  }

  /** The value at a rank, 1 for the smallest; ranks beyond the last give the largest. */
  valueAt(rank: number): number {
    let below = 0;
    let last = 0;
    for (let bucket = 0; bucket < buckets; bucket++) {
      const count = this.#counts[bucket]!;
      if (count === 0) continue;
      below += count;
      last = bucket;
      if (below >= rank) break;
    }
    return middleOf(last);
  }
}

/** Bucket b > 0 is for (growth^(b-2), growth^(b-1)]. */
function bucketOf(value: number): number {
  return value < 1 ? 0 : 1 + Math.ceil(Math.log(value) / logGrowth);
}

/** The value whose relative distance to both ends of the bucket is the same. */
const middleOf = (bucket: number): number => (bucket === 0 ? 0 : (2 * growth ** (bucket - 1)) / (growth + 1));
