/** Bounds as tables for a terminal, at most 80 columns wide. */
import { printable } from "../../input/printable.ts";
import type { Bounds } from "../../records/bounds.ts";
import type { Format } from "../format.ts";
import { heading, wrapped } from "../lines.ts";
import type { Table } from "../result-tables.ts";
import { type TextOptions, textTable } from "../text-table.ts";
import { boundsTitle, caseTables, legend, notesOf, taskTable } from "./tables.ts";

export const table: Format<Bounds> = {
  name: "table",
  render(bounds, options) {
    const title = `${heading(boundsTitle(bounds), options)}\n${wrapped(legend)}`;
    const tasks = taskTable(bounds);
    const tables = [...caseTables(bounds), ...(tasks === undefined ? [] : [tasks])];
    return [title, ...tables.map((each) => text(each, options)), ...notesOf(bounds).map((note) => wrapped(note))].join(
      "\n\n",
    );
  },
};

const text = ({ columns, rows }: Table, options: TextOptions): string =>
  textTable(
    columns,
    rows.map((row) => row.map((cell) => printable(cell))),
    options,
  );
