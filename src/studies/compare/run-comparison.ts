/** Runs a comparison seed by seed, so that the finished part consists of paired runs. */

import type { PointExecutor, WantedResult } from "../../executors/point.ts";
import { ComparisonResults, type ComparisonRuns } from "./comparison-results.ts";
import type { ComparisonPlan } from "./plan.ts";
import { SeedPoints } from "./seed-points.ts";

export type { ComparisonRuns } from "./comparison-results.ts";

export interface RunComparisonOptions {
  readonly executor: PointExecutor;
  readonly signal: AbortSignal;
  /** Adds no seeds by default. */
  readonly moreSeeds?: MoreSeeds | undefined;
  /** Absent: whole results. */
  readonly wanted?: WantedResult;
}

/** Further seeds, requested whenever all previous ones have finished. An empty list ends the comparison. */
export type MoreSeeds = (runs: ComparisonRuns) => readonly number[];

/** Returns the finished runs, even after a failure or an interruption. */
export async function runComparison(
  plan: ComparisonPlan,
  { executor, signal, moreSeeds, wanted }: RunComparisonOptions,
): Promise<ComparisonRuns> {
  const results = new ComparisonResults(plan);
  try {
    for (let seeds = plan.settings.seeds; seeds.length > 0; seeds = moreSeeds?.(results.finished(undefined)) ?? []) {
      const points = new SeedPoints(plan, results, seeds, results.addSeeds(seeds), wanted);
      await runSeeds(points, executor, signal);
    }
  } catch (error) {
    return results.finished({ error });
  }
  return results.finished(undefined);
}

/** Throws the error that stops the comparison. */
async function runSeeds(points: SeedPoints, executor: PointExecutor, signal: AbortSignal): Promise<void> {
  let stopped: Error | undefined;
  try {
    do await executor.run(points, (outcome) => points.ended(outcome), signal);
    while (points.hasGaps());
  } finally {
    stopped = points.settle();
  }
  if (stopped !== undefined) throw stopped;
}
