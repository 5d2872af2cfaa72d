/** What a timeline says about a slice and its job, as names and values. */

import { exactMs, nothing, significant } from "../../output/number-text.ts";
import type { JobName } from "../../records/explanation.ts";
import { outcomeOf, type RunTimeline } from "../../records/run-timeline.ts";

export type Detail = readonly [name: string, value: string];

export const jobRef = ({ tasks, jobs }: RunTimeline, row: number): JobName => ({
  task: tasks[jobs.taskIndex[row]!]!,
  job: jobs.jobIndex[row]!,
});

export const jobName = ({ task, job }: JobName): string => `${task}#${job}`;

/** Row of a job; undefined: it was not there in the window. */
export function jobRow({ tasks, jobs }: RunTimeline, { task, job }: JobName): number | undefined {
  const taskIndex = tasks.indexOf(task);
  const row = jobs.jobIndex.findIndex((index, at) => index === job && jobs.taskIndex[at] === taskIndex);
  return row < 0 ? undefined : row;
}

export const msText = (ns: number): string => (Number.isFinite(ns) ? `${exactMs(ns).slice(0, -3)} ms` : nothing);

/** `late by 2.100 ms`. */
export function fateText({ jobs }: RunTimeline, row: number): string {
  const slackNs = jobs.deadlineNs[row]! - jobs.endNs[row]!;
  const outcome = outcomeOf(jobs, row);
  if (outcome === "dropped") return "dropped";
  if (!Number.isFinite(slackNs)) return "completed, no deadline";
  return outcome === "late" ? `late by ${msText(-slackNs)}` : `in time, ${msText(slackNs)} left`;
}

export function sliceDetails(timeline: RunTimeline, row: number): readonly Detail[] {
  const { slices, lanes } = timeline;
  const first = slices.firstLayer[row]!;
  const last = slices.lastLayer[row]!;
  const lane = slices.laneStart.findLastIndex((start) => start <= row);
  const { accelerator, units } = lanes[lane]!;
  return [
    ["on", units === 1 ? accelerator : `${accelerator}, ${slices.units[row]} of ${units} units`],
    [first === last ? "layer" : "layers", first === last ? `${first}` : `${first} to ${last}`],
    ["start", msText(slices.startNs[row]!)],
    ["end", msText(slices.endNs[row]!)],
    ["took", msText(slices.endNs[row]! - slices.startNs[row]!)],
  ];
}

export function jobDetails({ jobs }: RunTimeline, row: number): readonly Detail[] {
  const energyMj = jobs.energyMj[row]!;
  const isDropped = outcomeOf(jobs, row) === "dropped";
  return [
    ["released", msText(jobs.releaseNs[row]!)],
    [isDropped ? "dropped" : "completed", msText(jobs.endNs[row]!)],
    ["latency", isDropped ? nothing : msText(jobs.endNs[row]! - jobs.frameReleaseNs[row]!)],
    ["deadline", Number.isFinite(jobs.deadlineNs[row]!) ? msText(jobs.deadlineNs[row]!) : "none"],
    ["energy", Number.isNaN(energyMj) ? "not known" : `${significant(energyMj)} mJ`],
  ];
}
