/** The steps of a job's story as items of a list, with a word on those that are left out between them. */
import { shownSteps } from "../../output/explanation/shown-steps.ts";
import type { StepText } from "../../output/explanation/step-text.ts";
import type { Explanation } from "../../records/explanation.ts";
import { element } from "./elements.ts";

export function storyItems(
  explanation: Explanation,
  itemOf: (step: StepText, explanation: Explanation) => HTMLElement,
): readonly HTMLElement[] {
  const { before, omitted, after } = shownSteps(explanation);
  const item = (step: StepText): HTMLElement => itemOf(step, explanation);
  const gap = omitted === undefined ? [] : [element("li", { class: "quiet" }, [omitted])];
  return [...before.map(item), ...gap, ...after.map(item)];
}
