/** The required precision of the means of a sweep's groups. */

export interface SeedPrecision {
  /** Half of a 95 % interval relative to its mean, above 0: 0.02 is ± 2 %. */
  readonly aim: number;
  /** Number of seeds that a group starts with. */
  readonly firstSeeds: number;
  /** Maximum number of seeds of a group. */
  readonly maxSeeds: number;
}

/** With the names of the metrics whose means must reach it. */
export interface JudgedPrecision extends SeedPrecision {
  readonly metrics: readonly string[];
}
