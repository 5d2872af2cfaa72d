/** The report of an import as text. */
import { printable } from "../input/printable.ts";
import type { ImportReport, LeftOut, ModelTotals, SourcePlace } from "../records/import-report.ts";
import { wrapped } from "./lines.ts";
import { nothing, scaled } from "./number-text.ts";
import { left, right, type TextOptions, textTable } from "./text-table.ts";
import { counted } from "./words.ts";

const MOST_LEFT = 20;
const NS_PER_MS = 1e6;

/** What was taken, what was left out and why, and totals. Ends without a line end. */
export function importReportText(report: ImportReport, options: TextOptions): string {
  const { taken, left: leftOut, totals, hints = [] } = report;
  const more = leftOut.slice(MOST_LEFT).reduce((sum, { count }) => sum + count, 0);
  const lines = [
    ...taken.map((text) => `took ${text}`),
    ...leftOut.slice(0, MOST_LEFT).map((each) => `left out ${leftText(each)}`),
    ...(more === 0 ? [] : [`left out ${counted(more, "other thing")}`]),
    ...hints.map((hint) => `hint: ${hint}`),
  ].map((line) => wrapped(printable(line), "  "));
  return [...lines, ...totalsTable(totals, options)].join("\n");
}

function leftText({ what, count, why, first }: LeftOut): string {
  const where = first === undefined ? "" : ` (${count === 1 ? "" : "first: "}${placeText(first)})`;
  return `${count} x ${what}: ${why}${where}`;
}

const placeText = ({ file, line, column }: SourcePlace): string =>
  [file, line, column].filter((part) => part !== undefined).join(":");

/** None of an import without models. */
function totalsTable(totals: readonly ModelTotals[], options: TextOptions): readonly string[] {
  if (totals.length === 0) return [];
  const accelerators = [...new Set(totals.flatMap(({ measured = [] }) => measured.map((each) => each.accelerator)))];
  const columns = [left("model"), ...["layers", "MMACs", "M weights"].map(right)];
  const rows = totals.map(({ model, layers, macs, weights }) => [
    model,
    layers === undefined ? nothing : String(layers),
    scaled(macs, 1e6),
    scaled(weights, 1e6),
  ]);
  const latencies = totals.map(({ measured = [] }) =>
    accelerators.map((name) => scaled(measured.find((each) => each.accelerator === name)?.latencyNs, NS_PER_MS)),
  );
  const table = textTable(
    {
      columns: [...columns, ...accelerators.map((name) => right(`${name} ms`))],
      rows: rows.map((row, i) => [...row, ...latencies[i]!]),
    },
    options,
  );
  return [table.trimEnd()];
}
