/**
 * Shortest job first, by the estimated time that is left. Source: textbook; SJF in PREMA (HPCA 2020).
 * With `granularity=layer` this is shortest remaining time first, preemptive at layer boundaries. With a `mechanism`, a
 * waiting job stops a running one that has more left.
 * Adaptation: on several accelerators the estimate is the mean over them, and the longest running job is stopped first.
 */
import { defineScheduler } from "./define-scheduler.ts";
import { mechanism } from "./preemption-mechanism.ts";
import { firstInOrder, type PreemptionRules, Preemptor } from "./preemptor.ts";
import { type Order, outrankReason, rankedParameters, rankedPolicy } from "./ranked.ts";
import { layersOf } from "./shared-parameters.ts";

const byRemaining: Order = {
  rank: (job) => job.meanRemainingNs,
  reason: { rule: "least time left", term: "remainingNs", of: (job) => job.meanRemainingNowNs },
};

export const sjf = defineScheduler({
  name: "sjf",
  summary: "shortest (remaining) job first",
  source: "textbook; SJF baseline of PREMA (HPCA 2020)",
  parameters: { ...rankedParameters("model"), mechanism: mechanism("none") },
  create(_platform, { mechanism, ...parameters }) {
    const policy = rankedPolicy(byRemaining, parameters);
    if (mechanism === "none") return policy;
    const rules: PreemptionRules = {
      next: firstInOrder(layersOf(parameters.granularity)),
      outranks: (waiting, running) => waiting.meanRemainingNs < running.meanRemainingNowNs,
      givesWayBefore: (a, b) => a.meanRemainingNowNs > b.meanRemainingNowNs,
      reason: (...given) => outrankReason(byRemaining, ...given),
    };
    const preemptor = new Preemptor(rules, mechanism);
    return { ...policy, preempt: (view, decisions) => void preemptor.preempt(view, decisions) };
  },
});
