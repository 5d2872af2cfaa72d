/** Reproductions for a terminal, at most 80 columns wide. */

import type { Reproduction } from "../../records/reproduction.ts";
import type { Format } from "../format.ts";
import { heading, wrapped } from "../lines.ts";
import { type TextOptions, textTable } from "../text-table.ts";
import { claimTable, extentText, figureTable, notesHeading } from "./tables.ts";

export const table: Format<readonly Reproduction[]> = {
  name: "table",
  render: (reproductions, options) => reproductions.map((each) => page(each, options)).join("\n\n\n"),
};

function page(reproduction: Reproduction, options: TextOptions): string {
  const { title, differences, tables } = reproduction;
  const shown = tables.filter(({ place }) => place === "everywhere");
  return [
    `${heading(title, options)}\n${wrapped(extentText(reproduction))}`,
    textTable(claimTable(reproduction), options),
    [heading(notesHeading(reproduction), options), ...differences.map(numbered)].join("\n"),
    ...shown.map((each) => `${heading(each.title, options)}\n${textTable(figureTable(each), options)}`),
  ].join("\n\n");
}

const numbered = (text: string, index: number): string => wrapped(`${index + 1}  ${text}`, "   ");
