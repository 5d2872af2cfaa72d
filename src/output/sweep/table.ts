/** Groups of a sweep as a table for a terminal, and in Markdown. */
import { printable } from "../../input/printable.ts";
import type { ParetoReport, SweepGroup, SweepReport } from "../../records/sweep-report.ts";
import type { Format } from "../format.ts";
import { groupedTable } from "../grouped-table.ts";
import { wrapped } from "../lines.ts";
import { markdownTable } from "../markdown-table.ts";
import { nothing, readable } from "../number-text.ts";
import { left, right, type TextOptions } from "../text-table.ts";
import { counted } from "../words.ts";
import { coordinatesText, coordinateText } from "./coordinates-text.ts";
import { experimentHeading, experimentMarkdown } from "./experiment-heading.ts";

export const table: Format<SweepReport> = {
  name: "table",
  render(report, options) {
    const constant = constantText(report).map((text) => wrapped(text, "  "));
    const parts = [experimentHeading(report, sizeText(report), options), ...constant];
    if (report.groups.length > 0) parts.push(rowsByCase(report, options));
    return [...parts, ...remarks(report).map((text) => wrapped(text))].join("\n\n");
  },
};

export const markdown: Format<SweepReport> = {
  name: "markdown",
  render(report) {
    const shown = report.groups.length === 0 ? [] : [markdownTable(groupTable(report, varyingNames(report)))];
    const title = experimentMarkdown(report, sizeText(report));
    const parts = [title, ...constantText(report), ...shown, ...remarks(report)];
    return `${parts.join("\n\n")}\n`;
  },
};

function sizeText({ shard, points, failed, groupCount, seedsPerGroup, precision }: SweepReport): string {
  const { fewestSeeds, mostSeeds } = precision ?? { fewestSeeds: seedsPerGroup, mostSeeds: seedsPerGroup };
  const each = fewestSeeds === mostSeeds ? mostSeeds : `${fewestSeeds} to ${mostSeeds}`;
  const seeds = mostSeeds === 1 ? "" : `, ${counted(groupCount, "group")} of ${each} seeds`;
  const part = shard === null ? "" : `shard ${shard}, `;
  return `${part}${counted(points, "point")}${seeds}${failed === 0 ? "" : `, ${failed} failed`}`;
}

const constantText = ({ constant }: SweepReport): readonly string[] =>
  Object.keys(constant).length === 0 ? [] : [coordinatesText(constant)];

const varyingNames = ({ coordinateNames, constant }: SweepReport): readonly string[] =>
  coordinateNames.filter((name) => !(name in constant));

/** Coordinates before the scheduler go above its rows, because names and places are long. */
function rowsByCase(report: SweepReport, options: TextOptions): string {
  const { groups } = report;
  const varying = varyingNames(report);
  const at = varying.includes("scheduler") ? varying.indexOf("scheduler") : varying.length - 1;
  const titles = varying.slice(0, Math.max(0, at));
  const { columns, rows } = groupTable(report, varying.slice(titles.length));
  const cases: { title: string; rows: string[][] }[] = [];
  for (const [i, { coordinates }] of groups.entries()) {
    const own = titles.flatMap((name) => (name in coordinates ? [[name, coordinates[name]] as const] : []));
    const title = coordinatesText(Object.fromEntries(own));
    if (cases.at(-1)?.title !== title) cases.push({ title, rows: [] });
    cases.at(-1)!.rows.push(rows[i]!);
  }
  return groupedTable(columns, cases, options);
}

function groupTable({ metrics, groups, failed }: SweepReport, varying: readonly string[]) {
  const isMarked = failed > 0;
  const columns = [
    ...varying.map((name) => left(printable(name))),
    ...(isMarked ? [right("failed")] : []),
    ...metrics.map((metric) => right(columnHeading(metric))),
  ];
  const row = (group: SweepGroup): string[] => [
    ...varying.map((name) => printable(coordinateText(group.coordinates[name])) || nothing),
    ...(isMarked ? [String(group.failed)] : []),
    ...metrics.map(({ name, unit }) => readable(group.metrics[name]?.mean, unit)),
  ];
  return { columns, rows: groups.map(row) };
}

/** As in the tables of `rtmm run`. */
const shortHeadings: Readonly<Record<string, string>> = {
  uxCost: "UXCost",
  uxCostGuarded: "guarded",
  slaSatisfaction: "SLA %",
  deadlineViolationRate: "viol %",
  edpMjMs: "EDP mJ·ms",
  energyMj: "mJ",
  meanResponseMs: "mean ms",
  p95Ms: "p95 ms",
  p99Ms: "p99 ms",
  xrbenchScore: "XRBench",
};

const columnHeading = ({ name, unit }: SweepReport["metrics"][number]): string =>
  shortHeadings[name] ?? (unit === "share" ? `${name} %` : name);

function remarks({ pareto, moreGroups, groups, groupCount, seedsPerGroup }: SweepReport): readonly string[] {
  const file = pareto === null ? "summary.csv" : "pareto.csv";
  const more = moreGroups === 0 ? [] : [`${moreGroups} more are in ${file}.`];
  const means =
    seedsPerGroup === 1 || groups.length === 0 ? [] : [`Means over seeds; ${file} has their 95 % intervals.`];
  const front = pareto === null ? [] : [frontText(pareto, groupCount)];
  return [[...front, ...more, ...means].join(" ")].filter((text) => text !== "");
}

function frontText({ metrics, workloads, size, leftOut }: ParetoReport, groupCount: number): string {
  const each = workloads > 1 ? `, each of ${workloads} workloads by itself` : "";
  const judged = `Pareto-optimal in ${metrics.join(", ")}${each}: ${size} of ${counted(groupCount - leftOut, "group")}.`;
  return leftOut === 0 ? judged : `${judged} ${leftOut} with failed points or nothing to measure are left out.`;
}
