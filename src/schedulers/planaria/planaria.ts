/**
 * Planaria's scheduler. Source: Ghodrati et al., MICRO 2020
 * (docs/references.md#planaria-algorithm). The paper's text was not available. So the rules are checked only
 * against its authors' release (test/peers/planaria).
 * Takes: the events are arrivals and ends of jobs. At each event, units are divided by slack, fit and score
 * (allotment.ts). Each running job changes its size at the end of its own tile.
 * Adaptation: a job is stopped only if its units or its accelerator change.
 * Adaptation: a job waits until all units allotted to it are free; units may idle for part of a tile.
 * Adaptation: if an accelerator cannot stop inside a layer, sizes change at layer ends.
 * Adaptation: an accelerator without fission has one unit: need is 1 and the score is priority / slack.
 */
import type { Platform, Policy, PreemptDecisions, ReadyJob, RunningView, View } from "../../core/scheduler.ts";
import { defineScheduler, type ValuesOf } from "../define-scheduler.ts";
import { LONG_QUEUE, LongQueue } from "../long-queue.ts";
import { arrivedBefore } from "../selection.ts";
import { lateDrop } from "../shared-parameters.ts";
import { Allotment } from "./allotment.ts";
import { changeReason, shareReason, waitReason } from "./allotment-reasons.ts";
import { WaitingJobs } from "./waiting-jobs.ts";

export const planariaParameters = { lateDrop };

export const planaria = defineScheduler({
  name: "planaria",
  summary: "splits accelerators: as many units as a job needs to be in time, the most urgent job first",
  source: "Ghodrati et al., Planaria, MICRO 2020",
  parameters: planariaParameters,
  create: (platform, parameters) => planariaPolicy(platform, parameters, LONG_QUEUE),
});

/** `longQueue`: number of waiting jobs above which they are indexed, at least 2. It changes the speed only. */
export function planariaPolicy(
  { accelerators }: Platform,
  { lateDrop }: ValuesOf<typeof planariaParameters>,
  longQueue: number,
): Policy {
  const allotment = new Allotment(accelerators);
  const waiting = new WaitingJobs();
  const queue = new LongQueue(waiting, longQueue);
  const size = { units: 0 };
  let isDue = true;
  const allot = (view: RunningView, jobs: WaitingJobs | undefined): void => {
    allotment.clear(view.nowNs);
    if (jobs !== undefined) allotment.addWaiting(jobs);
    else for (let i = 0; i < view.readyJobs.length; i++) allotment.addReady(view.readyJobs.at(i));
    for (const job of view.runningJobs) allotment.addRunning(job);
    allotment.divide();
    isDue = false;
  };
  /** The waiting jobs, if there are many; reasons need a look at each. */
  const indexed = (view: RunningView, { explains }: { readonly explains: boolean }): WaitingJobs | undefined =>
    !explains && queue.isIndexed(view) ? waiting : undefined;
  return {
    lateDrop,
    jobReleased(job) {
      isDue = true;
      queue.released(job);
    },
    jobEnded(job) {
      isDue = true;
      queue.ended(job);
    },
    preempt(view, decisions) {
      if (!isDue) return;
      allot(view, indexed(view, decisions));
      stopChanged(view, decisions, allotment);
    },
    decide(view, decisions) {
      const jobs = indexed(view, decisions);
      if (isDue) allot(view, jobs);
      const job = startable(view, allotment);
      if (job === undefined) {
        if (decisions.explains) decisions.because(waitReason(allotment, view));
        return;
      }
      allotment.starts(job);
      queue.runs(job);
      size.units = allotment.unitsOf(job);
      decisions.run(job, allotment.acceleratorOf(job)!, size);
      if (decisions.explains) decisions.because(shareReason(allotment, job));
    },
  };
}

/** The first ready job whose units are free. */
function startable({ runningJobs }: View, allotment: Allotment): ReadyJob | undefined {
  // They stop first.
  const running: readonly ReadyJob[] = runningJobs;
  let first: ReadyJob | undefined;
  for (const job of allotment.waiting) {
    const isFree = allotment.acceleratorOf(job)!.freeUnits >= allotment.unitsOf(job);
    if (isFree && !running.includes(job) && (first === undefined || arrivedBefore(job, first))) first = job;
  }
  return first;
}

/** Stops running jobs whose units or accelerator change. */
function stopChanged(view: RunningView, decisions: PreemptDecisions, allotment: Allotment): void {
  for (const job of view.runningJobs) {
    if (job.isStopping || allotment.isKept(job)) continue;
    decisions.preempt(job, job.accelerator.canCheckpoint ? "checkpoint" : "drain");
    if (decisions.explains) decisions.because(changeReason(allotment, job));
  }
}
