/** A report of a check against baselines. */
import * as text from "../../output/check/rows.ts";
import { csvText } from "../../output/csv-text.ts";
import { rowText } from "../../output/words.ts";
import type { BaselineReport, CheckReport } from "../../records/check-report.ts";
import type { CheckPage } from "../../records/report.ts";
import { downloadButton } from "../common/download.ts";
import { element } from "../common/elements.ts";
import { table } from "../common/table.ts";
import type { Body } from "./body.ts";
import { figureGrid, repeatSection, section } from "./page.ts";

/** More rows are only in the CSV. */
const MOST_MOVES = 300;

export function checkPage(report: CheckPage): Body {
  const { check } = report;
  const { baselines, requirements } = check;
  const figures = figureGrid({ kind: "check", check });
  const required = requirements.map((each) => `${each.isMet ? "met" : "not met"}: ${each.text}`);
  return {
    subtitle: `${baselines.map(({ name }) => name).join(", ")}; fails on ${check.failOn === "worse" ? "worse values" : "any change"}`,
    parts: [
      ...figures.parts,
      ...(required.length === 0 ? [] : [section("Required", [list(required)])]),
      ...baselines.map((baseline) => baselineSection(baseline, check)),
      ...(baselines.every(({ moves }) => moves.length === 0)
        ? []
        : [section("Numbers", [downloadButton("Moves as CSV", "moves.csv", () => movesCsv(check))])]),
      repeatSection(report, []),
    ],
    draw: figures.draw,
  };
}

function baselineSection(baseline: BaselineReport, check: CheckReport): HTMLElement {
  const { moves, name } = baseline;
  const notes = [
    ...text.movedLines(baseline),
    ...text.lackLines(baseline).map((line) => `Not compared: ${line}`),
    ...text.reasonLines(baseline, check),
    ...text.adviceLines(baseline),
  ];
  return section(name, [
    element("p", {}, [text.summaryText(baseline)]),
    ...(moves.length === 0 ? [] : [movesTable(baseline)]),
    ...(notes.length === 0 ? [] : [list(notes)]),
  ]);
}

function movesTable({ moves }: BaselineReport): HTMLElement {
  const headings = ["value", "run", "before", "now", "change", "difference, 95 % interval", "verdict"];
  const columns = headings.map(
    (heading, index) => ({ heading, align: index > 1 && index < 6 ? "right" : "left" }) as const,
  );
  const rows = moves
    .slice(0, MOST_MOVES)
    .map((move) => [
      text.valueTitle(move),
      rowText(move),
      text.numberText(move.before, move),
      text.numberText(move.now, move),
      text.changeShareText(move),
      text.intervalText(move),
      move.fails ? `${move.verdict}, fails` : move.verdict,
    ]);
  return table({ caption: "Values that moved, the worst first", columns, rows });
}

const list = (lines: readonly string[]): HTMLElement =>
  element(
    "ul",
    {},
    lines.map((line) => element("li", {}, [line])),
  );

function movesCsv({ baselines }: CheckReport): string {
  const rows = baselines.flatMap(({ name, moves }) =>
    moves.map((move) => [
      ...[name, move.scenario, move.system, move.scheduler, move.value, move.before ?? "", move.now ?? ""],
      ...[move.difference ?? "", move.verdict, move.fails, move.causes.join(" ")],
    ]),
  );
  const head = ["baseline", "scenario", "system", "scheduler", "value", "before", "now", "difference"];
  return csvText([[...head, "verdict", "fails", "causes"], ...rows]);
}
