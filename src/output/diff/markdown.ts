/** Two runs side by side as Markdown. */
import type { Judgement } from "../../records/explanation.ts";
import type { Decision, RunDiff } from "../../records/run-diff.ts";
import { judgementCaption, judgementTable } from "../explanation/judgement-rows.ts";
import type { Format } from "../format.ts";
import { markdownTable } from "../markdown-table.ts";
import type { Table } from "../text-table.ts";
import {
  diffTitle,
  jobsSentence,
  jobsTable,
  metricsTable,
  partingSentence,
  partingSides,
  sameMetricsSentence,
  sideLines,
} from "./words.ts";

export const markdown: Format<RunDiff> = {
  name: "markdown",
  render(diff) {
    const same = sameMetricsSentence(diff);
    const parts = [
      `### ${diffTitle(diff)}`,
      sideLines(diff)
        .map((line) => `- ${line}`)
        .join("\n"),
      partingSentence(diff),
      ...partingParts(diff),
      jobsSentence(diff),
      ...rowsOf(jobsTable(diff)),
      ...rowsOf(metricsTable(diff)),
      ...(same === undefined ? [] : [same]),
    ];
    return `${parts.join("\n\n")}\n`;
  },
};

const rowsOf = (table: Table): readonly string[] => (table.rows.length === 0 ? [] : [markdownTable(table)]);

const partingParts = (diff: RunDiff): readonly string[] =>
  partingSides(diff).flatMap(({ name, sentence, reasons, marked }) => [
    `**${name}** ${sentence}`,
    ...reasons.flatMap((reason) => reasonParts(reason, marked)),
  ]);

function reasonParts(reason: Judgement, marked: Decision): readonly string[] {
  const judged = judgementTable(reason, marked);
  const caption = `${reason.decision === "wait" ? "It waited " : "Decided "}${judgementCaption(reason, marked)}.`;
  return judged === undefined ? [caption] : [caption, markdownTable(judged)];
}
