/** UXCost and what goes into it, of one scheduler against another, over cases. */
import { mean } from "../../analysis/statistics/mean.ts";
import { pairedRatio, type RatioEstimate } from "../../analysis/statistics/paired-ratio.ts";
import { bySeed, type Measured, metric, paired } from "./comparison-runs.ts";
import type { UxCase } from "./ux-study.ts";

export const published = metric("uxCost");
export const guarded = metric("uxCostGuarded");
export const violations = metric("deadlineViolationRate");
export const energy = metric("energyMj");

/** Of a scheduler to the baseline, both by place: over several cases, the geometric mean of their ratios. Undefined where a case has none. */
export function ratioOf(
  cases: readonly UxCase[],
  place: number,
  baseline: number,
  of: Measured,
): RatioEstimate | undefined {
  const samples = cases.map(({ runs }) => paired(bySeed(runs, 0, place, of), bySeed(runs, 0, baseline, of)));
  return samples.every((sample) => sample !== undefined) ? pairedRatio(samples) : undefined;
}

/** Over seeds, then cases; undefined where one has nothing to measure. */
export function meanOf(cases: readonly UxCase[], place: number, of: Measured): number | undefined {
  const values = cases.map(({ runs }) => bySeed(runs, 0, place, of));
  return values.every((value) => value !== undefined) ? mean(values.map(mean)) : undefined;
}

/** Where the scheduler is farthest below the baseline, by the ratio of means; undefined where no case has a ratio. */
export function farthestBelow(
  cases: readonly UxCase[],
  place: number,
  baseline: number,
  of: Measured,
): { readonly at: UxCase; readonly estimate: RatioEstimate } | undefined {
  const known = cases.flatMap((at) => {
    const estimate = ratioOf([at], place, baseline, of);
    return estimate === undefined ? [] : [{ at, estimate }];
  });
  return known.reduce<(typeof known)[number] | undefined>(
    (least, each) => (least === undefined || each.estimate.ratio < least.estimate.ratio ? each : least),
    undefined,
  );
}
