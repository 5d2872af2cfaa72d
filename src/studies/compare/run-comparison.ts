/** Runs what a comparison needs, seed by seed, so that what is finished is paired. */

import type { PointExecutor, WantedResult } from "../../executors/point.ts";
import { ComparisonResults, type ComparisonRuns } from "./comparison-results.ts";
import type { ComparisonPlan } from "./plan.ts";
import { SeedPoints } from "./seed-points.ts";

export type { ComparisonRuns } from "./comparison-results.ts";

export interface RunComparisonOptions {
  readonly executor: PointExecutor;
  readonly signal: AbortSignal;
  /** Left out: there are none. */
  readonly moreSeeds?: MoreSeeds | undefined;
  /** Left out: whole results. */
  readonly wanted?: WantedResult;
}

/** Seeds to go on with once all are finished, asked for again and again; none: it is enough. */
export type MoreSeeds = (runs: ComparisonRuns) => readonly number[];

/** What was finished, also where a failure or an interruption ended it. */
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

/** Throws what stops the comparison. */
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
