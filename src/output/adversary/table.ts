/** A found loss for a terminal, at most 80 columns wide. */
import type { AdversaryReport } from "../../records/adversary.ts";
import type { Format } from "../format.ts";
import { heading, wrapped } from "../lines.ts";
import { textTable } from "../text-table.ts";
import { whyLoses } from "./why.ts";
import * as words from "./words.ts";

export const table: Format<AdversaryReport> = {
  name: "table",
  render(report, options) {
    const { smallest, comparison } = report;
    const why = whyLoses(report);
    const again = words.againCommand(report);
    return [
      heading(words.reportTitle(report), options),
      ...(report.found === null ? [] : [textTable(words.lossTable(report), options)]),
      ...(smallest === null ? [] : [textTable(words.tasksTable(smallest, comparison), options)]),
      ...(smallest === null ? [] : [wrapped(`${words.systemSentence(smallest)} ${words.seedSentence(report)}`.trim())]),
      ...(why === undefined ? [] : [wrapped(`${why.what} ${why.cause}`)]),
      wrapped(words.searchSentence(report)),
      ...(again === undefined ? [] : [again]),
    ].join("\n\n");
  },
};
