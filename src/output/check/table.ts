/** A check as tables for a terminal, at most 80 columns wide: rows with what moved in them, the worst first. */
import { printable } from "../../input/printable.ts";
import type { BaselineReport, CheckReport, Move } from "../../records/check-report.ts";
import type { Format } from "../format.ts";
import { groupedTable, type RowGroup } from "../grouped-table.ts";
import { heading, wrapped } from "../lines.ts";
import { left, right, type TextOptions } from "../text-table.ts";
import { counted, rowText } from "../words.ts";
import * as text from "./rows.ts";

/** Limit for a terminal. Every other format shows all of them. */
const MOST_MOVES = 40;

export const table: Format<CheckReport> = {
  name: "table",
  render: (report, options) =>
    [
      ...report.baselines.map((baseline) => baselineText(baseline, report, options)),
      ...listed(
        "Required",
        report.requirements.map((each) => each.text),
      ),
      heading(`check: ${text.verdictText(report)}`, options),
    ].join("\n\n"),
};

function baselineText(baseline: BaselineReport, report: CheckReport, options: TextOptions): string {
  return [
    [heading(text.summaryText(baseline), options), ...text.movedLines(baseline).map((line) => wrapped(line))].join(
      "\n",
    ),
    ...(baseline.moves.length === 0 ? [] : [movesTable(baseline, options)]),
    ...listed("Not compared", text.lackLines(baseline)),
    ...listed(text.reasonTitle(baseline.moves), text.reasonLines(baseline, report)),
    ...listed("Notes", text.adviceLines(baseline)),
  ].join("\n\n");
}

const listed = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [[`${title}:`, ...lines.map((line) => wrapped(`- ${line}`, "  "))].join("\n")];

function movesTable({ moves, seeds }: BaselineReport, options: TextOptions): string {
  const hasInterval = seeds.length > 1;
  const columns = [
    left("value"),
    right("before"),
    right("now"),
    right("change"),
    ...(hasInterval ? [right("difference, 95 % CI")] : []),
    left("verdict"),
  ];
  const shown = moves.slice(0, MOST_MOVES);
  const groups = [...grouped(shown)].map(
    ([title, ofRow]): RowGroup => ({ title, rows: ofRow.map(cells(hasInterval)) }),
  );
  const more = moves.length - shown.length;
  const lines = [groupedTable(columns, groups, options)];
  if (more > 0) lines.push(`and ${counted(more, "more value")}: --format csv has them all`);
  return lines.join("\n");
}

/** By row and cause, in the order of the worst move of each. */
function grouped(moves: readonly Move[]): ReadonlyMap<string, readonly Move[]> {
  const groups = new Map<string, Move[]>();
  for (const move of moves) {
    const title = printable(`${rowText(move)} (${text.causesText(move.causes)})`);
    groups.set(title, [...(groups.get(title) ?? []), move]);
  }
  return groups;
}

const cells =
  (hasInterval: boolean) =>
  (move: Move): string[] => [
    text.valueTitle(move),
    text.numberText(move.before, move),
    text.numberText(move.now, move),
    text.changeShareText(move),
    ...(hasInterval ? [text.intervalText(move)] : []),
    move.verdict,
  ];
