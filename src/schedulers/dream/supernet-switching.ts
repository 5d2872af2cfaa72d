/**
 * Supernet switching: a lighter variant where the load leaves no room for the original. Source: DREAM (ASPLOS 2023) /
 * SDRM3: a job that has not started runs the heaviest variant that the load allows.
 * Adaptation: a variant is allowed if it is expected to finish by the deadline after all work that is due no later (waiting and
 * running jobs, shared evenly among the accelerators); none is: the lightest. Chosen when MapScore picks the job
 * to start, at most once an instant; not again at switch points, where the cost of the rest of other variants is not shown.
 */
import type { AcceleratorView, Platform, ReadyJob, Reason, TaskView, View } from "../../core/scheduler.ts";

interface Variant {
  readonly index: number;
  /** Mean over the accelerators that can run all of it. */
  readonly toGoNs: number;
  /** On the fastest of them. */
  readonly minToGoNs: number;
}

/** Undefined where no task has variants to choose from. */
export function supernetSwitching(platform: Platform): SupernetSwitching | undefined {
  const switching = new SupernetSwitching(platform);
  return switching.hasChoice ? switching : undefined;
}

export class SupernetSwitching {
  readonly #accelerators: readonly AcceleratorView[];
  /** Of each task, heaviest first; empty where there is nothing to choose. */
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

  /** The variant to give a job that is about to start; undefined: leave it as it is. */
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

  /** Why a job that is about to start gets another variant, from the same view. */
  reason(job: ReadyJob, variantIndex: number, view: View): Reason {
    const { toGoNs } = this.#variants[job.task.index]!.find(({ index }) => index === variantIndex)!;
    const terms = { waitNs: this.#startNs(job, view) - view.nowNs, toGoNs, slackNs: job.deadlineNs - view.nowNs };
    const isInTime = terms.waitNs + toGoNs <= terms.slackNs;
    const name = job.task.variantNames[variantIndex]!;
    const rule = isInTime ? `${name}, the heaviest variant in time` : `${name}, the lightest variant: none is in time`;
    return { rule, candidates: [{ job, terms }] };
  }

  /** What a job needs at least, ns: of the lightest variant where it may still be chosen. */
  minToGoNs(job: ReadyJob): number {
    if (job.hasStarted) return job.minRemainingNs;
    const lightest = this.#variants[job.task.index]!.at(-1);
    return lightest === undefined ? job.minRemainingNs : Math.min(job.minRemainingNs, lightest.minToGoNs);
  }

  /** When a job can be expected to start: after all work that is due no later, shared among the accelerators. */
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

/** Work that nothing can ever run is in nobody's way. */
const isAhead = (other: ReadyJob, job: ReadyJob): boolean =>
  other.deadlineNs <= job.deadlineNs && other.meanRemainingNs < Infinity;

/** The variants that some accelerator can run whole, heaviest first. */
function variantsOf(task: TaskView, accelerators: readonly AcceleratorView[]): readonly Variant[] {
  if (task.variantNames.length < 2) return [];
  const variants = task.variantNames.map((_, index): Variant => {
    const latenciesNs = accelerators.map((accelerator) => task.isolatedNs(accelerator, index)).filter(Number.isFinite);
    const sumNs = latenciesNs.reduce((sum, latencyNs) => sum + latencyNs, 0);
    return { index, toGoNs: sumNs / latenciesNs.length, minToGoNs: Math.min(...latenciesNs) };
  });
  return variants.filter(({ minToGoNs }) => minToGoNs < Infinity).sort((a, b) => b.toGoNs - a.toGoNs);
}
