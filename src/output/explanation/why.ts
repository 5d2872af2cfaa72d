/** Why a job ended as it did, and what would have changed that: one sentence each. */
import type { ExplainedJob, Explanation, Rescue, TimeShares } from "../../records/explanation.ts";
import { percentText } from "../number-text.ts";
import { jobText, msText } from "./step-text.ts";

export function titleText(explanation: Explanation): string {
  const { job, scheduler, seed } = explanation;
  return `${jobText(job)} with ${scheduler.name}, seed ${seed}: ${outcomeText(explanation)}`;
}

function outcomeText({ job: { outcome, latenessMs, deadlineMs, endMs } }: Explanation): string {
  if (latenessMs === null || deadlineMs === null)
    return `${outcome === "dropped" ? "dropped" : "completed"} at ${msText(endMs)} ms, no deadline`;
  if (outcome === "dropped") return `dropped at ${msText(endMs)} ms, deadline ${msText(deadlineMs)} ms`;
  if (outcome === "late") return `late by ${msText(latenessMs)} ms`;
  return `in time, with ${msText(-latenessMs)} ms of slack`;
}

const shareNames: Readonly<Record<keyof TimeShares, string>> = {
  beforeReleaseMs: "before its release (parents, jitter)",
  allBusyMs: "ready, every accelerator busy",
  someFreeMs: "ready, an accelerator free",
  computingMs: "computing",
  switchingMs: "switching context",
  loadingMs: "waiting for weights",
  overheadMs: "waiting for decisions",
  contentionMs: "lost to contention",
  lostMs: "undone by kills",
};

/** [what, ms], in order of the record, without the empty ones. */
export const timeRows = ({ job }: Explanation): readonly (readonly [string, number])[] =>
  (Object.keys(shareNames) as (keyof TimeShares)[])
    .filter((key) => job.time[key] > 0)
    .map((key) => [shareNames[key], job.time[key]] as const);

/** Empty if the job was in time or has no deadline. */
export function whySentences(explanation: Explanation): readonly string[] {
  const { job } = explanation;
  const { outcome, deadlineMs, frameReleaseMs, isolatedMs, releaseMs, endMs, time } = job;
  if (outcome === "met" || deadlineMs === null) return [];
  const givenMs = deadlineMs - frameReleaseMs;
  const leftMs = deadlineMs - releaseMs;
  const needs = `Alone on its fastest accelerator it takes ${msText(isolatedMs)} ms`;
  if (isolatedMs > leftMs) {
    const room =
      leftMs < givenMs
        ? `${msText(Math.max(0, leftMs))} ms were left of ${msText(givenMs)} when it was released`
        : `it has ${msText(givenMs)}`;
    return [`${needs}, and ${room}: no order of jobs could have saved it then.`];
  }
  const waitedMs = time.allBusyMs + time.someFreeMs;
  const share = endMs > frameReleaseMs ? ` (${percentText(waitedMs / (endMs - frameReleaseMs))} of its time)` : "";
  const waited = `${needs} of the ${msText(leftMs)} that it had; it waited ${msText(waitedMs)}${share}${blockersText(explanation)}.`;
  return [waited, ...slowPlace(explanation)];
}

/** Said of a job that computed much longer than it would have had to. */
const MUCH_LONGER = 1.1;

function slowPlace({ job }: Explanation): readonly string[] {
  const { isolatedMs, outcome } = job;
  const { computingMs } = job.time;
  if (outcome !== "late" || computingMs <= MUCH_LONGER * isolatedMs) return [];
  return [
    `Where it ran, its layers took ${msText(computingMs)} ms, ${msText(computingMs - isolatedMs)} longer than there.`,
  ];
}

function blockersText({ blockers }: Explanation): string {
  const most = blockers.slice(0, 3).map(({ task, accelerator, ms }) => `${task} on ${accelerator} for ${msText(ms)}`);
  return most.length === 0 ? "" : `, while others ran: ${most.join(", ")}`;
}

export function rescueSentence(rescue: Rescue, job: ExplainedJob): string {
  switch (rescue.kind) {
    case "deadline":
      return deadlineText(rescue, job);
    case "rate":
      return rescue.saves
        ? `${rescue.task} at ${rescue.factor} of its rate saves it; at ${rescue.failsAt} it still misses.`
        : `${rescue.task} at ${rescue.factor} of its rate does not save it.`;
    case "without":
      return `Without ${rescue.tasks.join(" and ")} it ${withoutText(rescue)}.`;
    default:
      return rescue satisfies never;
  }
}

type DeadlineRescue = Extract<Rescue, { readonly kind: "deadline" }>;

function deadlineText({ task, longerMs, deadlineMs, saves, failsAtMs }: DeadlineRescue, job: ExplainedJob): string {
  const change = `A deadline of ${task} longer by ${msText(longerMs)} ms (${msText(deadlineMs)} from the frame's release)`;
  if (!saves) return `${change} does not save it.`;
  if (failsAtMs === null) return `${change} saves it.`;
  // The policy looks at deadlines, and decides otherwise with a longer one.
  const covers = failsAtMs === job.latenessMs ? ", though that covers its completion here" : "";
  return `${change} saves it; longer by ${msText(failsAtMs)} it still misses${covers}.`;
}

function withoutText({ saves, latenessMs }: Extract<Rescue, { readonly kind: "without" }>): string {
  if (latenessMs === null) return "does not complete";
  return saves ? `is in time, with ${msText(-latenessMs)} ms of slack` : `is late by ${msText(latenessMs)} ms`;
}

export const RESCUES_HEADING = "What would have saved it (each line: the run repeated with that change)";
