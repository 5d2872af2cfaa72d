/** From jobs to the tasks of a scenario: jobs of one task and cost share a task; jobs with dependents have their own. */
import type { Job } from "./job.ts";
import type { OrderedJob } from "./precedence.ts";

export interface JobTask {
  readonly id: string;
  readonly leastCost: number;
  readonly mostCost: number;
  /** In order of arrival. */
  readonly jobs: readonly OrderedJob[];
  /** Ids of the tasks that release it; none: its jobs arrive. */
  readonly after: readonly string[];
}

export function jobTasks(ordered: readonly OrderedJob[]): readonly JobTask[] {
  const parents = new Set(ordered.flatMap((each) => each.parents));
  const isChained = (each: OrderedJob): boolean => each.parents.length > 0 || parents.has(each);
  const groups = new Map<string, OrderedJob[]>();
  for (const each of ordered.filter((one) => !isChained(one))) {
    const { task, leastCost, mostCost } = each.job;
    const key = `${task} ${leastCost} ${mostCost}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  const idOf = new Map<OrderedJob, string>();
  for (const each of ordered.filter(isChained)) idOf.set(each, `task-${each.job.task}-job-${each.job.id}`);
  const chained = [...idOf].map(([each, id]) =>
    taskOf(
      id,
      [each],
      each.parents.map((parent) => idOf.get(parent)!),
    ),
  );
  const seen = new Map<string, number>();
  const grouped = [...groups.values()].map((jobs) => {
    const { task } = jobs[0]!.job;
    const number = (seen.get(task) ?? 0) + 1;
    seen.set(task, number);
    return taskOf(number === 1 ? `task-${task}` : `task-${task}-cost-${number}`, jobs, []);
  });
  return [...grouped, ...chained];
}

function taskOf(id: string, jobs: readonly OrderedJob[], after: readonly string[]): JobTask {
  const sorted = [...jobs].sort((a, b) => a.job.earliest - b.job.earliest);
  const { leastCost, mostCost } = sorted[0]!.job;
  return { id, leastCost, mostCost, jobs: sorted, after };
}

export interface Period {
  readonly period: number;
  readonly offset: number;
  readonly deadline: number;
}

/** The periods of all tasks, if each has the same gap between all its jobs up to the end of the set; else undefined. Of a single job it is the whole set. */
export function periodsOf(tasks: readonly JobTask[]): ReadonlyMap<JobTask, Period> | undefined {
  if (tasks.every(({ jobs }) => jobs.length === 1)) return undefined;
  const end = Math.max(...tasks.map(({ jobs }) => endOf(jobs.map(({ job }) => job))));
  const periods = new Map<JobTask, Period>();
  for (const task of tasks) {
    const jobs = task.jobs.map(({ job }) => job);
    const period = task.after.length > 0 ? undefined : periodOf(jobs, end);
    if (period === undefined) return undefined;
    periods.set(task, period);
  }
  return periods;
}

/** Where the next job would arrive, or the deadline of a single one. */
function endOf(jobs: readonly Job[]): number {
  const [first, second] = jobs;
  const gap = second === undefined ? 0 : second.earliest - first!.earliest;
  return gap === 0 ? first!.deadline : jobs.at(-1)!.earliest + gap;
}

function periodOf(jobs: readonly Job[], end: number): Period | undefined {
  const [first, second] = jobs;
  const { earliest: offset, latest, priority } = first!;
  const deadline = first!.deadline - offset;
  const period = second === undefined ? end - offset : second.earliest - offset;
  const fits = jobs.every(
    (job, k) =>
      job.earliest === offset + k * period &&
      job.latest - job.earliest === latest - offset &&
      job.deadline - job.earliest === deadline &&
      job.priority === priority,
  );
  return fits &&
    period > 0 &&
    offset < period &&
    offset + jobs.length * period >= end &&
    offset + (jobs.length - 1) * period < end
    ? { period, offset, deadline }
    : undefined;
}
