/**
 * Supernet switching runs a lighter variant if the load leaves no room for the original. Source: DREAM (ASPLOS 2023) /
 * SDRM3: a job that has not started runs the heaviest variant that the load allows.
 * Adaptation: the load allows a variant if it should finish by the deadline after all work that is due no later (waiting
 * and running jobs, shared evenly among the accelerators). If it allows none, the lightest runs. The choice is made
 * when MapScore picks the job to start, at most once per instant. It is not repeated at switch points, because a policy
 * cannot see the cost of another variant's remaining layers.
 */
import type { AcceleratorView, Platform, ReadyJob, Reason, TaskView, View } from "../../core/scheduler.ts";

interface Variant {
  readonly index: number;
  /** Mean over the accelerators that can run all of it. */
  readonly toGoNs: number;
  /** On the fastest of them. */
  readonly minToGoNs: number;
}

/** Undefined if no task has variants to choose from. */
export function supernetSwitching(platform: Platform): SupernetSwitching | undefined {
  const switching = new SupernetSwitching(platform);
  return switching.hasChoice ? switching : undefined;
}

export class SupernetSwitching {
  readonly #accelerators: readonly AcceleratorView[];
  /** Of each task, heaviest first; empty if there is nothing to choose. */
  readonly #variants: readonly (readonly Variant[])[];
  /** When a job's variant was last chosen, by slot. */
  readonly #chosenNs: number[] = [];

  constructor({ accelerators, tasks }: Platform) {
    this.#accelerators = accelerators;
    this.#variants = tasks.map((task) => variantsOf(task, accelerators));
  }

  get hasChoice(): boolean {
    return this.#variants.some((variants) => variants.length > 1);
  }

  released(job: ReadyJob): void {
    this.#chosenNs[job.slot] = -Infinity;
  }

  /** The variant for a job that is about to start; undefined: it keeps its own. */
  change(job: ReadyJob, view: View): number | undefined {
    if (job.hasStarted || !job.canChooseVariant) return undefined;
    const variants = this.#variants[job.task.index]!;
    if (variants.length < 2) return undefined;
    if (this.#chosenNs[job.slot] === view.nowNs) return undefined;
    this.#chosenNs[job.slot] = view.nowNs;
    const startNs = this.#startNs(job, view);
    const heaviest = variants.find(({ toGoNs }) => startNs + toGoNs <= job.deadlineNs);
    const { index } = heaviest ?? variants.at(-1)!;
    return index === job.variantIndex ? undefined : index;
  }

  /** Explains a change of variant in this view. */
  reason(job: ReadyJob, variantIndex: number, view: View): Reason {
    const { toGoNs } = this.#variants[job.task.index]!.find(({ index }) => index === variantIndex)!;
    const terms = { waitNs: this.#startNs(job, view) - view.nowNs, toGoNs, slackNs: job.deadlineNs - view.nowNs };
    const isInTime = terms.waitNs + toGoNs <= terms.slackNs;
    const name = job.task.variantNames[variantIndex]!;
    const rule = isInTime ? `${name}, the heaviest variant in time` : `${name}, the lightest variant: none is in time`;
    return { rule, candidates: [{ job, terms }] };
  }

  /** The least time that a job still needs, ns; in the lightest variant, if that can still be chosen. */
  minToGoNs(job: ReadyJob): number {
    if (job.hasStarted) return job.minRemainingNs;
    const lightest = this.#variants[job.task.index]!.at(-1);
    return lightest === undefined ? job.minRemainingNs : Math.min(job.minRemainingNs, lightest.minToGoNs);
  }

  /** When a job should start: after all work that is due no later, shared among the accelerators. */
  #startNs(job: ReadyJob, view: View): number {
    return view.nowNs + this.#workAheadNs(job, view) / this.#accelerators.length;
  }

  /** What is left of all other jobs that are due no later, ns. */
  #workAheadNs(job: ReadyJob, { readyJobs, runningJobs }: View): number {
    let sumNs = 0;
    for (const waiting of readyJobs) if (waiting !== job && isAhead(waiting, job)) sumNs += waiting.meanRemainingNs;
    for (const running of runningJobs) if (isAhead(running, job)) sumNs += running.meanRemainingNowNs;
    return sumNs;
  }
}

/** Work that no accelerator can run delays no other job. */
const isAhead = (other: ReadyJob, job: ReadyJob): boolean =>
  other.deadlineNs <= job.deadlineNs && other.meanRemainingNs < Infinity;

/** The variants that some accelerator can run completely, heaviest first. */
function variantsOf(task: TaskView, accelerators: readonly AcceleratorView[]): readonly Variant[] {
  if (task.variantNames.length < 2) return [];
  const variants = task.variantNames.map((_, index): Variant => {
    const latenciesNs = accelerators.map((accelerator) => task.isolatedNs(accelerator, index)).filter(Number.isFinite);
    const sumNs = latenciesNs.reduce((sum, latencyNs) => sum + latencyNs, 0);
    return { index, toGoNs: sumNs / latenciesNs.length, minToGoNs: Math.min(...latenciesNs) };
  });
  return variants.filter(({ minToGoNs }) => minToGoNs < Infinity).sort((a, b) => b.toGoNs - a.toGoNs);
}
