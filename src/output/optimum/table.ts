/** An optimum as a table for a terminal, at most 80 columns wide. */
import { printable } from "../../input/printable.ts";
import type { Optimum } from "../../records/optimum.ts";
import type { Format } from "../format.ts";
import { heading, wrapped } from "../lines.ts";
import { textTable } from "../text-table.ts";
import * as text from "./rows.ts";

export const table: Format<Optimum> = {
  name: "table",
  render(optimum, options) {
    const rows = text.rows(optimum).map((row) => row.map((cell) => printable(cell)));
    const head = [heading(text.titleText(optimum), options), wrapped(text.answerText(optimum), "  ")];
    const legend = wrapped(text.modelText(optimum), "  ");
    return `${[...head, legend].join("\n")}\n\n${textTable(text.columns(optimum), rows, options)}`;
  },
};
