/** The text in tables of a comparison, without the layout of a format. */

import type {
  Case,
  Comparison,
  GeomeanComparison,
  MetricComparison,
  SchedulerComparison,
} from "../../records/comparison.ts";
import { nothing, readable, significant } from "../number-text.ts";
import { subjectText, variedText } from "../variation-text.ts";
import { caseText, seedsText, timesText } from "../words.ts";

/** One line that says what was compared. */
export function comparisonTitle(comparison: Comparison): string {
  const { cases, schedulers, seeds, variation } = comparison;
  const [only] = cases;
  const where =
    cases.length === 1 ? subjectText({ ...only!, variation }) : variedText(`${cases.length} cases`, variation);
  return `${where}: ${schedulers.length} schedulers, ${seedsText(seeds)}${timesText(comparison)}`;
}

/** How to read the columns. */
export const legend = (comparison: Comparison): string =>
  comparison.metrics.some(hasGaps) ? `${ratioLegend(comparison)}; ${GAP_LEGEND}` : ratioLegend(comparison);

const GAP_LEGEND =
  "gap: above what no scheduler can beat, in % (rates: points); of energy and UXCost, by missing no more (docs/bounds.md)";

/** Whether bounds were requested, and this metric has some. */
export const hasGaps = ({ cases }: MetricComparison): boolean =>
  cases.some(({ schedulers }) => schedulers.some(({ gap }) => gap !== undefined));

/** In percent; for a metric without gaps no cell. */
export const gapCells = ({ gap }: SchedulerComparison, metric: MetricComparison): readonly string[] =>
  hasGaps(metric) ? [readable(gap, "share")] : [];

function ratioLegend({ baseline, seeds, metrics }: Comparison): string {
  if (seeds.length === 1) {
    const ratio = `ratio: to ${baseline}, same draws${hasDifferences(metrics) ? signedMeans : ""}`;
    return `${ratio}; one seed has no confidence interval (--seeds 5)`;
  }
  const ratio = `ratio: of means, to ${baseline}, same draws${hasDifferences(metrics) ? signedMeans : ""}`;
  return `mean: over ${seeds.length} seeds; ${ratio}; 95 % CI: paired, over seeds`;
}

const signedMeans = " (signed: difference, if there is no ratio)";

const hasDifferences = (metrics: Comparison["metrics"]): boolean =>
  metrics.some(({ cases }) => cases.some(({ schedulers }) => schedulers.some(showsDifference)));

export function metricTitle({ name, title, unit, better }: MetricComparison): string {
  const shownUnit = unit === "share" ? " in %" : unit.startsWith("m") ? ` in ${unit}` : "";
  const direction = better === "neither" ? "" : `, ${better} is better`;
  return `${name}: ${title}${shownUnit}${direction}`;
}

/** Names the cases in the mean, and those left out. */
export function geomeanTitle({ over, leftOut }: GeomeanComparison): string {
  if (over.length === 0) return "geometric mean of ratios: none, every case has a scheduler without a ratio";
  const missing = leftOut.length === 0 ? "" : `; without ${placesText(leftOut)}, where a ratio is missing`;
  return `geometric mean of ratios over ${placesText(over)}${missing}`;
}

function placesText(cases: readonly Case[]): string {
  const systems = [...new Set(cases.map(({ system }) => system))];
  if (systems.length > 1) return cases.map(caseText).join(", ");
  return `${cases.map(({ scenario }) => scenario).join(", ")} on ${systems[0]}`;
}

/** For a cell, without the unit, which is in the title. Means of counts may be fractions. */
export function meanText({ mean }: SchedulerComparison, { unit }: MetricComparison): string {
  return unit === "count" && mean !== null && !Number.isInteger(mean) ? significant(mean) : readable(mean, unit);
}

/** The ratio of the means; if there is none, their difference with its sign. */
export function ratioText(standing: SchedulerComparison, metric: MetricComparison): string {
  if (standing.ratio !== null) return significant(standing.ratio);
  return showsDifference(standing) ? signed(standing.difference, metric) : nothing;
}

export function intervalText(standing: SchedulerComparison, metric: MetricComparison): string {
  const { interval, differenceInterval, verdict } = standing;
  if (verdict === "baseline") return "";
  if (interval !== null) return `${significant(interval.low)} to ${significant(interval.high)}`;
  if (!showsDifference(standing) || differenceInterval === null) return nothing;
  return `${signed(differenceInterval.low, metric)} to ${signed(differenceInterval.high, metric)}`;
}

const showsDifference = (
  standing: SchedulerComparison,
): standing is SchedulerComparison & { readonly difference: number } =>
  standing.ratio === null && standing.difference !== null && standing.verdict !== "baseline";

function signed(value: number, { unit }: MetricComparison): string {
  const text = significant(unit === "share" ? value * 100 : value);
  return value > 0 ? `+${text}` : text;
}
