/** The losses of every pair: as a table, JSON and Markdown. */
import type { AdversaryMatrix, FarthestCase, Loss } from "../../records/adversary.ts";
import type { Format } from "../format.ts";
import { json } from "../json.ts";
import { heading, wrapped } from "../lines.ts";
import { markdownTable } from "../markdown-table.ts";
import { nothing } from "../number-text.ts";
import type { Table } from "../text-table.ts";
import { left, right, textTable } from "../text-table.ts";
import { counted, seedsText } from "../words.ts";
import { whyLoses } from "./why.ts";
import { ratioText } from "./words.ts";

const titleOf = ({ schedulers, metric }: AdversaryMatrix): string =>
  `Where ${counted(schedulers.length, "scheduler")} lose most in ${metric.title}`;

/** A line for each scheduler: whom it loses most to, how many it loses to, and how far it is from the bound. */
function worstTable({ schedulers, cells, worst, farthest }: AdversaryMatrix): Table {
  return {
    columns: [
      ...[left("scheduler"), left("loses most to"), right("times"), right("loses to"), right("of")],
      ...(farthest === undefined ? [] : [right("times the bound")]),
    ],
    rows: schedulers.map(({ label }, index) => {
      const own = cells.filter(({ a, loss }) => a === label && loss !== null);
      const lost = own.filter(({ loss }) => loss!.ratio > 1);
      const report = worst[index]!;
      const most = report === null ? [nothing, nothing] : [report.b.label, ratioText(report.found!.loss)];
      const counts = [String(lost.length), String(own.length)];
      return [label, ...most, ...counts, ...(farthest === undefined ? [] : [distanceText(farthest[index]!)])];
    }),
  };
}

const distanceText = ({ loss }: FarthestCase): string => (loss === null ? nothing : ratioText(loss));

export function matrixTable({ schedulers, cells, farthest }: AdversaryMatrix): Table {
  const ratios = new Map(cells.map(({ a, b, loss }) => [JSON.stringify([a, b]), loss]));
  const labels = schedulers.map(({ label }) => label);
  return {
    columns: [left("loses, to"), ...labels.map(right), ...(farthest === undefined ? [] : [right(BOUND)])],
    rows: labels.map((a, index) => [
      a,
      ...labels.map((b) => shortRatio(ratios.get(JSON.stringify([a, b])))),
      ...(farthest === undefined ? [] : [shortRatio(farthest[index]!.loss)]),
    ]),
  };
}

/** Heads the column of distances. */
export const BOUND = "the bound";

/** In cells, which have little room. */
export const shortRatio = (loss: Loss | null | undefined): string =>
  loss ? String(Number(loss.ratio.toPrecision(3))) : nothing;

export function matrixSearchSentence({ search, metric, schedulers, farthest }: AdversaryMatrix): string {
  const { budget, ranges, chains, seeds } = search;
  const pairs = `Each of ${schedulers.length * (schedulers.length - 1)} pairs`;
  const searches = farthest === undefined ? pairs : `${pairs}, and each scheduler and the bound`;
  return `${searches}: ${counted(budget, "scenario")} within ${ranges} in up to ${counted(chains, "chain")}; ${metric.name} is a mean over ${seedsText(seeds)}.`;
}

const table: Format<AdversaryMatrix> = {
  name: "table",
  render: (matrix, options) => {
    return [
      heading(titleOf(matrix), options),
      textTable(worstTable(matrix), options),
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
      ...(matrix.farthest ?? []).flatMap(({ report }) => {
        const why = report === null ? undefined : whyLoses(report);
        return why === undefined ? [] : [`**${report!.a.label}, from the bound**: ${why.what} ${why.cause}`];
      }),
      markdownTable(matrixTable(matrix)),
      ...reasonLines(matrix),
      matrixSearchSentence(matrix),
    ].join("\n\n")}\n`,
};

/** Pairs that could not be compared, by their reason. */
export function reasonLines({ cells, farthest = [] }: AdversaryMatrix): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const { a, b, reason } of [...cells, ...farthest.map((each) => ({ ...each, b: BOUND }))])
    if (reason !== undefined) byReason.set(reason, [...(byReason.get(reason) ?? []), `${a} and ${b}`]);
  return [...byReason].map(([reason, pairs]) => `Not compared: ${pairs.join(", ")}: ${reason}`);
}

export const matrixFormats: readonly Format<AdversaryMatrix>[] = [table, json, markdown];
