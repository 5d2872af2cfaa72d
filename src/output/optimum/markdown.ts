/** An optimum as Markdown: the comparison, then the schedule. */
import type { Optimum, ScheduledDecision } from "../../records/optimum.ts";
import type { Format } from "../format.ts";
import { markdownTable } from "../markdown-table.ts";
import { left, right } from "../text-table.ts";
import * as text from "./rows.ts";

export const markdown: Format<Optimum> = {
  name: "markdown",
  render(optimum) {
    const compared = markdownTable(text.schedulerTable(optimum));
    const columns = [right("ms"), left("task"), right("job"), left("decision")];
    const decisions = markdownTable({ columns, rows: optimum.schedule.map(decisionCells) });
    const schedule = `<details><summary>Schedule</summary>\n\n${decisions}\n\n</details>`;
    const title = `### ${text.titleText(optimum)}`;
    return `${[title, text.answerText(optimum), text.modelText(optimum), compared, schedule].join("\n\n")}\n`;
  },
};

function decisionCells(decision: ScheduledDecision): readonly string[] {
  const { atMs, task, job } = decision;
  return [String(atMs), task, String(job), decisionText(decision)];
}

function decisionText(decision: ScheduledDecision): string {
  switch (decision.do) {
    case "run": {
      const { on, layers, units } = decision;
      const amount = layers === undefined ? "all that is left" : layers === 1 ? "1 layer" : `${layers} layers`;
      return `run ${amount} on ${on}${units === 1 ? "" : `, ${units} units`}`;
    }
    case "choose":
      return `choose ${decision.variant}`;
    default:
      return decision.do;
  }
}
