// Hot: runs for every live job, accelerator and number of units at each event.
/** A job's need in Planaria: the fewest units that meet its deadline, and the units that can run it at all. */
import type { AcceleratorView, ReadyJob } from "../../core/scheduler.ts";

/** The fewest units of an accelerator on which a job ends within its slack; 0 if no number of units is enough. */
export function fewestUnits(job: ReadyJob, accelerator: AcceleratorView, slackNs: number): number {
  // In a long queue most jobs are late: there is nothing to look up.
  if (slackNs < 0) return 0;
  for (let units = 1; units <= accelerator.units; units++) {
    const ns = job.remainingNowNs(accelerator, units);
    if (ns <= slackNs && ns < Infinity) return units;
  }
  return 0;
}

/** The most units, up to `most`, that can run what is left of a job; 0 if none can. */
export function ableUnits(job: ReadyJob, accelerator: AcceleratorView, most: number): number {
  for (let units = most; units > 0; units--) if (job.remainingNs(accelerator, units) < Infinity) return units;
  return 0;
}

/** The fewest units that can run what is left of a job; 0 if none can. */
export function leastUnits(job: ReadyJob, accelerator: AcceleratorView): number {
  return fewestUnits(job, accelerator, Infinity);
}
