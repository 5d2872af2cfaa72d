// Hot: called at least once per decision.
/** Ways to pick a job or an accelerator; ties go to the first in order. */
import type { AcceleratorView, DispatchOptions, IdleView, ReadyJob, Reason, View } from "../core/scheduler.ts";

/** For `run`: the next layer only. */
export const oneLayer: DispatchOptions = { layers: 1 };

/** Why a work-conserving policy waits. */
export const noneCanRun: Reason = { rule: "no idle accelerator can run a ready job" };

/** Chooses an idle accelerator for a job; undefined if none can run it. */
export type Place = (view: IdleView, job: ReadyJob) => AcceleratorView | undefined;

/** The first item with the least value; undefined if there are no items. Views of `decide` always have some. */
export function least<T>(items: SomeItems<T>, value: (item: T) => number): T;
export function least<T>(items: Items<T>, value: (item: T) => number): T | undefined;
export function least<T>(items: Items<T>, value: (item: T) => number): T | undefined {
  let best = items.at(0);
  let bestValue = best === undefined ? Infinity : value(best);
  for (let i = 1; i < items.length; i++) {
    const item = items.at(i)!;
    const itemValue = value(item);
    if (itemValue >= bestValue) continue;
    best = item;
    bestValue = itemValue;
  }
  return best;
}

/** The ready jobs of a view, or an array. */
export interface Items<T> {
  readonly length: number;
  /** The i-th, from 0; undefined beyond the last. */
  at(i: number): T | undefined;
}

/** Items that are known to be there: ready jobs and idle accelerators in `decide`, an array that begins with one. */
export type SomeItems<T> = (Items<T> & { readonly first: T }) | readonly [T, ...T[]];

/** A job on an accelerator, with its score. */
export interface Pair {
  readonly job: ReadyJob;
  readonly accelerator: AcceleratorView;
  readonly score: number;
}

/**
 * The pair of a ready job and an idle accelerator with the highest score, of those that can run the job's next layer;
 * undefined if no score is above -Infinity.
 */
export function bestPair(
  { readyJobs, idleAccelerators }: View,
  scoreOf: (job: ReadyJob, accelerator: AcceleratorView) => number,
): Pair | undefined {
  let best: Pair | undefined;
  for (let i = 0; i < readyJobs.length; i++) {
    const job = readyJobs.at(i);
    for (const accelerator of idleAccelerators) {
      if (job.latencyNs(accelerator) === Infinity) continue;
      const score = scoreOf(job, accelerator);
      if (score > (best?.score ?? -Infinity)) best = { job, accelerator, score };
    }
  }
  return best;
}

/** The accelerator with the least cost for a job; undefined if every cost is Infinity (it cannot run) or NaN. */
export function cheapest(
  accelerators: readonly AcceleratorView[],
  job: ReadyJob,
  cost: (job: ReadyJob, accelerator: AcceleratorView) => number,
): AcceleratorView | undefined {
  let best: AcceleratorView | undefined;
  let bestCost = Infinity;
  for (let i = 0; i < accelerators.length; i++) {
    const accelerator = accelerators[i]!;
    const acceleratorCost = cost(job, accelerator);
    if (acceleratorCost < bestCost) {
      best = accelerator;
      bestCost = acceleratorCost;
    }
  }
  return best;
}

/**
 * The accelerator of least energy-delay product for a job; undefined if none can run it. If the energy of one that can
 * run it is not known, products cannot be compared, so it is the one of least latency.
 */
export function leastEdp(
  accelerators: readonly AcceleratorView[],
  job: ReadyJob,
  latencyNs: JobCost,
  energyPj: JobCost,
): AcceleratorView | undefined {
  let best: AcceleratorView | undefined;
  let bestEdp = Infinity;
  for (let i = 0; i < accelerators.length; i++) {
    const accelerator = accelerators[i]!;
    const ns = latencyNs(job, accelerator);
    if (ns === Infinity) continue;
    const edp = ns * energyPj(job, accelerator);
    if (Number.isNaN(edp)) return cheapest(accelerators, job, latencyNs);
    if (edp < bestEdp) {
      best = accelerator;
      bestEdp = edp;
    }
  }
  return best;
}

/** What a job would take on an accelerator. */
export type JobCost = (job: ReadyJob, accelerator: AcceleratorView) => number;

/**
 * Chooses the idle accelerator that first ends what one decision runs: a layer, a block, or all that is left of a job.
 */
export function placeFastest(layers: number): Place {
  if (layers === 1) return fastestForLayer;
  const latency = (job: ReadyJob, accelerator: AcceleratorView) => job.blockNs(layers, accelerator);
  return (view, job) => cheapest(view.idleAccelerators, job, latency);
}

/**
 * The idle accelerator that ends the job's next layer first. Written without helpers: it is the most frequent choice.
 */
export function fastestForLayer(view: IdleView, job: ReadyJob): AcceleratorView | undefined {
  const { idleAccelerators } = view;
  let best: AcceleratorView | undefined;
  let bestNs = Infinity;
  for (let i = 0; i < idleAccelerators.length; i++) {
    const latencyNs = job.latencyNs(idleAccelerators[i]!);
    if (latencyNs < bestNs) {
      best = idleAccelerators[i];
      bestNs = latencyNs;
    }
  }
  return best;
}

/** Time that is left of a job on an accelerator, ns. */
export const remainingLatency = (job: ReadyJob, accelerator: AcceleratorView): number => job.remainingNs(accelerator);

/** Energy that is left of a job on an accelerator, pJ; NaN where it is not known. */
export const remainingEnergy = (job: ReadyJob, accelerator: AcceleratorView): number => job.remainingPj(accelerator);

/** Energy-delay product of what is left of a job on an accelerator, ns x pJ; NaN where its energy is not known. */
export const remainingEdp = (job: ReadyJob, accelerator: AcceleratorView): number =>
  job.remainingNs(accelerator) * job.remainingPj(accelerator);

/** Whether a job comes before another in the order that breaks all ties: release, then task, then job. */
export function arrivedBefore(a: ReadyJob, b: ReadyJob): boolean {
  if (a.releaseNs !== b.releaseNs) return a.releaseNs < b.releaseNs;
  return a.task.index < b.task.index || (a.task === b.task && a.jobIndex < b.jobIndex);
}

/** Whether a job of one key comes before a job of another: the lesser key first; ties as in `arrivedBefore`. */
export const comesBefore = (key: number, job: ReadyJob, otherKey: number, other: ReadyJob): boolean =>
  key < otherKey || (key === otherKey && arrivedBefore(job, other));
