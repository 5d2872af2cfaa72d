/** A found loss as Markdown. */
import type { AdversaryReport } from "../../records/adversary.ts";
import type { Format } from "../format.ts";
import { markdownTable } from "../markdown-table.ts";
import { whyLoses } from "./why.ts";
import * as words from "./words.ts";

export const markdown: Format<AdversaryReport> = {
  name: "markdown",
  render(report) {
    const { smallest, comparison } = report;
    const why = whyLoses(report);
    const again = words.againCommand(report);
    const parts = [
      `### ${words.reportTitle(report)}`,
      ...(why === undefined ? [] : [`${why.what} ${why.cause}`]),
      ...(report.found === null ? [] : [markdownTable(words.lossTable(report))]),
      ...(smallest === null ? [] : [markdownTable(words.tasksTable(smallest, comparison))]),
      ...(smallest === null ? [] : [`${words.systemSentence(smallest)} ${words.seedSentence(report)}`.trim()]),
      words.searchSentence(report),
      ...(again === undefined ? [] : [`\`${again}\``]),
    ];
    return `${parts.join("\n\n")}\n`;
  },
};
