/** What tables of a comparison say, as text; how it is drawn is up to the format. */
import { nothing, readable, significant } from "../number-text.ts";
import { subjectText, variedText } from "../variation-text.ts";
import type { Case, Comparison, GeomeanComparison, MetricComparison, Standing } from "./comparison.ts";

/** One line that says what was compared. */
export function comparisonTitle(comparison: Comparison): string {
  const { cases, schedulers, seeds, durationMs, warmupMs, variation } = comparison;
  const [only] = cases;
  const where =
    cases.length === 1 ? subjectText({ ...only!, variation }) : variedText(`${cases.length} cases`, variation);
  const duration = durationMs === null ? "" : `, ${durationMs} ms`;
  const warmup = warmupMs === 0 ? "" : ` after ${warmupMs} ms`;
  return `${where}: ${schedulers.length} schedulers, ${seedsText(seeds)}${duration}${warmup}`;
}

const seedsText = (seeds: readonly number[]): string =>
  seeds.length === 1 ? `seed ${seeds[0]}` : `seeds ${seeds[0]} to ${seeds.at(-1)}`;

/** How to read the columns. */
export function legend({ baseline, seeds }: Comparison): string {
  if (seeds.length === 1) return `ratio: to ${baseline}, same draws; one seed has no confidence interval (--seeds 5)`;
  return `mean: over ${seeds.length} seeds; ratio: of means, to ${baseline}, same draws; 95 % CI: paired, over seeds`;
}

export function metricTitle({ name, title, unit, better }: MetricComparison): string {
  const shownUnit = unit === "share" ? " in %" : unit.startsWith("m") ? ` in ${unit}` : "";
  const direction = better === "neither" ? "" : `, ${better} is better`;
  return `${name}: ${title}${shownUnit}${direction}`;
}

export const caseTitle = ({ scenario, system }: Case): string => `${scenario} on ${system}`;

/** Says what the mean is over, and what it is not over. */
export function geomeanTitle({ over, leftOut }: GeomeanComparison): string {
  if (over.length === 0) return "geometric mean of ratios: none, every case has a scheduler without a ratio";
  const missing = leftOut.length === 0 ? "" : `; without ${placesText(leftOut)}, where a ratio is missing`;
  return `geometric mean of ratios over ${placesText(over)}${missing}`;
}

function placesText(cases: readonly Case[]): string {
  const systems = [...new Set(cases.map(({ system }) => system))];
  if (systems.length > 1) return cases.map(caseTitle).join(", ");
  return `${cases.map(({ scenario }) => scenario).join(", ")} on ${systems[0]}`;
}

/** As it stands in a cell, the unit being in the title. Means of counts may be fractions. */
export function meanText({ mean }: Standing, { unit }: MetricComparison): string {
  return unit === "count" && mean !== null && !Number.isInteger(mean) ? significant(mean) : readable(mean, unit);
}

export const ratioText = ({ ratio }: Standing): string => (ratio === null ? nothing : significant(ratio));

export function intervalText({ interval, verdict }: Standing): string {
  if (verdict === "baseline") return "";
  return interval === null ? nothing : `${significant(interval.low)} to ${significant(interval.high)}`;
}
