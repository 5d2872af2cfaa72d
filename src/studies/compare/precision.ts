/** The precision of a comparison's ratios, and the further seeds that improve it. */

import { nextSeeds, relativeHalfWidth, seedsNeeded } from "../../analysis/statistics/precision.ts";
import type { Metric } from "../../metrics/metric.ts";
import type { Comparison, LeastPrecise, Precision } from "../../records/comparison.ts";
import { LARGEST_SEED } from "../../run/settings.ts";
import { comparisonOf } from "./comparison-of.ts";
import type { ComparisonPlan } from "./plan.ts";
import type { MoreSeeds } from "./run-comparison.ts";

export interface PrecisionAim {
  /** Half of a 95 % interval relative to its ratio, above 0: 0.02 is ± 2 %. */
  readonly aim: number;
  readonly maxSeeds: number;
}

/** The precision of all ratios that have an interval. */
export function precisionOf(comparison: Comparison, { aim, maxSeeds }: PrecisionAim): Precision {
  const widest = leastPrecise(comparison);
  const seeds = comparison.seeds.length;
  return { aim, maxSeeds, seedsNeeded: seedsNeeded(seeds, widest?.halfWidth ?? 0, aim), leastPrecise: widest ?? null };
}

/** Wider intervals cause a warning if the user requested no precision. */
const WIDE = 0.1;
const USUAL_AIM = 0.05;

/** The warning if no precision was requested; undefined if none is needed. */
export function precisionHint(comparison: Comparison): Precision | undefined {
  const found = precisionOf(comparison, { aim: USUAL_AIM, maxSeeds: comparison.seeds.length });
  return (found.leastPrecise?.halfWidth ?? 0) > WIDE ? found : undefined;
}

/** The further seeds for `runComparison`; none if the aim or the limit is reached. */
export function seedsTo(aim: PrecisionAim, plan: ComparisonPlan, metrics: readonly Metric[]): MoreSeeds {
  return (runs) => {
    const { leastPrecise: widest } = precisionOf(comparisonOf(plan, runs, metrics), aim);
    if (widest === null || widest.halfWidth <= aim.aim) return [];
    const [have, last] = [runs.seeds.length, runs.seeds.at(-1)!];
    const want = Math.min(nextSeeds(have, widest.halfWidth, aim.aim), aim.maxSeeds);
    const more = Array.from({ length: Math.max(0, want - have) }, (_, i) => last + 1 + i);
    return more.filter((seed) => seed <= LARGEST_SEED);
  };
}

/** undefined if no ratio has an interval. */
function leastPrecise({ metrics }: Pick<Comparison, "metrics">): LeastPrecise | undefined {
  const all = metrics.flatMap(({ name, cases }) =>
    cases.flatMap(({ scenario, system, schedulers }) =>
      schedulers.flatMap(({ scheduler, ratio, interval, verdict }): LeastPrecise[] => {
        if (ratio === null || interval === null || verdict === "baseline") return [];
        return [{ metric: name, scenario, system, scheduler, halfWidth: relativeHalfWidth(ratio, interval) }];
      }),
    ),
  );
  return all.reduce<LeastPrecise | undefined>(
    (widest, each) => (widest !== undefined && widest.halfWidth >= each.halfWidth ? widest : each),
    undefined,
  );
}
