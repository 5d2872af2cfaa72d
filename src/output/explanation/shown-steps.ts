/** Which steps of a story people see: all of a short one, the beginning and the end of a long one. */
import type { Explanation } from "../../records/explanation.ts";
import { counted } from "../words.ts";
import { type StepText, stepText } from "./step-text.ts";

const MOST_STEPS = 16;
/** So few more are shown rather than counted. */
const FEW = 4;
const LAST_STEPS = 6;

export interface ShownSteps {
  readonly before: readonly StepText[];
  /** What is left out between them; undefined: nothing. */
  readonly omitted: string | undefined;
  readonly after: readonly StepText[];
}

export function shownSteps({ steps, detail, job, omittedDecisions = 0 }: Explanation): ShownSteps {
  const texts = steps.map((step) => stepText(step, job));
  const omitted =
    omittedDecisions === 0 ? undefined : `… ${counted(omittedDecisions, "more decision")} while it waited, not kept`;
  if (detail === "every decision" || texts.length <= MOST_STEPS + FEW)
    return { before: texts.slice(0, -1), omitted, after: texts.slice(-1) };
  const firstOfLast = texts.length - LAST_STEPS;
  return {
    before: texts.slice(0, MOST_STEPS - LAST_STEPS),
    omitted: `… ${firstOfLast - (MOST_STEPS - LAST_STEPS)} more steps; --all shows them`,
    after: texts.slice(firstOfLast),
  };
}
