/** The story of a job for a terminal. */
import type { Explanation } from "../../records/explanation.ts";
import type { Format } from "../format.ts";
import { heading, wrapped } from "../lines.ts";
import { nothing, percentText } from "../number-text.ts";
import { left, MOST_COLUMNS, right, type Table, type TextOptions, textTable } from "../text-table.ts";
import { subjectText } from "../variation-text.ts";
import { judgementCaption, judgementTable, MARKS } from "./judgement-rows.ts";
import { shownSteps } from "./shown-steps.ts";
import { msText, type StepText } from "./step-text.ts";
import { RESCUES_HEADING, rescueSentence, timeRows, titleText, whySentences } from "./why.ts";

export const table: Format<Explanation> = {
  name: "table",
  render(explanation, options) {
    const { rescues = [] } = explanation;
    const why = whySentences(explanation).map((sentence) => wrapped(sentence));
    const saved = rescues.map((rescue) => wrapped(`- ${rescueSentence(rescue, explanation.job)}`, "  "));
    return [
      `${heading(titleText(explanation), options)}\n${wrapped(subjectText(explanation))}`,
      ...why,
      timeTable(explanation, options),
      storyText(explanation, options),
      ...(saved.length === 0 ? [] : [[heading(RESCUES_HEADING, options), ...saved].join("\n")]),
    ].join("\n\n");
  },
};

function timeTable(explanation: Explanation, options: TextOptions): string {
  const rows = timeRows(explanation);
  const { endMs, frameReleaseMs } = explanation.job;
  const totalMs = endMs - frameReleaseMs;
  const all = [...rows, ["from its frame's release to its end", totalMs] as const];
  const columns = [left("time"), right("ms"), right("share")];
  const cells = all.map(([what, ms]) => [what, msText(ms), totalMs > 0 ? percentText(ms / totalMs) : nothing]);
  return textTable({ columns, rows: cells }, options);
}

function storyText(explanation: Explanation, options: TextOptions): string {
  const { before, omitted, after } = shownSteps(explanation);
  const parts = [
    ...before.map((step) => stepLines(step, explanation, options)),
    ...(omitted === undefined ? [] : [wrapped(omitted)]),
    ...after.map((step) => stepLines(step, explanation, options)),
  ];
  return [heading(`ms (${MARKS})`, options), ...parts].join("\n");
}

function stepLines({ when, what, judgement }: StepText, { job }: Explanation, options: TextOptions): string {
  const line = wrapped(`${when.padEnd(9)}  ${what}`, "    ");
  const judged = judgement && judgementTable(judgement, job);
  if (judgement === undefined || judged === undefined) return line;
  const caption = wrapped(`  ${judgementCaption(judgement, job)}`, "    ");
  return [line, caption, indentedTable(judged, options)].join("\n");
}

/** Of the candidates of a decision. */
export const indentedTable = (table: Table, options: TextOptions): string =>
  textTable(table, options, MOST_COLUMNS - INDENT.length).replaceAll(/^/gm, INDENT);
const INDENT = "  ";
