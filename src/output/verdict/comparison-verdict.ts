/** What a comparison says: who is best in its first metric. */
import type { Comparison, MetricComparison, SchedulerComparison } from "../../records/comparison.ts";
import type { Verdict } from "../../records/report.ts";
import { significant } from "../number-text.ts";

export function comparisonVerdict(comparison: Comparison): Verdict {
  const [metric] = comparison.metrics;
  const sentence = metric === undefined ? "No metric was compared." : bestSentence(metric, comparison);
  return { tone: "neutral", sentence, more: [] };
}

function bestSentence(metric: MetricComparison, comparison: Comparison): string {
  const { baseline, cases } = comparison;
  const standings = metric.geomeans.at(-1)?.schedulers ?? metric.cases[0]?.schedulers ?? [];
  const where = cases.length > 1 ? " over all cases" : "";
  const others = standings.filter(({ scheduler }) => scheduler !== baseline);
  if (others.length === 0) return `Only ${baseline} ran, so there is nothing to compare it with.`;
  const better = others.filter(({ verdict }) => verdict === "better");
  const best = better.find(({ isBest }) => isBest) ?? better.toSorted(byRatio(metric))[0];
  if (best !== undefined) return `${best.scheduler} is best in ${metric.title}${where}: ${ratioText(best, baseline)}.`;
  const worse = others.filter(({ verdict }) => verdict === "worse");
  if (worse.length === others.length)
    return `${baseline} is best in ${metric.title}${where}; ${others.length === 1 ? `${others[0]!.scheduler} is` : "all others are"} worse.`;
  if (others.every(({ verdict }) => verdict === null))
    return `${metric.title} could not be compared: there is nothing to measure.`;
  return `No scheduler is shown to be better than ${baseline} in ${metric.title}${where}.`;
}

const byRatio =
  ({ better }: MetricComparison) =>
  (a: SchedulerComparison, b: SchedulerComparison): number =>
    ((a.ratio ?? 1) - (b.ratio ?? 1)) * (better === "higher" ? -1 : 1);

function ratioText({ ratio, interval, difference }: SchedulerComparison, baseline: string): string {
  if (ratio === null) return `${significant(difference ?? 0)} from ${baseline}`;
  const range =
    interval === null ? "" : ` (95 % interval ${significant(interval.low)} to ${significant(interval.high)})`;
  return `${significant(ratio)} × that of ${baseline}${range}`;
}
