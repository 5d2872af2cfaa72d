/** What is known of the tasks for the cost of a rollout: what a missed job is worth, and a job's worst-case energy. */
import type { AcceleratorView, Platform, TaskView } from "../../core/scheduler.ts";

export class TaskFacts {
  /** [task]: what one missed job counts; 1 in the mean. */
  readonly value: Float64Array;
  /** [task]: the most energy that a whole job takes on any accelerator in any variant, pJ; Infinity: not known. */
  readonly worstPj: Float64Array;
  /** [task]: tasks that follow it, directly or not. */
  readonly descendants: Int32Array;

  /** `countShare`: share of the value that counts jobs instead of rates, 0 to 1. */
  constructor({ tasks, accelerators }: Platform, countShare: number) {
    this.value = valuesOf(tasks, countShare);
    this.worstPj = Float64Array.from(tasks, (task) => worstPjOf(task, accelerators));
    this.descendants = Int32Array.from(tasks, (task) => descendantsOf(task, tasks));
  }
}

/** Probability that a frame of the root reaches the task: that of its least likely parent, times its own. */
const chanceOf = (task: TaskView, tasks: readonly TaskView[]): number =>
  task.parents.length === 0
    ? 1
    : task.probability * Math.min(...task.parents.map((parent) => chanceOf(tasks[parent]!, tasks)));

const descendantsOf = (task: TaskView, tasks: readonly TaskView[]): number =>
  task.children.reduce((sum, child) => sum + 1 + descendantsOf(tasks[child]!, tasks), 0);

/**
 * A miss adds 1 / jobs to its task's violation rate, and UXCost sums the rates: so a miss of a slow task counts more. The
 * share of plain count makes misses alike, as SLA satisfaction does. Without a known rate a task counts as the mean.
 */
function valuesOf(tasks: readonly TaskView[], countShare: number): Float64Array {
  const perJob = tasks.map((task) => 1 / ((task.ratePerS ?? Number.NaN) * chanceOf(task, tasks)));
  const known = perJob.filter(Number.isFinite);
  const mean = known.reduce((sum, each) => sum + each, 0) / known.length;
  return Float64Array.from(perJob, (each) =>
    Number.isFinite(each) ? (1 - countShare) * (each / mean) + countShare : 1,
  );
}

function worstPjOf(task: TaskView, accelerators: readonly AcceleratorView[]): number {
  const energies = accelerators.flatMap((accelerator) =>
    task.variantNames
      .filter((_, v) => task.isolatedNs(accelerator, v) < Infinity)
      .map((_, v) => task.isolatedPj(accelerator, v)),
  );
  const worst = Math.max(0, ...energies);
  return worst > 0 ? worst : Infinity;
}
