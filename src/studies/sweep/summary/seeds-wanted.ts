/** Which seeds a group needs for its means to be known that precisely. */

import { nextSeeds } from "../../../analysis/statistics/precision.ts";
import type { SweepMean } from "../../../records/sweep-report.ts";
import type { DonePoint } from "../folder/point-line.ts";
import type { JudgedPrecision } from "../read/seed-precision.ts";
import { meansOf } from "./groups.ts";
/** What there is of a group; seeds are counted from 0. */
export interface SeedResults {
  /** Whether the seed has a result: it neither is missing nor has failed. */
  isDone(seedIndex: number): boolean;
  point(seedIndex: number): DonePoint;
}

/**
 * How many seeds a group is to have, of which the first `from` are known to be wanted. Judged are the first seeds only
 * when all of them have results, so it does not matter in which order they came; a group with a failed one gets no more.
 */
export function seedsWanted(from: number, results: SeedResults, precision: JudgedPrecision): number {
  for (let seeds = from; ; ) {
    for (let i = 0; i < seeds; i += 1) if (!results.isDone(i)) return seeds;
    const points = Array.from({ length: seeds }, (_, i) => results.point(i));
    const widest = leastPrecise(meansOf(points, precision.metrics), precision)?.halfWidth ?? 0;
    if (widest <= precision.aim || seeds >= precision.maxSeeds) return seeds;
    seeds = Math.min(nextSeeds(seeds, widest, precision.aim), precision.maxSeeds);
  }
}

export interface LeastPreciseMean {
  readonly metric: string;
  /** Relative to the mean. */
  readonly halfWidth: number;
}

/** undefined: no metric has a mean whose precision can be told. */
export function leastPrecise(
  means: Readonly<Record<string, SweepMean | null>>,
  { metrics }: Pick<JudgedPrecision, "metrics">,
): LeastPreciseMean | undefined {
  let widest: LeastPreciseMean | undefined;
  for (const metric of metrics) {
    const halfWidth = halfWidthOf(means[metric] ?? null);
    if (halfWidth !== undefined && halfWidth > (widest?.halfWidth ?? -1)) widest = { metric, halfWidth };
  }
  return widest;
}

/** 0 where all seeds agree; undefined: there is nothing that it could be a share of. */
function halfWidthOf(estimate: SweepMean | null): number | undefined {
  if (estimate === null || estimate.low === null || estimate.high === null) return undefined;
  const { mean, low, high } = estimate;
  if (low === high) return 0;
  return mean === 0 ? undefined : (high - low) / 2 / Math.abs(mean);
}
