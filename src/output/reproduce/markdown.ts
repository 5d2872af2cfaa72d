/** Reproductions as Markdown; `rtmm reproduce` writes results/reproduce/*.md with it. */

import type { Reproduction } from "../../records/reproduction.ts";
import type { Format } from "../format.ts";
import { markdownTable } from "../markdown-table.ts";
import { claimTable, extentText, figureTable, notesHeading } from "./tables.ts";

export const markdown: Format<readonly Reproduction[]> = {
  name: "markdown",
  render: (reproductions) => `${reproductions.map(page).join("\n\n")}\n`,
};

function page(reproduction: Reproduction): string {
  const { title, tables, rtmmVersion, paper } = reproduction;
  return [
    `# ${title}`,
    `rtmm ${rtmmVersion}: ${extentText(reproduction)}. Full precision, schedulers and input hashes: ${paper}.json.`,
    markdownTable(claimTable(reproduction)),
    `## ${notesHeading(reproduction)}`,
    differencesMarkdown(reproduction),
    ...tables.map((each) => `## ${each.title}\n\n${markdownTable(figureTable(each))}`),
  ].join("\n\n");
}

export const differencesMarkdown = ({ differences }: Reproduction): string =>
  differences.map((text, index) => `${index + 1}. ${text}`).join("\n");
