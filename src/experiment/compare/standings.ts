/** Where schedulers stand in one metric: means, ratios to the baseline, and what can be said of them. Pure. */
import type { Metric } from "../../metrics/metric.ts";
import type { Standing, Verdict } from "../../output/comparison/comparison.ts";
import { mean, type PairedSample, pairedRatio, type RatioEstimate } from "../statistics/paired-ratio.ts";

export type Better = Metric["better"];

/** Values of one metric in one case: [scheduler][seed]; null: nothing to measure. */
export type CaseValues = readonly (readonly (number | null)[])[];

export interface Contest {
  readonly labels: readonly string[];
  readonly baselineIndex: number;
  readonly better: Better;
}

/** A scheduler with a seed that has nothing to measure has no mean: a mean over other seeds is not comparable. */
export function caseStandings(contest: Contest, values: CaseValues): readonly Standing[] {
  const means = values.map((ofSeeds) => (isWhole(ofSeeds) ? mean(ofSeeds) : null));
  const estimates = values.map((_, index) => estimate([values], index, contest));
  return standings(contest, means, means, estimates);
}

/** Geometric means over cases in which every scheduler has a ratio; see `ratioCases`. */
export function geomeanStandings(contest: Contest, cases: readonly CaseValues[]): readonly Standing[] {
  const estimates = contest.labels.map((_, index) => estimate(cases, index, contest));
  const none = contest.labels.map(() => null);
  const ratios = estimates.map((each) => each?.ratio ?? null);
  return standings(contest, none, ratios, estimates);
}

/** Whether every scheduler has a ratio to the baseline here. */
export const hasAllRatios = (contest: Contest, values: CaseValues): boolean =>
  values.every((_, index) => estimate([values], index, contest) !== undefined);

const isWhole = (values: readonly (number | null)[]): values is readonly number[] => values.every((v) => v !== null);

function estimate(cases: readonly CaseValues[], index: number, contest: Contest): RatioEstimate | undefined {
  const samples = cases.flatMap((values): PairedSample[] => {
    const [own, baseline] = [values[index]!, values[contest.baselineIndex]!];
    return isWhole(own) && isWhole(baseline) ? [{ values: own, baseline }] : [];
  });
  return samples.length < cases.length ? undefined : pairedRatio(samples);
}

function standings(
  { labels, baselineIndex, better }: Contest,
  means: readonly (number | null)[],
  judged: readonly (number | null)[],
  estimates: readonly (RatioEstimate | undefined)[],
): readonly Standing[] {
  const best = bestOf(judged, better);
  return labels.map((scheduler, index) => {
    const found = estimates[index];
    return {
      scheduler,
      mean: means[index]!,
      isBest: best !== undefined && judged[index] === best,
      ratio: found?.ratio ?? null,
      interval: found?.interval ?? null,
      verdict: index === baselineIndex ? "baseline" : verdictOn(found, better),
    };
  });
}

/** undefined where all are equal, or neither direction is better. */
function bestOf(values: readonly (number | null)[], better: Better): number | undefined {
  const given = values.filter((value) => value !== null);
  if (better === "neither" || new Set(given).size < 2) return undefined;
  return better === "lower" ? Math.min(...given) : Math.max(...given);
}

function verdictOn(found: RatioEstimate | undefined, better: Better): Verdict {
  if (found?.interval === undefined) return null;
  const { low, high } = found.interval;
  if (low <= 1 && high >= 1) return "no difference shown";
  if (better === "neither") return "differs";
  return (better === "lower") === high < 1 ? "better" : "worse";
}
