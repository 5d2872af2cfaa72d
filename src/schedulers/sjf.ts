/**
 * Shortest job first, by the estimated time that is left. Source: textbook; SJF in PREMA (HPCA 2020).
 * With `granularity=layer` it is shortest remaining time first, preemptive at layer boundaries; with a `mechanism`, a
 * waiting job that is shorter than what is left of a running one stops it.
 * Adaptation: on several accelerators the estimate is the mean over them; the longest running job is stopped first.
 */
import type { ReadyJob, RunningJob, Scheduler } from "../core/scheduler.ts";
import { layersOf } from "./parameters.ts";
import { type Mechanism, mechanism } from "./preemption-mechanism.ts";
import { ranked } from "./ranked.ts";
import { firstInOrder, Takeover } from "./takeover.ts";

const npSjf = ranked({
  name: "sjf",
  summary: "shortest (remaining) job first",
  source: "textbook; SJF baseline of PREMA (HPCA 2020)",
  granularity: "model",
  rank: remainingNs,
});

export const sjf: Scheduler = {
  ...npSjf,
  parameters: [...npSjf.parameters, mechanism("none")],
  create(platform, parameters) {
    const policy = npSjf.create(platform, parameters);
    const chosen = parameters.mechanism as Mechanism;
    if (chosen === "none") return policy;
    const next = firstInOrder(layersOf(parameters));
    const outranks = (waiting: ReadyJob, running: RunningJob) => waiting.meanRemainingNs < running.meanRemainingNowNs;
    const givesWayBefore = (a: RunningJob, b: RunningJob) => a.meanRemainingNowNs > b.meanRemainingNowNs;
    const takeover = new Takeover({ next, outranks, givesWayBefore }, chosen);
    return { ...policy, preempt: (view, decisions) => void takeover.decide(view, view.runningJobs, decisions) };
  },
};

function remainingNs(job: ReadyJob): number {
  return job.meanRemainingNs;
}
