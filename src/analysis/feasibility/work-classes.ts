/** The work of a task's jobs where rows of a trace scale it: a few classes, each as little work as its lightest job. */
import type { CostTable } from "../../core/costs.ts";
import { hasScales, type Scenario, type Task } from "../../core/scenario.ts";
import type { System } from "../../core/system.ts";
import { type JobWork, jobWork, type TimesOf } from "./job-work.ts";

export interface WorkClass {
  /** The least of its jobs, relative to the model's costs. */
  readonly scale: number;
  /** Of the task's jobs, 0 to 1. */
  readonly share: number;
  readonly work: JobWork;
}

/** By rising scale. */
export type WorkClasses = readonly [WorkClass, ...WorkClass[]];

/** Bounds the costs that are computed for a trace in which every row has a scale of its own. */
const MOST_CLASSES = 64;

/** A task that scales nothing has one of scale 1. */
export function workClasses(
  { durationNs }: Pick<Scenario, "durationNs">,
  task: Task,
  system: System,
  costs: CostTable,
  of: TimesOf,
): WorkClasses {
  const scales = scalesOf(task, durationNs).sort((a, b) => a - b);
  if (scales.length === 0) return [{ scale: 1, share: 1, work: jobWork(task.model, system, costs, of) }];
  const distinct = [...new Set(scales)];
  const perClass = Math.ceil(distinct.length / MOST_CLASSES);
  const starts = distinct.filter((_, i) => i % perClass === 0);
  const classes = starts.map((scale, i) => {
    const end = starts[i + 1] ?? Infinity;
    const jobs = scales.filter((each) => each >= scale && each < end).length;
    return { scale, share: jobs / scales.length, work: jobWork(task.model, system, costs, of, scale) };
  });
  return classes as [WorkClass, ...WorkClass[]];
}

/** Index of the class that a job of a scale belongs to. */
export const classOf = (classes: WorkClasses, scale: number): number =>
  classes.findLastIndex((each) => each.scale <= scale);

/** Work of an average job of a task relative to its model's costs. */
export function meanScale({ durationNs }: Pick<Scenario, "durationNs">, task: Task): number {
  const scales = scalesOf(task, durationNs);
  return scales.length === 0 ? 1 : scales.reduce((sum, scale) => sum + scale, 0) / scales.length;
}

/** Of all jobs that are released; empty where none is scaled. */
function scalesOf(task: Task, durationNs: number): number[] {
  const { release } = task;
  if (release.kind !== "trace" || !hasScales(task)) return [];
  return release.releases.filter(({ releaseNs }) => releaseNs < durationNs).map(({ scale = 1 }) => scale);
}
