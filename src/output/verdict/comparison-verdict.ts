/** What a comparison says: who is best in its first metric. */
import type { Comparison, MetricComparison, SchedulerComparison } from "../../records/comparison.ts";
import type { Verdict } from "../../records/report.ts";
import { significant } from "../number-text.ts";
import { counted } from "../words.ts";

export function comparisonVerdict(comparison: Comparison): Verdict {
  const [metric] = comparison.metrics;
  const sentence = metric === undefined ? "No metric was compared." : bestSentence(metric, comparison);
  return { tone: "neutral", sentence, more: [] };
}

function bestSentence(metric: MetricComparison, comparison: Comparison): string {
  const { baseline, cases } = comparison;
  const standings = metric.geomeans.at(-1)?.schedulers ?? metric.cases[0]?.schedulers ?? [];
  const others = standings.filter(({ scheduler }) => scheduler !== baseline);
  if (others.length === 0) return `Only ${baseline} ran, so there is nothing to compare it with.`;
  if (others.every(({ verdict }) => verdict === null)) return caseByCase(metric, comparison);
  const where = whereText(metric, cases.length);
  const better = others.filter(({ verdict }) => verdict === "better");
  const best = better.find(({ isBest }) => isBest) ?? better.toSorted(byRatio(metric))[0];
  if (best !== undefined) return `${best.scheduler} is best in ${metric.title}${where}: ${ratioText(best, baseline)}.`;
  const worse = others.filter(({ verdict }) => verdict === "worse");
  if (worse.length === others.length)
    return `${baseline} is best in ${metric.title}${where}; ${others.length === 1 ? `${others[0]!.scheduler} is` : "all others are"} worse.`;
  return `No scheduler is shown to be better than ${baseline} in ${metric.title}${where}.`;
}

/** A mean over cases leaves out those without a ratio. */
function whereText({ geomeans }: MetricComparison, cases: number): string {
  if (cases === 1) return "";
  const over = geomeans.at(-1)?.over.length ?? cases;
  return over === cases ? " over all cases" : ` over ${over} of ${cases} cases (the others have no ratio)`;
}

/** Where no mean of ratios exists: how often each scheduler is better, and how often worse. */
function caseByCase(metric: MetricComparison, { baseline, schedulers, cases }: Comparison): string {
  const verdicts = metric.cases.flatMap((each) => each.schedulers);
  const tallies = schedulers.flatMap(({ label }) => {
    const own = verdicts.filter(({ scheduler }) => scheduler === label).map(({ verdict }) => verdict);
    const count = (verdict: SchedulerComparison["verdict"]) => own.filter((each) => each === verdict).length;
    return label === baseline ? [] : [{ label, own, better: count("better"), worse: count("worse") }];
  });
  if (tallies.every(({ own }) => own.every((verdict) => verdict === null)))
    return `${metric.title} could not be compared: there is nothing to measure.`;
  const texts = tallies.map(({ label, better, worse }) => `${label} is better in ${better} and worse in ${worse}`);
  const of = counted(cases.length, "case");
  return `${metric.title} has no mean of ratios to ${baseline}, because values are 0 or absent; of ${of}, ${texts.join(", ")}.`;
}

const byRatio =
  ({ better }: MetricComparison) =>
  (a: SchedulerComparison, b: SchedulerComparison): number =>
    ((a.ratio ?? 1) - (b.ratio ?? 1)) * (better === "higher" ? -1 : 1);

function ratioText({ ratio, interval, difference }: SchedulerComparison, baseline: string): string {
  if (ratio === null) {
    const by = difference ?? 0;
    return `${significant(Math.abs(by))} ${by < 0 ? "less" : "more"} than that of ${baseline}`;
  }
  const range =
    interval === null || interval.low === interval.high
      ? ""
      : ` (95 % interval ${significant(interval.low)} to ${significant(interval.high)})`;
  return `${significant(ratio)} × that of ${baseline}${range}`;
}
