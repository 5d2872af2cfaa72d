/** A comparison as tables for a terminal, at most 80 columns wide: one per metric. */
import { printable } from "../../input/printable.ts";
import type { Comparison, MetricComparison, SchedulerComparison } from "../../records/comparison.ts";
import { chalkFor } from "../chalk-for.ts";
import type { Format } from "../format.ts";
import { groupedTable, type RowGroup } from "../grouped-table.ts";
import { heading, wrapped } from "../lines.ts";
import { left, right, type TextColumn, type TextOptions } from "../text-table.ts";
import { caseText } from "../words.ts";
import * as text from "./rows.ts";

export const table: Format<Comparison> = {
  name: "table",
  render(comparison, options) {
    const mark = options.color === "always" ? "best in bold" : "*: best";
    const legend = wrapped(`${text.legend(comparison)}; ${mark}`);
    const tables = comparison.metrics.map((metric) => metricTable(metric, comparison, options));
    return [`${heading(text.comparisonTitle(comparison), options)}\n${legend}`, ...tables].join("\n\n");
  },
};

function metricTable(metric: MetricComparison, { cases, seeds }: Comparison, options: TextOptions): string {
  const draw = (kind: RowKind) => (standing: SchedulerComparison) => row(standing, metric, kind, seeds.length, options);
  const ofCases = metric.cases.map(({ schedulers, ...place }): RowGroup => {
    return { title: cases.length === 1 ? "" : caseText(place), rows: schedulers.map(draw("case")) };
  });
  const geomeans = metric.geomeans.map((geomean): RowGroup => {
    return { title: text.geomeanTitle(geomean), rows: geomean.schedulers.map(draw("geomean")) };
  });
  return `${heading(text.metricTitle(metric), options)}\n${groupedTable(columns(seeds.length, metric), [...ofCases, ...geomeans], options)}`;
}

const columns = (seeds: number, metric: MetricComparison): readonly TextColumn[] => [
  left("scheduler"),
  // The blank leaves room for the mark of the best value.
  right(seeds === 1 ? "value " : "mean "),
  right("ratio "),
  ...(seeds === 1 ? [] : [right("95 % CI")]),
  ...(text.hasGaps(metric) ? [right("gap")] : []),
  left(""),
];

type RowKind = "case" | "geomean";

function row(
  standing: SchedulerComparison,
  metric: MetricComparison,
  kind: RowKind,
  seeds: number,
  options: TextOptions,
): string[] {
  const marked = (cell: string) => (standing.isBest ? best(cell, options) : `${cell} `);
  const mean = text.meanText(standing, metric);
  const ratio = text.ratioText(standing, metric);
  return [
    printable(standing.scheduler),
    kind === "case" ? marked(mean) : "",
    kind === "case" ? `${ratio} ` : marked(ratio),
    ...(seeds === 1 ? [] : [text.intervalText(standing, metric)]),
    ...(kind === "case" ? text.gapCells(standing, metric) : text.hasGaps(metric) ? [""] : []),
    standing.verdict ?? "",
  ];
}

const best = (cell: string, { color }: TextOptions): string =>
  color === "always" ? `${chalkFor(color).bold(cell)} ` : `${cell}*`;
