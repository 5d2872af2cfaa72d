/**
 * Highest priority first, preemptive. Source: P-HPF in PREMA (HPCA 2020).
 * Adaptation: several accelerators: each waiting job that outranks the lowest-priority running one stops it (latest
 * dispatch first among equals), where the accelerator supports `mechanism`; elsewhere the running layer is drained.
 */
import type { PreemptDecisions, RunningJob, RunningView, Scheduler } from "../core/scheduler.ts";
import { byPriority, npHpf } from "./np-hpf.ts";

type Mechanism = "checkpoint" | "kill" | "drain";

export const hpf: Scheduler = {
  name: "hpf",
  summary: "highest priority first; stops lower-priority work in the middle of a layer",
  source: "P-HPF baseline of PREMA (HPCA 2020)",
  parameters: [
    ...npHpf.parameters,
    {
      kind: "choice",
      name: "mechanism",
      summary: "how running work is stopped",
      default: "checkpoint",
      choices: ["checkpoint", "kill", "drain"],
    },
  ],
  create(platform, parameters) {
    const mechanism = parameters.mechanism as Mechanism;
    return {
      ...npHpf.create(platform, parameters),
      rank: byPriority,
      preempt: (view, decisions) => stopOutranked(view, decisions, mechanism),
    };
  },
};

function stopOutranked(view: RunningView, decisions: PreemptDecisions, mechanism: Mechanism): void {
  if (view.readyJobs.length === 0) return;
  // A job about to stop, or an idle accelerator, already makes room for one waiting job each.
  const idle = view.accelerators.filter((accelerator) => accelerator.freeUnits > 0).length;
  const roomMade = idle + view.runningJobs.filter((job) => job.isStopping).length;
  const victims = view.runningJobs.filter((job) => !job.isStopping).sort(byPriorityThenLatest);
  for (let i = 0; i < victims.length; i++) {
    const waiting = roomMade + i < view.readyJobs.length ? view.readyJobs.at(roomMade + i) : undefined;
    const victim = victims[i]!;
    if (waiting === undefined || victim.priority >= waiting.priority) return;
    decisions.preempt(victim, supported(victim, mechanism));
  }
}

const byPriorityThenLatest = (a: RunningJob, b: RunningJob): number =>
  a.priority - b.priority || b.dispatchedNs - a.dispatchedNs || a.accelerator.index - b.accelerator.index;

function supported({ accelerator }: RunningJob, mechanism: Mechanism): Mechanism {
  const isSupported = mechanism === "kill" ? accelerator.canKill : accelerator.canCheckpoint;
  return mechanism === "drain" || isSupported ? mechanism : "drain";
}
