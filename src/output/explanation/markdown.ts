/** The story of a job as Markdown. */
import type { Explanation } from "../../records/explanation.ts";
import type { Format } from "../format.ts";
import { markdownTable } from "../markdown-table.ts";
import { left, right } from "../text-table.ts";
import { subjectText } from "../variation-text.ts";
import { judgementCaption, judgementTable, MARKS } from "./judgement-rows.ts";
import { shownSteps } from "./shown-steps.ts";
import { msText, type StepText } from "./step-text.ts";
import { RESCUES_HEADING, rescueSentence, timeRows, titleText, whySentences } from "./why.ts";

export const markdown: Format<Explanation> = {
  name: "markdown",
  render(explanation) {
    const { rescues = [] } = explanation;
    const { before, omitted, after } = shownSteps(explanation);
    const story = (steps: readonly StepText[]) => steps.map((step) => storyItem(step, explanation));
    const saved = rescues.map((rescue) => `- ${rescueSentence(rescue, explanation.job)}`).join("\n");
    const parts = [
      `### ${titleText(explanation)}`,
      subjectText(explanation),
      ...whySentences(explanation),
      timeTable(explanation),
      `Times in ms; ${MARKS}.`,
      ...story(before),
      ...(omitted === undefined ? [] : [omitted]),
      ...story(after),
      ...(saved === "" ? [] : [`#### ${RESCUES_HEADING}`, saved]),
    ];
    return `${parts.join("\n\n")}\n`;
  },
};

const timeTable = (explanation: Explanation): string =>
  markdownTable({
    columns: [left("time"), right("ms")],
    rows: timeRows(explanation).map(([what, ms]) => [what, msText(ms)]),
  });

function storyItem({ when, what, judgement }: StepText, { job }: Explanation): string {
  const line = `**${when} ms**: ${what}`;
  const judged = judgement && judgementTable(judgement, job);
  if (judgement === undefined || judged === undefined) return line;
  return [line, `${judgementCaption(judgement, job)}:`, markdownTable(judged)].join("\n\n");
}
