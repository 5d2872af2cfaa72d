// Hot: called once or more a decision.
/** Ways to pick an accelerator; ties go to the first in order. */
import type { AcceleratorView, DispatchOptions, ReadyJob, View } from "../core/scheduler.ts";

/** For `run`: the next layer only. */
export const oneLayer: DispatchOptions = { layers: 1 };

/** The accelerator with the least cost for a job; undefined where none can run it (cost Infinity). */
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

/** Gives a job the idle accelerator that ends first what one decision runs of it: a layer, a block, or all that is left. */
export function placeFastest(layers: number): (view: View, job: ReadyJob) => AcceleratorView | undefined {
  if (layers === 1) return fastestForLayer;
  const latency = (job: ReadyJob, accelerator: AcceleratorView) => job.blockNs(layers, accelerator);
  return (view, job) => cheapest(view.idleAccelerators, job, latency);
}

/** The idle accelerator that ends the job's next layer first. Spelt out: the commonest choice of all. */
export function fastestForLayer(view: View, job: ReadyJob): AcceleratorView | undefined {
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

export const remainingLatency = (job: ReadyJob, accelerator: AcceleratorView): number => job.remainingNs(accelerator);
/** Energy-delay product of what is left of the job. */
export const remainingEdp = (job: ReadyJob, accelerator: AcceleratorView): number =>
  job.remainingNs(accelerator) * job.remainingPj(accelerator);

/** Whether a job comes before another in the order of all ties: release, then task, then job. */
export function arrivedBefore(a: ReadyJob, b: ReadyJob): boolean {
  if (a.releaseNs !== b.releaseNs) return a.releaseNs < b.releaseNs;
  return a.task.index < b.task.index || (a.task === b.task && a.jobIndex < b.jobIndex);
}
