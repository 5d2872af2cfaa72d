/** Two runs side by side as Markdown. */
import type { Judgement } from "../../records/explanation.ts";
import type { Decision, RunDiff } from "../../records/run-diff.ts";
import { judgementCaption, judgementTable } from "../explanation/judgement-rows.ts";
import type { Format } from "../format.ts";
import { markdownTable } from "../markdown.ts";
import type { Table } from "../result-tables.ts";
import {
  decisionSentence,
  diffTitle,
  jobsSentence,
  jobsTable,
  metricsTable,
  partingSentence,
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

function partingParts({ parting }: RunDiff): readonly string[] {
  if (parting === null) return [];
  return [...sideParts("A", parting.a, parting.b), ...sideParts("B", parting.b, parting.a)];
}

function sideParts(name: string, own: Decision | null, other: Decision | null): readonly string[] {
  const marked = other ?? own;
  const line = `**${name}** ${decisionSentence(own)}`;
  if (own === null || marked === null) return [line];
  const reasons = [own.waited, own.why].filter((each) => each !== undefined);
  return [line, ...reasons.flatMap((reason) => reasonParts(reason, marked))];
}

function reasonParts(reason: Judgement, marked: Decision): readonly string[] {
  const judged = judgementTable(reason, marked);
  const caption = `${reason.decision === "wait" ? "It waited " : "Decided "}${judgementCaption(reason, marked)}.`;
  return judged === undefined ? [caption] : [caption, markdownTable(judged)];
}
