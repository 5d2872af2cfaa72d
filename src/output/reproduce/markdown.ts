/** Reproductions as Markdown; `rtmm reproduce` writes results/reproduce/*.md with it. */

import type { FigureTable, Reproduction } from "../../records/reproduction.ts";
import type { Format } from "../format.ts";
import { markdownTable } from "../markdown.ts";
import { left, right } from "../text-table.ts";
import { claimTable, extentText, isText, rowCells } from "./cells.ts";

export const markdown: Format<readonly Reproduction[]> = {
  name: "markdown",
  render: (reproductions) => `${reproductions.map(page).join("\n\n")}\n`,
};

function page(reproduction: Reproduction): string {
  const { title, tables, rtmmVersion, paper } = reproduction;
  return [
    `# ${title}`,
    `rtmm ${rtmmVersion}: ${extentText(reproduction)}. Full precision, schedulers and input hashes: ${paper}.json.`,
    claimsMarkdown(reproduction),
    `## ${claimTable(reproduction).notesHeading}`,
    differencesMarkdown(reproduction),
    ...tables.map((each) => `## ${each.title}\n\n${figuresMarkdown(each)}`),
  ].join("\n\n");
}

export function claimsMarkdown(reproduction: Reproduction): string {
  const { headings, rows } = claimTable(reproduction);
  const [what, ...numbers] = headings;
  return markdownTable({
    columns: [left(what), ...numbers.slice(0, -1).map(right), left(numbers.at(-1)!)],
    rows: rows.map((cells) => [...cells]),
  });
}

export const differencesMarkdown = ({ differences }: Reproduction): string =>
  differences.map((text, index) => `${index + 1}. ${text}`).join("\n");

export function figuresMarkdown(table: FigureTable): string {
  const columns = table.columns.map((column) => (isText(column) ? left : right)(column.heading));
  return markdownTable({ columns, rows: table.rows.map((row) => rowCells(table, row)) });
}
