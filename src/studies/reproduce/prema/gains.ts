/** By how much one policy is better than another in PREMA's metrics. */

import { mean } from "../../../analysis/statistics/mean.ts";
import { pairedRatio } from "../../../analysis/statistics/paired-ratio.ts";
import type { RunResult } from "../../../records/run-result.ts";
import type { ComparisonRuns } from "../../compare/run-comparison.ts";
import { bySeed, type Measured, metric, paired } from "../comparison-runs.ts";
import { type Estimate, factor, factorDown } from "../figures.ts";

export interface Gain {
  readonly of: Measured;
  readonly better: "higher" | "lower";
}

/** Satisfied share at the target N x isolated time. */
export const slaAt =
  (n: number): Measured =>
  ({ curves }: RunResult) =>
    curves.slaAtN?.find(({ x }) => x === n)?.y;

/** Mean over the targets N = 2 to 20. */
export const sla: Measured = ({ curves }) => curves.slaAtN && mean(curves.slaAtN.map(({ y }) => y));

const slaMissed: Measured = (result) => {
  const met = sla(result);
  return met === null || met === undefined ? met : 1 - met;
};

export const gains = {
  antt: { of: metric("antt"), better: "lower" },
  stp: { of: metric("stp"), better: "higher" },
  sla: { of: sla, better: "higher" },
  slaMissed: { of: slaMissed, better: "lower" },
  slaAt: (n: number): Gain => ({ of: slaAt(n), better: "higher" }),
} as const;

/** Ratio of the means over the runs, paired by seed; above 1 if the scheduler is better than the baseline. */
export function gainOf(all: ComparisonRuns, schedulerIndex: number, baseline: number, { of, better }: Gain): Estimate {
  const sample = paired(bySeed(all, 0, schedulerIndex, of), bySeed(all, 0, baseline, of));
  return (better === "lower" ? factorDown : factor)(sample && pairedRatio([sample]));
}

/** Mean over the runs of each run's own ratio; undefined if a run has none. */
export function runGains(
  all: ComparisonRuns,
  schedulerIndex: number,
  baseline: number,
  gain: Gain,
): number | undefined {
  const sample = paired(bySeed(all, 0, schedulerIndex, gain.of), bySeed(all, 0, baseline, gain.of));
  if (sample === undefined || [...sample.values, ...sample.baseline].some((value) => value <= 0)) return undefined;
  const ratios = sample.values.map((value, i) => value / sample.baseline[i]!);
  return mean(ratios.map((ratio) => (gain.better === "lower" ? 1 / ratio : ratio)));
}
