/** The losses of every pair: as a table, JSON and Markdown. */
import type { AdversaryMatrix } from "../../records/adversary.ts";
import type { Format } from "../format.ts";
import { heading, wrapped } from "../lines.ts";
import { markdownTable } from "../markdown.ts";
import { nothing } from "../number-text.ts";
import type { Table } from "../result-tables.ts";
import { left, right, textTable } from "../text-table.ts";
import { counted, jsonText, seedsText } from "../words.ts";
import { whyLoses } from "./why.ts";
import { ratioText } from "./words.ts";

const titleOf = ({ schedulers, metric }: AdversaryMatrix): string =>
  `Where ${counted(schedulers.length, "scheduler")} lose most in ${metric.title}`;

/** A line for each scheduler: whom it loses most to, and how many it loses to. */
function worstTable({ schedulers, cells, worst }: AdversaryMatrix): Table {
  return {
    columns: [left("scheduler"), left("loses most to"), right("times"), right("loses to"), right("of")],
    rows: schedulers.map(({ label }, index) => {
      const own = cells.filter(({ a, loss }) => a === label && loss !== null);
      const lost = own.filter(({ loss }) => loss!.ratio > 1);
      const report = worst[index]!;
      const most = report === null ? [nothing, nothing] : [report.b.label, ratioText(report.found!.loss)];
      return [label, ...most, String(lost.length), String(own.length)];
    }),
  };
}

export function matrixTable({ schedulers, cells }: AdversaryMatrix): Table {
  const ratios = new Map(cells.map(({ a, b, loss }) => [JSON.stringify([a, b]), loss]));
  const cellText = (a: string, b: string): string => {
    const loss = ratios.get(JSON.stringify([a, b]));
    return loss ? String(Number(loss.ratio.toPrecision(3))) : nothing;
  };
  const labels = schedulers.map(({ label }) => label);
  return {
    columns: [left("loses, to"), ...labels.map(right)],
    rows: labels.map((a) => [a, ...labels.map((b) => cellText(a, b))]),
  };
}

export function matrixSearchSentence({ search, metric, schedulers }: AdversaryMatrix): string {
  const { budget, ranges, chains, seeds } = search;
  const pairs = schedulers.length * (schedulers.length - 1);
  return `Each of ${pairs} pairs: ${counted(budget, "scenario")} within ${ranges} in up to ${counted(chains, "chain")}; ${metric.name} is a mean over ${seedsText(seeds)}.`;
}

const table: Format<AdversaryMatrix> = {
  name: "table",
  render: (matrix, options) => {
    const { columns, rows } = worstTable(matrix);
    return [
      heading(titleOf(matrix), options),
      textTable(columns, rows, options),
      ...reasonLines(matrix).map((line) => wrapped(line, "  ")),
      wrapped(matrixSearchSentence(matrix)),
    ].join("\n\n");
  },
};

const markdown: Format<AdversaryMatrix> = {
  name: "markdown",
  render: (matrix) =>
    `${[
      `### ${titleOf(matrix)}`,
      markdownTable(worstTable(matrix)),
      ...matrix.worst.flatMap((report) => {
        const why = report === null ? undefined : whyLoses(report);
        return why === undefined ? [] : [`**${report!.a.label}**: ${why.what} ${why.cause}`];
      }),
      markdownTable(matrixTable(matrix)),
      ...reasonLines(matrix),
      matrixSearchSentence(matrix),
    ].join("\n\n")}\n`,
};

/** Pairs that could not be compared, by their reason. */
export function reasonLines({ cells }: AdversaryMatrix): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const { a, b, reason } of cells)
    if (reason !== undefined) byReason.set(reason, [...(byReason.get(reason) ?? []), `${a} and ${b}`]);
  return [...byReason].map(([reason, pairs]) => `Not compared: ${pairs.join(", ")}: ${reason}`);
}

const json: Format<AdversaryMatrix> = { name: "json", render: jsonText };

export const matrixFormats: readonly Format<AdversaryMatrix>[] = [table, json, markdown];
