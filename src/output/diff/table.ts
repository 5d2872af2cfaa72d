/** Two runs side by side for a terminal. */
import type { Decision, RunDiff } from "../../records/run-diff.ts";
import { judgementCaption, judgementTable, MARKS } from "../explanation/judgement-rows.ts";
import type { Format } from "../format.ts";
import { heading, wrapped } from "../lines.ts";
import type { Table } from "../result-tables.ts";
import { type TextOptions, textTable } from "../text-table.ts";
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

const rowsOf = ({ columns, rows }: Table, options: TextOptions): readonly string[] =>
  rows.length === 0 ? [] : [textTable(columns, rows, options)];

function partingLines({ parting }: RunDiff, options: TextOptions): readonly string[] {
  if (parting === null) return [];
  const sides = [
    ["A", parting.a, parting.b],
    ["B", parting.b, parting.a],
  ] as const;
  return sides.flatMap(([name, own, other]) => [
    wrapped(`${name} ${decisionSentence(own)}`, "  "),
    ...reasonLines(own, other, options),
  ]);
}

/** With the other run's job marked among the candidates. */
function reasonLines(own: Decision | null, other: Decision | null, options: TextOptions): readonly string[] {
  const marked = other ?? own;
  if (marked === null) return [];
  return [own?.waited, own?.why]
    .filter((each) => each !== undefined)
    .flatMap((judgement) => {
      const caption = `  ${judgement.decision === "wait" ? "it waited " : ""}${judgementCaption(judgement, marked)}`;
      const judged = judgementTable(judgement, marked);
      const rows =
        judged === undefined ? [] : [textTable(judged.columns, judged.rows, options).replaceAll(/^/gm, "  ")];
      const marks = judged === undefined ? "" : ` (${MARKS.replace("this job", "the job of the other run")})`;
      return [wrapped(`${caption}${marks}`, "  "), ...rows];
    });
}
