// Hot: runs once per dispatched block.
/**
 * PREMA's predictor: how long a job takes. Source: algorithm 1 of Choi and Rhu, HPCA 2020, sums a model of its layers.
 * Adaptation: the estimate is the cost table's (an expectation for dynamic models), whichever cost model made it; the
 * `systolic` one is that of algorithm 1. On several accelerators it is the time on the fastest one.
 */
import type { AcceleratorView, ReadyJob } from "../../core/scheduler.ts";

/** T_estimated: the whole job, ns; at least 1, because a job may take no time. */
export function estimatedNs(job: ReadyJob): number {
  return Math.max(job.isolatedNs, 1);
}

/** T_remaining = T_estimated - T_executed of a waiting or running job by now, ns. */
export function remainingNs(job: ReadyJob, accelerators: readonly AcceleratorView[]): number {
  let least = Infinity;
  for (let i = 0; i < accelerators.length; i++) {
    const left = job.remainingNowNs(accelerators[i]!);
    if (left < least) least = left;
  }
  return least;
}
