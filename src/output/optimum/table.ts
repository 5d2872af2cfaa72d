/** An optimum as a table for a terminal, at most 80 columns wide. */
import type { Optimum } from "../../records/optimum.ts";
import type { Format } from "../format.ts";
import { heading, wrapped } from "../lines.ts";
import { printableTable, textTable } from "../text-table.ts";
import * as text from "./rows.ts";

export const table: Format<Optimum> = {
  name: "table",
  render(optimum, options) {
    const head = [heading(text.titleText(optimum), options), wrapped(text.answerText(optimum), "  ")];
    const legend = wrapped(text.modelText(optimum), "  ");
    return `${[...head, legend].join("\n")}\n\n${textTable(printableTable(text.schedulerTable(optimum)), options)}`;
  },
};
