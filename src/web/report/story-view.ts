/** The story of a job, as `rtmm explain` tells it. */

import { judgementCaption, judgementTable, MARKS } from "../../output/explanation/judgement-rows.ts";
import { msText, type StepText } from "../../output/explanation/step-text.ts";
import { RESCUES_HEADING, rescueSentence, timeRows, titleText, whySentences } from "../../output/explanation/why.ts";
import { percentText } from "../../output/number-text.ts";
import type { Explanation, JobName } from "../../records/explanation.ts";
import type { ReportedRun, StoryRecord } from "../../records/report.ts";
import type { RunTimeline } from "../../records/run-timeline.ts";
import { element } from "../common/elements.ts";
import { storyItems } from "../common/story-items.ts";
import { table } from "../common/table.ts";
import { type Detail, fateText, jobDetails, jobName, jobRow } from "../timeline/details.ts";

/** The record that the texts of `rtmm explain` are made of. */
export function explanationOf({ result }: ReportedRun, story: StoryRecord): Explanation {
  const { scenario, system, scheduler, seed, durationMs, variation, resultHash } = result;
  const run = { scenario, system, scheduler, seed, durationMs, resultHash };
  return { schemaVersion: 1, ...run, ...(variation !== undefined && { variation }), detail: "grouped", ...story };
}

export function storyView(explanation: Explanation, command: string): readonly HTMLElement[] {
  return [
    element("h3", {}, [titleText(explanation)]),
    ...whySentences(explanation).map((sentence) => element("p", {}, [sentence])),
    element("div", { class: "story" }, [
      element("div", {}, [timeTable(explanation), ...rescueList(explanation)]),
      steps(explanation),
    ]),
    commandLine("In the terminal:", command),
  ];
}

function rescueList({ rescues = [], job }: Explanation): readonly HTMLElement[] {
  if (rescues.length === 0) return [];
  const lines = rescues.map((rescue) => element("li", {}, [rescueSentence(rescue, job)]));
  return [element("h4", {}, [RESCUES_HEADING]), element("ul", { class: "rescues" }, lines)];
}

/** A job whose story is not in the page. */
export function factsView(timeline: RunTimeline, job: JobName, command: string): readonly HTMLElement[] {
  const row = jobRow(timeline, job);
  const details: readonly Detail[] = row === undefined ? [] : jobDetails(timeline, row);
  return [
    element("h3", {}, [row === undefined ? jobName(job) : `${jobName(job)}: ${fateText(timeline, row)}`]),
    element(
      "dl",
      { class: "facts" },
      details.map(([name, value]) => element("div", {}, [element("dt", {}, [name]), element("dd", {}, [value])])),
    ),
    commandLine("This page has no room for its story. To read it:", command),
  ];
}

const commandLine = (before: string, command: string): HTMLElement =>
  element("p", { class: "quiet" }, [`${before} `, element("code", {}, [command])]);

function timeTable(explanation: Explanation): HTMLElement {
  const { endMs, frameReleaseMs } = explanation.job;
  const totalMs = endMs - frameReleaseMs;
  const rows = [...timeRows(explanation), ["in all", totalMs] as const];
  const share = (ms: number): string => (totalMs > 0 ? percentText(ms / totalMs) : "");
  return element("div", {}, [
    element("h4", {}, ["Where its time went"]),
    table({
      caption: "Where the time of the job went",
      columns: [
        { heading: "from its frame's release to its end", align: "left" },
        { heading: "ms", align: "right" },
        { heading: "share", align: "right" },
      ],
      rows: rows.map(([what, ms]) => [what, msText(ms), share(ms)]),
    }),
  ]);
}

function steps(explanation: Explanation): HTMLElement {
  return element("div", {}, [
    element("h4", {}, ["What happened"]),
    element("ol", { class: "steps" }, storyItems(explanation, stepView)),
  ]);
}

function stepView({ when, what, judgement }: StepText, { job }: Explanation): HTMLElement {
  const judged = judgement && judgementTable(judgement, job);
  const parts = [element("span", { class: "when" }, [`${when} ms`]), element("span", {}, [what])];
  if (judgement === undefined || judged === undefined) return element("li", {}, parts);
  const caption = judgementCaption(judgement, job);
  const why = element("details", {}, [
    element("summary", {}, [caption]),
    table({ caption: `${caption} (${MARKS})`, ...judged }),
    element("p", { class: "quiet" }, [MARKS]),
  ]);
  return element("li", {}, [...parts, why]);
}
