/** A check as Markdown for a CI summary. GitHub takes 1024 KiB and shows nothing of a longer text. */

import type { BaselineReport, CheckReport, Move } from "../../records/check-report.ts";
import type { Format } from "../format.ts";
import { markdownTable } from "../markdown-table.ts";
import { left, right } from "../text-table.ts";
import { counted } from "../words.ts";
import * as text from "./rows.ts";
import { worstFirst } from "./worst-first.ts";

const MOST_BYTES = 900_000;
/** For the text around the table of moves. */
const LISTED_BYTES = 150_000;

export const markdown: Format<CheckReport> = {
  name: "markdown",
  render(report) {
    const around = [`### rtmm check: ${text.verdictText(report)}`, ...listsOf(report)].join("\n\n");
    const table = movesTable(report, MOST_BYTES - bytesOf(around) - 200);
    return `${[around, ...table].join("\n\n")}\n`;
  },
};

function listsOf(report: CheckReport): readonly string[] {
  const { baselines, requirements } = report;
  // Several baselines often moved for one reason.
  const of = (lines: (baseline: BaselineReport) => readonly string[]) => [...new Set(baselines.flatMap(lines))];
  return [
    list(
      "",
      of((baseline) => [
        text.summaryText(baseline),
        ...text.movedLines(baseline).map((line) => `${baseline.name}, ${line}`),
      ]),
    ),
    list(
      "Required",
      requirements.map((each) => each.text),
    ),
    list("Not compared", of(text.lackLines)),
    list(
      text.reasonTitle(baselines.flatMap(({ moves }) => moves)),
      of((baseline) => text.reasonLines(baseline, report)),
    ),
    list("Notes", of(text.adviceLines)),
  ].filter((each) => each !== "");
}

function list(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return "";
  const { kept, left: more } = fitting(
    lines.map((line) => `- ${escaped(line)}`),
    LISTED_BYTES / 5,
  );
  return [...(title === "" ? [] : [`**${title}**`, ""]), ...kept, ...(more === 0 ? [] : [`- … ${more} more`])].join(
    "\n",
  );
}

const columns = [
  left("baseline"),
  left("scenario"),
  left("system"),
  left("scheduler"),
  left("value"),
  right("before"),
  right("now"),
  right("change"),
  right("difference, 95 % CI"),
  left("verdict"),
  left("cause"),
];

/** Of all baselines together, the worst first. */
function movesTable({ baselines }: CheckReport, mostBytes: number): readonly string[] {
  const moves = worstFirst(
    baselines.flatMap(({ name, moves: own }) => own.map((move) => ({ ...move, baseline: name }))),
  );
  if (moves.length === 0) return [];
  const [head, rule, ...lines] = markdownTable({ columns, rows: moves.map(cells) }).split("\n");
  const { kept, left: more } = fitting(lines, mostBytes - bytesOf(`${head}\n${rule}\n`));
  const table = [head, rule, ...kept].join("\n");
  return more === 0 ? [table] : [table, `… and ${counted(more, "more value")}: \`--format csv\` has them all`];
}

const cells = (move: Move & { readonly baseline: string }): string[] => [
  oneLine(move.baseline),
  oneLine(move.scenario),
  oneLine(move.system),
  oneLine(move.scheduler),
  text.valueTitle(move),
  text.numberText(move.before, move),
  text.numberText(move.now, move),
  text.changeShareText(move),
  text.intervalText(move),
  move.fails ? `**${move.verdict}**` : move.verdict,
  text.causesText(move.causes),
];

/** The first lines that fit, line ends included. */
function fitting(lines: readonly string[], mostBytes: number) {
  let bytes = 0;
  const end = lines.findIndex((line) => {
    bytes += bytesOf(line) + 1;
    return bytes > mostBytes;
  });
  const kept = end < 0 ? lines : lines.slice(0, end);
  return { kept, left: lines.length - kept.length };
}

const bytesOf = (content: string): number => new TextEncoder().encode(content).length;

const oneLine = (content: string): string => content.replace(/\s+/g, " ");
/** Names given by users must not become markup. */
const escaped = (line: string): string => oneLine(line).replace(/[<*_[\]]/g, "\\$&");
