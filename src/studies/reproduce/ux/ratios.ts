/** Compares two schedulers over cases, by UXCost and its parts. */
import { mean } from "../../../analysis/statistics/mean.ts";
import { pairedRatio, type RatioEstimate } from "../../../analysis/statistics/paired-ratio.ts";
import { bySeed, type Measured, metric, paired } from "../comparison-runs.ts";
import type { UxCase } from "./study.ts";

export const published = metric("uxCost");
export const guarded = metric("uxCostGuarded");
export const violations = metric("deadlineViolationRate");
export const energy = metric("energyMj");

/** Ratio of a scheduler to the baseline; for several cases, the geometric mean. Undefined if a case has no ratio. */
export function ratioOf(
  cases: readonly UxCase[],
  schedulerIndex: number,
  baseline: number,
  of: Measured,
): RatioEstimate | undefined {
  const samples = cases.map(({ runs }) => paired(bySeed(runs, 0, schedulerIndex, of), bySeed(runs, 0, baseline, of)));
  return samples.every((sample) => sample !== undefined) ? pairedRatio(samples) : undefined;
}

/** Mean over seeds, then cases; undefined if a run has nothing to measure. */
export function meanOf(cases: readonly UxCase[], schedulerIndex: number, of: Measured): number | undefined {
  const values = cases.map(({ runs }) => bySeed(runs, 0, schedulerIndex, of));
  return values.every((value) => value !== undefined) ? mean(values.map(mean)) : undefined;
}

/** The case in which the scheduler is farthest below the baseline; undefined if no case has a ratio. */
export function farthestBelow(
  cases: readonly UxCase[],
  schedulerIndex: number,
  baseline: number,
  of: Measured,
): { readonly at: UxCase; readonly estimate: RatioEstimate } | undefined {
  const known = cases.flatMap((at) => {
    const estimate = ratioOf([at], schedulerIndex, baseline, of);
    return estimate === undefined ? [] : [{ at, estimate }];
  });
  return known.reduce<(typeof known)[number] | undefined>(
    (least, each) => (least === undefined || each.estimate.ratio < least.estimate.ratio ? each : least),
    undefined,
  );
}
