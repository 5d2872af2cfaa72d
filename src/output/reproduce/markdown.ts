/** Reproductions as Markdown; `rtmm reproduce` writes results/reproduce/*.md with it. */

import type { FigureTable, Reproduction } from "../../records/reproduction.ts";
import type { Format } from "../format.ts";
import { markdownTable } from "../markdown.ts";
import { left, right } from "../text-table.ts";
import { claimCells, claimHeadings, extentText, isText, rowCells } from "./cells.ts";

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
    `## What differs in the set-up`,
    differencesMarkdown(reproduction),
    ...tables.map((each) => `## ${each.title}\n\n${figuresMarkdown(each)}`),
  ].join("\n\n");
}

export function claimsMarkdown({ claims }: Reproduction): string {
  const [what, ...numbers] = claimHeadings;
  const columns = [left(what), ...numbers.slice(0, -1).map(right), left(numbers.at(-1)!)];
  return markdownTable({ columns, rows: claims.map(claimCells) });
}

export const differencesMarkdown = ({ differences }: Reproduction): string =>
  differences.map((text, index) => `${index + 1}. ${text}`).join("\n");

export function figuresMarkdown(table: FigureTable): string {
  const columns = table.columns.map((column) => (isText(column) ? left : right)(column.heading));
  return markdownTable({ columns, rows: table.rows.map((row) => rowCells(table, row)) });
}
