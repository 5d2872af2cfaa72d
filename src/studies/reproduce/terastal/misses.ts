/** How many deadlines a scheduler misses in Terastal's comparison, and what accuracy it loses. */
import { mean } from "../../../analysis/statistics/mean.ts";
import { pairedRatio, type RatioEstimate } from "../../../analysis/statistics/paired-ratio.ts";
import type { ComparisonRuns } from "../../compare/run-comparison.ts";
import { type Measured, metric } from "../comparison-runs.ts";

/** All scenarios on one system, at one load. */
export interface LoadedRuns {
  readonly system: string;
  /** Factor of all rates. */
  readonly rateScale: number;
  readonly runs: ComparisonRuns;
}

const missRate = metric("deadlineViolationRate");
const accuracyLoss = metric("accuracyLoss");

/** By seed, the mean miss rate over systems, loads and scenarios; `scenario`: over this one only. */
export const missesOf = (all: readonly LoadedRuns[], schedulerIndex: number, scenario?: string): readonly number[] =>
  bySeedOverCases(all, schedulerIndex, missRate, scenario);

/** By seed, the mean accuracy loss over the cases in which a task has variants of stated accuracies; 0 without such a case. */
export const accuracyLossOf = (all: readonly LoadedRuns[], schedulerIndex: number): readonly number[] =>
  bySeedOverCases(all, schedulerIndex, accuracyLoss);

/** Cases with nothing to measure do not count. */
function bySeedOverCases(
  all: readonly LoadedRuns[],
  schedulerIndex: number,
  of: Measured,
  scenario?: string,
): readonly number[] {
  const seeds = all[0]!.runs.results.length;
  return Array.from({ length: seeds }, (_, seedIndex) => {
    const values = all.flatMap(({ runs }) =>
      runs.results[seedIndex]!.flatMap((ofCase, caseIndex) => {
        if (scenario !== undefined && runs.cases[caseIndex]!.scenario !== scenario) return [];
        return of(ofCase[schedulerIndex]!) ?? [];
      }),
    );
    return values.length === 0 ? 0 : mean(values);
  });
}

/** Ratio of the mean miss rates, paired by seed; undefined if the baseline misses nothing. */
export const missedBelow = (values: readonly number[], baseline: readonly number[]): RatioEstimate | undefined =>
  pairedRatio([{ values, baseline }]);
