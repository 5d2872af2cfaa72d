/** A report of a sweep. */
import { csvText } from "../../output/csv-text.ts";
import { readable, unitText } from "../../output/number-text.ts";
import { coordinatesText, coordinateText } from "../../output/sweep/coordinates-text.ts";
import { counted } from "../../output/words.ts";
import type { SweepPage } from "../../records/report.ts";
import type { SweepReport } from "../../records/sweep-report.ts";
import { downloadButton } from "../common/download.ts";
import { element } from "../common/elements.ts";
import { table } from "../common/table.ts";
import type { Body } from "./body.ts";
import { figureGrid, inputsSection, repeatSection, section } from "./page.ts";

/** More rows are only in the CSV. */
const MOST_ROWS = 200;

export function sweepPage(report: SweepPage): Body {
  const { sweep } = report;
  const figures = figureGrid({ kind: "sweep", sweep });
  const constant = coordinatesText(sweep.constant);
  return {
    subtitle: `Sweep ${sweep.name}${constant === "" ? "" : `: ${constant}`}`,
    parts: [
      ...figures.parts,
      section("All numbers", groupParts(sweep)),
      ...inputsSection(report.inputs),
      repeatSection(report, []),
    ],
    draw: figures.draw,
  };
}

function groupParts(sweep: SweepReport): readonly HTMLElement[] {
  const { groups, metrics, coordinateNames, constant, moreGroups } = sweep;
  const varying = coordinateNames.filter((name) => !(name in constant));
  const columns = [
    ...varying.map((heading) => ({ heading, align: "left" }) as const),
    ...(sweep.failed > 0 ? [{ heading: "failed points", align: "right" } as const] : []),
    ...metrics.map(({ title, unit }) => {
      const heading = unitText(unit) === "" ? title : `${title}, ${unitText(unit)}`;
      return { heading, align: "right" } as const;
    }),
  ];
  const rows = groups
    .slice(0, MOST_ROWS)
    .map(({ coordinates, failed, metrics: means }) => [
      ...varying.map((name) => coordinateText(coordinates[name])),
      ...(sweep.failed > 0 ? [String(failed)] : []),
      ...metrics.map(({ name, unit }) => readable(means[name]?.mean, unit)),
    ]);
  const left = groups.length - rows.length + moreGroups;
  return [
    ...(rows.length === 0
      ? []
      : [table({ caption: "Groups of points that differ only in their seeds", columns, rows })]),
    ...(left === 0 ? [] : [element("p", { class: "quiet" }, [`${counted(left, "more group")} are not shown.`])]),
    downloadButton("Groups as CSV", `${sweep.name.replaceAll(/[^\w.-]+/g, "-")}.csv`, () => groupsCsv(sweep, varying)),
  ];
}

function groupsCsv({ groups, metrics }: SweepReport, varying: readonly string[]): string {
  const head = metrics.flatMap(({ name }) => [name, `${name}Low`, `${name}High`]);
  const rows = groups.map(({ coordinates, seeds, failed, metrics: means }) => [
    ...varying.map((name) => coordinateText(coordinates[name])),
    seeds,
    failed,
    ...metrics.flatMap(({ name }) => [means[name]?.mean ?? "", means[name]?.low ?? "", means[name]?.high ?? ""]),
  ]);
  return csvText([[...varying, "seeds", "failed", ...head], ...rows]);
}
