/**
 * Highest priority first, preemptive. Source: P-HPF in PREMA (HPCA 2020).
 * Adaptation: on several accelerators, a waiting job that no idle accelerator can run stops the running job of lowest
 * priority (of equals, the one dispatched last), if that priority is lower than its own; see preemptor.ts.
 */
import type { RunningJob } from "../core/scheduler.ts";
import { defineScheduler } from "./define-scheduler.ts";
import { byPriority } from "./np-hpf.ts";
import { mechanism } from "./preemption-mechanism.ts";
import { firstInOrder, type PreemptionRules, Preemptor } from "./preemptor.ts";
import { outrankReason, rankedParameters, rankedPolicy } from "./ranked.ts";
import { layersOf } from "./shared-parameters.ts";

export const hpf = defineScheduler({
  name: "hpf",
  summary: "highest priority first; stops lower-priority work in the middle of a layer",
  source: "P-HPF baseline of PREMA (HPCA 2020)",
  parameters: { ...rankedParameters("model"), mechanism: mechanism("checkpoint") },
  create(_platform, { mechanism, ...parameters }) {
    const policy = rankedPolicy(byPriority, parameters);
    if (mechanism === "none") return policy;
    const rules: PreemptionRules = {
      next: firstInOrder(layersOf(parameters.granularity)),
      outranks: (waiting, running) => waiting.priority > running.priority,
      givesWayBefore,
      reason: (...given) => outrankReason(byPriority, ...given),
    };
    const preemptor = new Preemptor(rules, mechanism);
    return { ...policy, preempt: (view, decisions) => void preemptor.preempt(view, decisions) };
  },
});

function givesWayBefore(a: RunningJob, b: RunningJob): boolean {
  return a.priority < b.priority || (a.priority === b.priority && a.dispatchedNs > b.dispatchedNs);
}
