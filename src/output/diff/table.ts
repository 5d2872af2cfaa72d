/** Two runs side by side for a terminal. */
import type { Judgement } from "../../records/explanation.ts";
import type { Decision, RunDiff } from "../../records/run-diff.ts";
import { judgementCaption, judgementTable, MARKS } from "../explanation/judgement-rows.ts";
import { indentedTable } from "../explanation/table.ts";
import type { Format } from "../format.ts";
import { heading, wrapped } from "../lines.ts";
import type { Table } from "../text-table.ts";
import { type TextOptions, textTable } from "../text-table.ts";
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

export const table: Format<RunDiff> = {
  name: "table",
  render(diff, options) {
    const same = sameMetricsSentence(diff);
    const sides = sideLines(diff).map((line) => wrapped(line, "   "));
    return [
      [heading(diffTitle(diff), options), ...sides].join("\n"),
      [wrapped(partingSentence(diff)), ...partingLines(diff, options)].join("\n"),
      [wrapped(jobsSentence(diff)), ...rowsOf(jobsTable(diff), options)].join("\n"),
      ...rowsOf(metricsTable(diff), options),
      ...(same === undefined ? [] : [same]),
    ].join("\n\n");
  },
};

const rowsOf = (shown: Table, options: TextOptions): readonly string[] =>
  shown.rows.length === 0 ? [] : [textTable(shown, options)];

const partingLines = (diff: RunDiff, options: TextOptions): readonly string[] =>
  partingSides(diff).flatMap(({ name, sentence, reasons, marked }) => [
    wrapped(`${name} ${sentence}`, "  "),
    ...reasons.flatMap((reason) => reasonLines(reason, marked, options)),
  ]);

/** With the other run's job marked among the candidates. */
function reasonLines(reason: Judgement, marked: Decision, options: TextOptions): readonly string[] {
  const caption = `  ${reason.decision === "wait" ? "it waited " : ""}${judgementCaption(reason, marked)}`;
  const judged = judgementTable(reason, marked);
  if (judged === undefined) return [wrapped(caption, "  ")];
  const marks = MARKS.replace("this job", "the job of the other run");
  return [wrapped(`${caption} (${marks})`, "  "), indentedTable(judged, options)];
}
