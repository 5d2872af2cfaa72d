/** The number of seeds that a group needs to reach a precision. */

import { nextSeeds } from "../../../analysis/statistics/precision.ts";
import type { SweepMean } from "../../../records/sweep-report.ts";
import type { DonePoint } from "../folder/point-line.ts";
import type { JudgedPrecision } from "../read/seed-precision.ts";
import { meansOf } from "./groups.ts";
/** The results of a group. Seed indexes start at 0. */
export interface SeedResults {
  /** Whether the seed has a result: it is neither missing nor failed. */
  isDone(seedIndex: number): boolean;
  point(seedIndex: number): DonePoint;
}

/**
 * Number of seeds that a group needs, at least `from`. A group is judged only when all its wanted seeds have results,
 * so the order in which they ended does not matter. A group with a failed seed gets no more.
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

/** undefined if no metric has a mean with a relative half width. */
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

/** 0 if all seeds agree; undefined if there is no interval or the mean is 0. */
function halfWidthOf(estimate: SweepMean | null): number | undefined {
  if (estimate === null || estimate.low === null || estimate.high === null) return undefined;
  const { mean, low, high } = estimate;
  if (low === high) return 0;
  return mean === 0 ? undefined : (high - low) / 2 / Math.abs(mean);
}
