/** Groups of a sweep as a table for a terminal, and in Markdown. */
import { printable } from "../../input/printable.ts";
import type { Format } from "../format.ts";
import { heading } from "../heading.ts";
import { markdownTable } from "../markdown.ts";
import { nothing, readable, unitText } from "../number-text.ts";
import { left, right, textTable } from "../text-table.ts";
import { wrapped } from "../wrapped.ts";
import { coordinatesText, coordinateText } from "./coordinates-text.ts";
import type { SweepGroup, SweepReport } from "./sweep-report.ts";

export const table: Format<SweepReport> = {
  name: "table",
  render(report, options) {
    const { columns, rows } = groupTable(report);
    const parts = [heading(sweepTitle(report), options), ...constantText(report).map((text) => wrapped(text, "  "))];
    if (rows.length > 0) parts.push(textTable(columns, rows, options));
    return [...parts, ...remarks(report).map((text) => wrapped(text))].join("\n\n");
  },
};

export const markdown: Format<SweepReport> = {
  name: "markdown",
  render(report) {
    const shown = report.groups.length === 0 ? [] : [markdownTable(groupTable(report))];
    const parts = [`### ${sweepTitle(report)}`, ...constantText(report), ...shown, ...remarks(report)];
    return `${parts.join("\n\n")}\n`;
  },
};

function sweepTitle({ name, title, shard, points, failed, groupCount, seedsPerGroup }: SweepReport): string {
  const what = `${title === null ? name : printable(title)}${shard === null ? "" : `, shard ${shard}`}`;
  const seeds = seedsPerGroup === 1 ? "" : `, ${count(groupCount, "group")} of ${seedsPerGroup} seeds`;
  return `${what}: ${count(points, "point")}${seeds}${failed === 0 ? "" : `, ${failed} failed`}`;
}

const constantText = ({ constant }: SweepReport): readonly string[] =>
  Object.keys(constant).length === 0 ? [] : [coordinatesText(constant)];

function groupTable({ varying, metrics, groups, failed }: SweepReport) {
  const isMarked = failed > 0;
  const columns = [
    ...varying.map((name) => left(printable(name))),
    ...(isMarked ? [right("failed")] : []),
    ...metrics.map(({ name, unit }) => right(unitText(unit) === "%" ? `${name} %` : name)),
  ];
  const row = (group: SweepGroup): string[] => [
    ...varying.map((name) => printable(coordinateText(group.coordinates[name])) || nothing),
    ...(isMarked ? [String(group.failed)] : []),
    ...metrics.map(({ name, unit }) => readable(group.metrics[name]?.mean, unit)),
  ];
  return { columns, rows: groups.map(row) };
}

function remarks({ pareto, moreGroups, groups, groupCount, seedsPerGroup }: SweepReport): readonly string[] {
  const file = pareto === null ? "summary.csv" : "pareto.csv";
  const more = moreGroups === 0 ? [] : [`${moreGroups} more are in ${file}.`];
  const means =
    seedsPerGroup === 1 || groups.length === 0 ? [] : [`Means over seeds; ${file} has their 95 % intervals.`];
  const front = pareto === null ? [] : [frontText(pareto, groupCount)];
  return [[...front, ...more, ...means].join(" ")].filter((text) => text !== "");
}

function frontText({ metrics, size, leftOut }: NonNullable<SweepReport["pareto"]>, groupCount: number): string {
  const judged = `Pareto-optimal in ${metrics.join(" and ")}: ${size} of ${count(groupCount - leftOut, "group")}.`;
  return leftOut === 0 ? judged : `${judged} ${leftOut} with failed points or nothing to measure are left out.`;
}

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? "" : "s"}`;
