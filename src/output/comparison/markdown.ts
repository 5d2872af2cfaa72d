/** A comparison as Markdown: one table per metric, then the values of every seed. */

import type { Comparison, MetricComparison, SchedulerComparison } from "../../records/comparison.ts";
import type { Format } from "../format.ts";
import { markdownTable } from "../markdown-table.ts";
import { nothing } from "../number-text.ts";
import type { Table } from "../text-table.ts";
import { left, right } from "../text-table.ts";
import { caseText } from "../words.ts";
import * as text from "./rows.ts";

export const markdown: Format<Comparison> = {
  name: "markdown",
  render(comparison) {
    const tables = comparison.metrics.map((metric) =>
      [`#### ${text.metricTitle(metric)}`, markdownTable(metricTable(metric))].join("\n\n"),
    );
    const values = `<details><summary>Every seed</summary>\n\n${markdownTable(seedTable(comparison))}\n\n</details>`;
    return `${[`### ${text.comparisonTitle(comparison)}`, text.legend(comparison), ...tables, values].join("\n\n")}\n`;
  },
};

function metricTable(metric: MetricComparison): Table {
  const bold = (cell: string, { isBest }: SchedulerComparison) => (isBest ? `**${cell}**` : cell);
  const hasGaps = text.hasGaps(metric);
  const tail = (standing: SchedulerComparison, gap: readonly string[]) => [
    text.intervalText(standing, metric),
    ...gap,
    standing.verdict ?? "",
  ];
  const ofCases = metric.cases.flatMap(({ schedulers, ...place }) =>
    schedulers.map((each) => {
      const mean = bold(text.meanText(each, metric), each);
      return [
        caseText(place),
        each.scheduler,
        mean,
        text.ratioText(each, metric),
        ...tail(each, text.gapCells(each, metric)),
      ];
    }),
  );
  const ofGeomeans = metric.geomeans.flatMap((geomean) =>
    geomean.schedulers.map((each) => {
      const ratio = bold(text.ratioText(each, metric), each);
      return [text.geomeanTitle(geomean), each.scheduler, "", ratio, ...tail(each, hasGaps ? [""] : [])];
    }),
  );
  return {
    columns: [
      left("of"),
      left("scheduler"),
      right("mean"),
      right("ratio"),
      right("95 % CI"),
      ...(hasGaps ? [right("gap")] : []),
      left(""),
    ],
    rows: [...ofCases, ...ofGeomeans],
  };
}

const seedTable = ({ metrics, runs }: Comparison): Table => ({
  columns: [left("of"), left("scheduler"), right("seed"), ...metrics.map(({ name }) => right(name))],
  rows: runs.map((run) => [
    caseText(run),
    run.scheduler,
    String(run.seed),
    ...metrics.map(({ name }) => String(run.metrics[name] ?? nothing)),
  ]),
});
