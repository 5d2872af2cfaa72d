/** How far runs are from what is possible: proven bounds beside the values of a comparison. */
import { type CaseBounds, gapOf } from "../../analysis/bounds/index.ts";
import { mean } from "../../analysis/statistics/mean.ts";
import type { Comparison, MetricComparison, SchedulerComparison } from "../../records/comparison.ts";
import { runCaseOf } from "../../run/run-case.ts";
import { type BoundingParts, boundsBySeed } from "../bound/bounds-by-seed.ts";
import { boundedMetrics } from "./bounded-metrics.ts";
import type { ComparisonRuns } from "./run-comparison.ts";

/** By case, then seed; undefined: nothing is known. */
export type BoundsOfRuns = readonly (readonly (CaseBounds | undefined)[])[];

/** `pause` is called between bounds, and may throw to stop. */
export async function boundsOfRuns(
  { cases, seeds, schedulers }: ComparisonRuns,
  parts: BoundingParts,
  pause: () => Promise<void>,
): Promise<BoundsOfRuns> {
  const found: (CaseBounds | undefined)[][] = [];
  for (const place of cases) {
    const ofSeeds: (CaseBounds | undefined)[] = [];
    const caseAt = (seed: number) => runCaseOf(place.request(seed, schedulers[0]!), parts.workbench);
    for (const bounds of boundsBySeed(caseAt, seeds, parts)) {
      ofSeeds.push(bounds);
      await pause();
    }
    found.push(ofSeeds);
  }
  return found;
}

/** The comparison with bounds and gaps where they are known. */
export function withGaps(comparison: Comparison, runs: ComparisonRuns, bounds: BoundsOfRuns): Comparison {
  return { ...comparison, metrics: comparison.metrics.map((metric) => withGapsOf(metric, runs, bounds)) };
}

function withGapsOf(metric: MetricComparison, runs: ComparisonRuns, bounds: BoundsOfRuns): MetricComparison {
  const boundOf = boundedMetrics[metric.name];
  if (boundOf === undefined) return metric;
  const least = metric.cases.map(({ schedulers }, at) =>
    schedulers.map((_, scheduler) =>
      meanOf(runs.results.map((ofSeed, i) => boundOf(bounds[at]![i], ofSeed[at]![scheduler]!))),
    ),
  );
  const cases = metric.cases.map((each, at) => ({
    ...each,
    schedulers: each.schedulers.map((standing, i) => withBound(standing, least[at]![i]!, metric)),
  }));
  return { ...metric, cases };
}

const meanOf = (values: readonly (number | undefined)[]): number | null =>
  values.length === 0 || values.includes(undefined) ? null : mean(values as number[]);

function withBound(
  standing: SchedulerComparison,
  bound: number | null,
  { unit }: MetricComparison,
): SchedulerComparison {
  return { ...standing, bound, gap: gapOf(standing.mean, bound, unit) };
}
