/** Reproductions for a terminal, at most 80 columns wide. */

import type { FigureTable, Reproduction } from "../../records/reproduction.ts";
import type { Format } from "../format.ts";
import { heading, wrapped } from "../lines.ts";
import { left, right, type TextOptions, textTable } from "../text-table.ts";
import { claimTable, extentText, isText, rowCells } from "./cells.ts";

export const table: Format<readonly Reproduction[]> = {
  name: "table",
  render: (reproductions, options) => reproductions.map((each) => page(each, options)).join("\n\n\n"),
};

function page(reproduction: Reproduction, options: TextOptions): string {
  const { title, differences, tables } = reproduction;
  const { headings, rows, notesHeading } = claimTable(reproduction);
  const [what, ...numbers] = headings;
  const columns = [left(what), ...numbers.slice(0, -1).map(right), left(numbers.at(-1)!)];
  const shown = tables.filter(({ place }) => place === "everywhere");
  return [
    `${heading(title, options)}\n${wrapped(extentText(reproduction))}`,
    textTable(columns, rows, options),
    [heading(notesHeading, options), ...differences.map(numbered)].join("\n"),
    ...shown.map((each) => `${heading(each.title, options)}\n${figures(each, options)}`),
  ].join("\n\n");
}

const numbered = (text: string, index: number): string => wrapped(`${index + 1}  ${text}`, "   ");

function figures(shown: FigureTable, options: TextOptions): string {
  const columns = shown.columns.map((column) => (isText(column) ? left : right)(column.heading));
  const rows = shown.rows.map((row) => rowCells(shown, row));
  return textTable(columns, rows, options);
}
