// Hot: called once or more a decision.
/** Ways to pick a job or an accelerator; ties go to the first in order. */
import type { AcceleratorView, JobList, ReadyJob, View } from "../core/scheduler.ts";

/** The first job with the least key. */
export function least<T extends ReadyJob>(jobs: JobList<T>, key: (job: T) => number): T {
  let best = jobs.first;
  let bestKey = key(best);
  for (let i = 1; i < jobs.length; i++) {
    const job = jobs.at(i);
    const jobKey = key(job);
    if (jobKey < bestKey) {
      best = job;
      bestKey = jobKey;
    }
  }
  return best;
}

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
