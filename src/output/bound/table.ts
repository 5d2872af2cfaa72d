/** Bounds as tables for a terminal, at most 80 columns wide. */
import type { Bounds } from "../../records/bounds.ts";
import type { Format } from "../format.ts";
import { heading, wrapped } from "../lines.ts";
import { printableTable, textTable } from "../text-table.ts";
import { boundsTitle, legend, notesOf, tablesOf } from "./tables.ts";

export const table: Format<Bounds> = {
  name: "table",
  render(bounds, options) {
    const title = `${heading(boundsTitle(bounds), options)}\n${wrapped(legend)}`;
    const tables = tablesOf(bounds).map((each) => textTable(printableTable(each), options));
    return [title, ...tables, ...notesOf(bounds).map((note) => wrapped(note))].join("\n\n");
  },
};
