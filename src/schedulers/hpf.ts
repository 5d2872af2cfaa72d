/**
 * Highest priority first, preemptive. Source: P-HPF in PREMA (HPCA 2020).
 * Adaptation: several accelerators: each waiting job that no idle accelerator can take stops the lowest-priority job
 * that it outranks on an accelerator that can run it (latest dispatch first among equals), where the accelerator supports
 * `mechanism`; elsewhere the running layer is drained.
 */
import type {
  AcceleratorView,
  PreemptDecisions,
  ReadyJob,
  RunningJob,
  RunningView,
  Scheduler,
} from "../core/scheduler.ts";
import { byPriority, npHpf } from "./np-hpf.ts";
import { layersOf } from "./parameters.ts";

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
    const layers = layersOf(parameters);
    const canRun = (job: ReadyJob, accelerator: AcceleratorView) => job.blockNs(layers, accelerator) < Infinity;
    return {
      ...npHpf.create(platform, parameters),
      rank: byPriority,
      preempt: (view, decisions) => stopOutranked(view, decisions, mechanism, canRun),
    };
  },
};

type CanRun = (job: ReadyJob, accelerator: AcceleratorView) => boolean;

function stopOutranked(view: RunningView, decisions: PreemptDecisions, mechanism: Mechanism, canRun: CanRun): void {
  // An idle accelerator, or one whose job is about to stop, makes room for one waiting job.
  const room = view.accelerators.filter((accelerator) => accelerator.freeUnits > 0);
  for (const job of view.runningJobs) if (job.isStopping) room.push(job.accelerator);
  const victims = view.runningJobs.filter((job) => !job.isStopping).sort(byPriorityThenLatest);
  for (let i = 0; i < view.readyJobs.length; i++) {
    const waiting = view.readyJobs.at(i);
    // Jobs wait in order of priority: where this one outranks nobody, the rest do not either.
    if (victims.length === 0 || victims[0]!.priority >= waiting.priority) return;
    if (takeFirst(room, (accelerator) => canRun(waiting, accelerator)) !== undefined) continue;
    const isOutranked = (job: RunningJob) => job.priority < waiting.priority && canRun(waiting, job.accelerator);
    const victim = takeFirst(victims, isOutranked);
    if (victim !== undefined) decisions.preempt(victim, supported(victim, mechanism));
  }
}

/** Takes the first that fits out of a list. */
function takeFirst<T>(list: T[], fits: (item: T) => boolean): T | undefined {
  const index = list.findIndex(fits);
  return index < 0 ? undefined : list.splice(index, 1)[0];
}

const byPriorityThenLatest = (a: RunningJob, b: RunningJob): number =>
  a.priority - b.priority || b.dispatchedNs - a.dispatchedNs || a.accelerator.index - b.accelerator.index;

function supported({ accelerator }: RunningJob, mechanism: Mechanism): Mechanism {
  const isSupported = mechanism === "kill" ? accelerator.canKill : accelerator.canCheckpoint;
  return mechanism === "drain" || isSupported ? mechanism : "drain";
}
