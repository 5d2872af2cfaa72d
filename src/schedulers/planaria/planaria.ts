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
import type { PreemptDecisions, ReadyJob, RunningView, View } from "../../core/scheduler.ts";
import { defineScheduler } from "../define-scheduler.ts";
import { lateDrop } from "../shared-parameters.ts";
import { Allotment } from "./allotment.ts";
import { changeReason, shareReason, waitReason } from "./allotment-reasons.ts";

export const planaria = defineScheduler({
  name: "planaria",
  summary: "splits accelerators: as many units as a job needs to be in time, the most urgent job first",
  source: "Ghodrati et al., Planaria, MICRO 2020",
  parameters: { lateDrop },
  create({ accelerators }, { lateDrop }) {
    const allotment = new Allotment(accelerators);
    const size = { units: 0 };
    let isDue = true;
    const allot = (view: RunningView): void => {
      allotment.clear(view.nowNs);
      for (let i = 0; i < view.readyJobs.length; i++) allotment.addReady(view.readyJobs.at(i));
      for (const job of view.runningJobs) allotment.addRunning(job);
      allotment.divide();
      isDue = false;
    };
    return {
      lateDrop,
      jobReleased() {
        isDue = true;
      },
      jobEnded() {
        isDue = true;
      },
      preempt(view, decisions) {
        if (!isDue) return;
        allot(view);
        stopChanged(view, decisions, allotment);
      },
      decide(view, decisions) {
        if (isDue) allot(view);
        const job = allotment.waiting === 0 ? undefined : startable(view, allotment);
        if (job === undefined) {
          if (decisions.explains) decisions.because(waitReason(allotment, view));
          return;
        }
        allotment.waiting -= 1;
        size.units = allotment.unitsOf(job);
        decisions.run(job, allotment.acceleratorOf(job)!, size);
        if (decisions.explains) decisions.because(shareReason(allotment, job));
      },
    };
  },
});

/** The first ready job whose units are free. */
function startable({ readyJobs }: View, allotment: Allotment): ReadyJob | undefined {
  for (let i = 0; i < readyJobs.length; i++) {
    const job = readyJobs.at(i);
    const units = allotment.unitsOf(job);
    const accelerator = allotment.acceleratorOf(job);
    if (units > 0 && accelerator !== undefined && accelerator.freeUnits >= units) return job;
  }
  return undefined;
}

/** Stops running jobs whose units or accelerator change. */
function stopChanged(view: RunningView, decisions: PreemptDecisions, allotment: Allotment): void {
  for (const job of view.runningJobs) {
    if (job.isStopping || allotment.isKept(job)) continue;
    decisions.preempt(job, job.accelerator.canCheckpoint ? "checkpoint" : "drain");
    if (decisions.explains) decisions.because(changeReason(allotment, job));
  }
}
