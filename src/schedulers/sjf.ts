/**
 * Shortest job first, by the estimated time that is left. Source: textbook; SJF in PREMA (HPCA 2020).
 * With `granularity=layer` it is shortest remaining time first, preemptive at layer boundaries; with a `mechanism`, a
 * waiting job that is shorter than what is left of a running one stops it.
 * Adaptation: on several accelerators the estimate is the mean over them; the longest running job is stopped first.
 */
import type { ReadyJob, RunningJob } from "../core/scheduler.ts";
import { defineScheduler } from "./define-scheduler.ts";
import { mechanism } from "./preemption-mechanism.ts";
import { firstInOrder, Preemptor } from "./preemptor.ts";
import { rankedParameters, rankedPolicy } from "./ranked.ts";
import { layersOf } from "./shared-parameters.ts";

export const sjf = defineScheduler({
  name: "sjf",
  summary: "shortest (remaining) job first",
  source: "textbook; SJF baseline of PREMA (HPCA 2020)",
  parameters: { ...rankedParameters("model"), mechanism: mechanism("none") },
  create(_platform, { mechanism, ...parameters }) {
    const policy = rankedPolicy(remainingNs, parameters);
    if (mechanism === "none") return policy;
    const next = firstInOrder(layersOf(parameters.granularity));
    const outranks = (waiting: ReadyJob, running: RunningJob) => waiting.meanRemainingNs < running.meanRemainingNowNs;
    const givesWayBefore = (a: RunningJob, b: RunningJob) => a.meanRemainingNowNs > b.meanRemainingNowNs;
    const preemptor = new Preemptor({ next, outranks, givesWayBefore }, mechanism);
    return { ...policy, preempt: (view, decisions) => void preemptor.preempt(view, decisions) };
  },
});

function remainingNs(job: ReadyJob): number {
  return job.meanRemainingNs;
}
