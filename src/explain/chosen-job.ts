/** Finds the job to explain: the one that is named, or the worst one. */
import { listenToEnds, type Observer } from "../core/events.ts";
import { hasDeadline, jobOutcome, latenessNs } from "../core/job-outcome.ts";
import type { Program } from "../core/program.ts";
import type { JobRecord } from "../core/records.ts";
import { nameHint } from "../input/closest.ts";
import { quote } from "../input/quote.ts";
import { RequestError } from "../input/request-error.ts";

export interface JobIndexes {
  readonly taskIndex: number;
  /** From 0. */
  readonly jobIndex: number;
}

/** Throws RequestError for an unknown id. */
export function taskNamed({ scenario }: Program, id: string): number {
  const ids = scenario.tasks.map((task) => task.id);
  const index = ids.indexOf(id);
  if (index >= 0) return index;
  throw new RequestError(`${scenario.name} has no task ${quote(id)}${nameHint(id, ids)}`);
}

export interface WorstJob {
  readonly observer: Observer;
  /** undefined: no measured job has a deadline. */
  found(): JobIndexes | undefined;
}

/**
 * Of the jobs that are late or dropped, the one that ended longest after its deadline; if there is none, the one with
 * the least slack. Jobs of the warm-up and jobs without a deadline do not count. `taskIndex`: only jobs of that task.
 */
export function worstJob(warmupNs: number, taskIndex?: number): WorstJob {
  let worst: JobRecord | undefined;
  const isAsked = (job: JobRecord): boolean =>
    (taskIndex === undefined || job.taskIndex === taskIndex) && hasDeadline(job) && job.frameReleaseNs >= warmupNs;
  const observer = listenToEnds((job) => {
    if (isAsked(job) && (worst === undefined || byMiss(job, worst) < 0)) worst = job;
  });
  return { observer, found: () => worst };
}

/**
 * Orders jobs that miss before others, then those that end longest after their deadlines. Ties go to the earlier
 * release, then to the task and the job, whatever the order of their ends.
 */
export const byMiss = (a: JobRecord, b: JobRecord): number =>
  Number(isMissed(b)) - Number(isMissed(a)) ||
  descending(latenessNs(a), latenessNs(b)) ||
  a.releaseNs - b.releaseNs ||
  a.taskIndex - b.taskIndex ||
  a.jobIndex - b.jobIndex;

const isMissed = (job: JobRecord): boolean => jobOutcome(job) !== "met";

/** Without deadlines both are -Infinity. */
const descending = (a: number, b: number): number => (a === b ? 0 : b - a);

export interface JobCount {
  readonly observer: Observer;
  /** Says why there is no such job. */
  absence(): string;
}

/** Watches the jobs of a task for the message about one that is not there. */
export function jobCount({ scenario }: Program, { taskIndex, jobIndex }: JobIndexes): JobCount {
  let count = 0;
  let below: number | undefined;
  let above: number | undefined;
  const observer = listenToEnds((job) => {
    if (job.taskIndex !== taskIndex) return;
    count += 1;
    if (job.jobIndex < jobIndex) below = Math.max(below ?? 0, job.jobIndex);
    else above = Math.min(above ?? Infinity, job.jobIndex);
  });
  const absence = (): string => {
    const { id } = scenario.tasks[taskIndex]!;
    if (count === 0) return `task ${quote(id)} has no job in this run`;
    const nearest = [below, above].filter((each) => each !== undefined).join(" and ");
    return `task ${quote(id)} has no job ${jobIndex} in this run; it has ${count}, counted from 0, and the nearest is ${nearest}`;
  };
  return { observer, absence };
}
