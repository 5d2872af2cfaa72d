/** The standings of schedulers in one metric: means, ratios and differences to the baseline, and verdicts. Pure. */

import { intervalMethod } from "../../analysis/statistics/interval-method.ts";
import { mean } from "../../analysis/statistics/mean.ts";
import {
  differenceVerdict,
  type PairedDifference,
  pairedDifference,
} from "../../analysis/statistics/paired-difference.ts";
import {
  hasRatio,
  type PairedSample,
  pairedRatio,
  type RatioEstimate,
} from "../../analysis/statistics/paired-ratio.ts";
import type { Metric } from "../../metrics/metric.ts";
import type { SchedulerComparison } from "../../records/comparison.ts";

/** Values of one metric in one case: [scheduler][seed]; null: nothing to measure. */
export type CaseValues = readonly (readonly (number | null)[])[];

/** The metric in which schedulers are compared, their labels, and which of them is the baseline. */
export interface MetricContext {
  readonly labels: readonly string[];
  readonly baselineIndex: number;
  readonly metric: Pick<Metric, "unit" | "better">;
}

/** A scheduler with a seed that has nothing to measure has no mean: a mean over other seeds is not comparable. */
export function caseStandings(context: MetricContext, values: CaseValues): readonly SchedulerComparison[] {
  const means = values.map((ofSeeds) => (isWhole(ofSeeds) ? mean(ofSeeds) : null));
  const best = bestOf(means, context);
  return context.labels.map((scheduler, index) => ({
    scheduler,
    mean: means[index]!,
    isBest: best !== undefined && means[index] === best,
    ...comparedTo(context, index, ratioOf([values], index, context), differenceOf(values, index, context)),
  }));
}

/** Geometric means over cases in which every scheduler has a ratio; see `hasAllRatios`. */
export function geomeanStandings(context: MetricContext, cases: readonly CaseValues[]): readonly SchedulerComparison[] {
  const estimates = context.labels.map((_, index) => ratioOf(cases, index, context));
  const ratios = estimates.map((each) => each?.ratio ?? null);
  const best = bestOf(ratios, context);
  return context.labels.map((scheduler, index) => ({
    scheduler,
    mean: null,
    isBest: best !== undefined && ratios[index] === best,
    ...comparedTo(context, index, estimates[index], undefined),
  }));
}

/** Whether every scheduler has a ratio to the baseline here. */
export const hasAllRatios = (context: MetricContext, values: CaseValues): boolean =>
  values.every((_, index) => {
    const sample = sampleOf(values, index, context);
    return sample !== undefined && hasRatio(sample);
  });

const isWhole = (values: readonly (number | null)[]): values is readonly number[] => values.every((v) => v !== null);

function ratioOf(cases: readonly CaseValues[], index: number, context: MetricContext): RatioEstimate | undefined {
  const samples = cases.map((values) => sampleOf(values, index, context));
  if (!samples.every((sample) => sample !== undefined)) return undefined;
  const seeds = samples[0]?.values.length ?? 0;
  return pairedRatio(samples, intervalMethod(context.metric, seeds));
}

function differenceOf(values: CaseValues, index: number, context: MetricContext): PairedDifference | undefined {
  const sample = sampleOf(values, index, context);
  return sample && pairedDifference(sample.values, sample.baseline, context.metric);
}

function sampleOf(values: CaseValues, index: number, { baselineIndex }: MetricContext): PairedSample | undefined {
  const [own, baseline] = [values[index]!, values[baselineIndex]!];
  return isWhole(own) && isWhole(baseline) ? { values: own, baseline } : undefined;
}

type Compared = Pick<SchedulerComparison, "ratio" | "interval" | "difference" | "differenceInterval" | "verdict">;

function comparedTo(
  { baselineIndex, metric }: MetricContext,
  index: number,
  ratio: RatioEstimate | undefined,
  difference: PairedDifference | undefined,
): Compared {
  const shown = ratio === undefined ? difference?.verdict : ratioVerdict(ratio, metric);
  return {
    ratio: ratio?.ratio ?? null,
    interval: ratio?.interval ?? null,
    difference: difference?.mean ?? null,
    differenceInterval: difference?.interval ?? null,
    verdict: index === baselineIndex ? "baseline" : (shown ?? null),
  };
}

function ratioVerdict({ interval }: RatioEstimate, { better }: MetricContext["metric"]): PairedDifference["verdict"] {
  return interval && differenceVerdict({ low: interval.low - 1, high: interval.high - 1 }, better);
}

/** undefined if all are equal or neither direction is better. */
function bestOf(values: readonly (number | null)[], { metric: { better } }: MetricContext): number | undefined {
  const given = values.filter((value) => value !== null);
  if (better === "neither" || new Set(given).size < 2) return undefined;
  return better === "lower" ? Math.min(...given) : Math.max(...given);
}
