// Hot: asked for every live job, accelerator and number of units at each event.
/** What Planaria asks of a job: how long the rest takes on some units, and how few units meet its deadline. */
import type { AcceleratorView, ReadyJob } from "../../core/scheduler.ts";

/** Fewest units of an accelerator on which what is left takes at most `slackNs`; 0 where no number of them does. */
export function fewestUnits(job: ReadyJob, accelerator: AcceleratorView, slackNs: number): number {
  // In a long queue most jobs are late: nothing to look up.
  if (slackNs < 0) return 0;
  for (let units = 1; units <= accelerator.units; units++) {
    const ns = job.remainingNowNs(accelerator, units);
    if (ns <= slackNs && ns < Infinity) return units;
  }
  return 0;
}

/** The most units, up to `most`, on which an accelerator can run what is left; 0 where it cannot. */
export function ableUnits(job: ReadyJob, accelerator: AcceleratorView, most: number): number {
  for (let units = most; units > 0; units--) if (job.remainingNs(accelerator, units) < Infinity) return units;
  return 0;
}

/** The fewest units on which an accelerator can run what is left; 0 where it cannot. */
export function leastUnits(job: ReadyJob, accelerator: AcceleratorView): number {
  return fewestUnits(job, accelerator, Infinity);
}
