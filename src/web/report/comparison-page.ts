/** A report of a comparison of schedulers. */
import { gapFigure } from "../../figures/comparison/gap.ts";
import {
  comparisonTitle,
  geomeanTitle,
  intervalText,
  legend,
  meanText,
  metricTitle,
  ratioText,
} from "../../output/comparison/rows.ts";
import { csvText } from "../../output/csv-text.ts";
import { caseText } from "../../output/words.ts";
import type { Comparison, MetricComparison, SchedulerComparison } from "../../records/comparison.ts";
import type { ComparisonPage } from "../../records/report.ts";
import { downloadButton } from "../common/download.ts";
import { element } from "../common/elements.ts";
import { table } from "../common/table.ts";
import type { Body } from "./body.ts";
import { figureGrid, inputsSection, repeatSection, section, warningsSection } from "./page.ts";

export function comparisonPage(report: ComparisonPage): Body {
  const { comparison } = report;
  const gap = gapFigure(comparison, report.bounds);
  const figures = figureGrid({ kind: "comparison", comparison }, gap === undefined ? [] : [gap]);
  return {
    subtitle: comparisonTitle(comparison),
    parts: [
      ...figures.parts,
      section("All numbers", [
        element("p", { class: "quiet" }, [`${legend(comparison)}.`]),
        ...comparison.metrics.map((metric) => metricTable(metric)),
        downloadButton("Runs as CSV", "runs.csv", () => runsCsv(comparison)),
      ]),
      ...warningsSection(comparison.warnings),
      ...inputsSection(comparison.inputs),
      repeatSection(report, []),
    ],
    draw: figures.draw,
  };
}

function metricTable(metric: MetricComparison): HTMLElement {
  const rowOf =
    (place: string) =>
    (standing: SchedulerComparison): readonly string[] => [
      standing.scheduler,
      place,
      standing.mean === null ? "" : meanText(standing, metric),
      ratioText(standing, metric),
      intervalText(standing, metric),
      standing.verdict ?? "",
    ];
  const rows = [
    ...metric.cases.flatMap(({ schedulers, ...place }) => schedulers.map(rowOf(caseText(place)))),
    ...metric.geomeans.flatMap((geomean) => geomean.schedulers.map(rowOf(geomeanTitle(geomean)))),
  ];
  const headings = ["scheduler", "case", "mean", "ratio", "95 % interval", "verdict"];
  const columns = headings.map(
    (heading, index) => ({ heading, align: index > 1 && index < 5 ? "right" : "left" }) as const,
  );
  return table({ caption: metricTitle(metric), columns, rows }, "shown");
}

function runsCsv({ runs, metrics }: Comparison): string {
  const names = metrics.map(({ name }) => name);
  const rows = runs.map((run) => [
    run.scenario,
    run.system,
    run.scheduler,
    run.seed,
    ...names.map((name) => run.metrics[name] ?? ""),
  ]);
  return csvText([["scenario", "system", "scheduler", "seed", ...names], ...rows]);
}
