/**
 * Highest priority first, preemptive. Source: P-HPF in PREMA (HPCA 2020).
 * Adaptation: several accelerators: the lowest-priority running job (latest dispatch first among equals) is the first to
 * be stopped, for the first waiting job that outranks it and that no idle accelerator can take, see takeover.ts.
 */
import type { RunningJob, Scheduler } from "../core/scheduler.ts";
import { byPriority, npHpf } from "./np-hpf.ts";
import { layersOf } from "./parameters.ts";
import { type Mechanism, mechanism } from "./preemption-mechanism.ts";
import { firstInOrder, Takeover } from "./takeover.ts";

export const hpf: Scheduler = {
  name: "hpf",
  summary: "highest priority first; stops lower-priority work in the middle of a layer",
  source: "P-HPF baseline of PREMA (HPCA 2020)",
  parameters: [...npHpf.parameters, mechanism("checkpoint")],
  create(platform, parameters) {
    const policy = { ...npHpf.create(platform, parameters), rank: byPriority };
    const chosen = parameters.mechanism as Mechanism;
    if (chosen === "none") return policy;
    const next = firstInOrder(layersOf(parameters));
    const takeover = new Takeover(
      { next, outranks: (waiting, running) => waiting.priority > running.priority, givesWayBefore },
      chosen,
    );
    return { ...policy, preempt: (view, decisions) => void takeover.decide(view, view.runningJobs, decisions) };
  },
};

function givesWayBefore(a: RunningJob, b: RunningJob): boolean {
  return a.priority < b.priority || (a.priority === b.priority && a.dispatchedNs > b.dispatchedNs);
}
