/** How precisely the means of a sweep's groups are to be known. */

export interface SeedPrecision {
  /** Half of a 95 % interval relative to its mean, above 0: 0.02 is ± 2 %. */
  readonly aim: number;
  /** That a group begins with. */
  readonly firstSeeds: number;
  /** That a group has at most. */
  readonly maxSeeds: number;
}

/** With the metrics whose means it is about, by name. */
export interface JudgedPrecision extends SeedPrecision {
  readonly metrics: readonly string[];
}
