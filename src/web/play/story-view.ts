/** The story of a job, as `rtmm explain` tells it. */
import { judgementCaption, judgementTable, MARKS } from "../../output/explanation/judgement-rows.ts";
import { msText, type StepText } from "../../output/explanation/step-text.ts";
import { RESCUES_HEADING, rescueSentence, timeRows, titleText, whySentences } from "../../output/explanation/why.ts";
import { percentText } from "../../output/number-text.ts";
import type { Table } from "../../output/text-table.ts";
import type { Explanation } from "../../records/explanation.ts";
import { element } from "../common/elements.ts";
import { storyItems } from "../common/story-items.ts";

export function storyView(explanation: Explanation): readonly HTMLElement[] {
  const { rescues = [], job } = explanation;
  const saved = rescues.map((rescue) => element("li", {}, [rescueSentence(rescue, job)]));
  return [
    element("h3", { class: "story-title" }, [titleText(explanation)]),
    ...whySentences(explanation).map((sentence) => element("p", {}, [sentence])),
    ...(saved.length === 0 ? [] : [element("h4", {}, [RESCUES_HEADING]), element("ul", {}, saved)]),
    timeBar(explanation),
    element("details", { class: "story-steps" }, [
      element("summary", {}, [`Decision by decision, times in ms (${MARKS})`]),
      element("ol", { class: "story" }, storyItems(explanation, stepItem)),
    ]),
  ];
}

/** Where the job's time went: a stacked bar with its legend. */
function timeBar(explanation: Explanation): HTMLElement {
  const rows = timeRows(explanation);
  const totalMs = rows.reduce((sum, [, ms]) => sum + ms, 0);
  const parts = rows.map(([what, ms], index) => {
    const part = element("span", { class: `time-part time-part-${index % 6}`, title: `${what}: ${msText(ms)} ms` });
    part.style.flexGrow = String(ms);
    return part;
  });
  const items = rows.map(([what, ms], index) =>
    element("li", {}, [
      element("span", { class: `time-key time-part-${index % 6}`, "aria-hidden": "true" }),
      `${what}: ${msText(ms)} ms, ${percentText(totalMs > 0 ? ms / totalMs : 0)}`,
    ]),
  );
  return element("div", { class: "time" }, [
    element("div", { class: "time-bar", "aria-hidden": "true" }, parts),
    element("ul", { class: "time-list" }, items),
  ]);
}

function stepItem({ when, what, judgement }: StepText, { job }: Explanation): HTMLElement {
  const table = judgement && judgementTable(judgement, job);
  return element("li", {}, [
    element("span", { class: "story-when" }, [when]),
    element("span", { class: "story-what" }, [what]),
    ...(judgement === undefined || table === undefined
      ? []
      : [element("p", { class: "quiet" }, [judgementCaption(judgement, job)]), judged(table, when)]),
  ]);
}

function judged({ columns, rows }: Table, when: string): HTMLElement {
  const head = columns.map(({ heading }) => element("th", { scope: "col" }, [heading]));
  const body = rows.map((cells) =>
    element(
      "tr",
      {},
      cells.map((cell) => element("td", {}, [String(cell)])),
    ),
  );
  return element("div", { class: "scrolled", tabindex: 0, role: "region", "aria-label": `candidates at ${when}` }, [
    element("table", { class: "numbers" }, [
      element("thead", {}, [element("tr", {}, head)]),
      element("tbody", {}, body),
    ]),
  ]);
}
