/**
 * How a waiting job gets the accelerator of a running one. Source: Choi and Rhu, PREMA, HPCA 2020: the mechanisms
 * CHECKPOINT, KILL and DRAIN as static choices, and the dynamic choice of algorithm 3.
 * Adaptation: PREMA's DRAIN waits for the end of the job. As a static choice that means no preemption, which is `none`
 * here. `drain` is the core's: it stops the job at the end of its running layer. If an accelerator does not support a
 * mechanism, it drains. The core decides what a checkpoint saves, where it stops and what it costs: the live
 * activations, at the next tile end, one transfer out before the other job starts and one in before it resumes.
 */
import type { ReadyJob, Reason, RunningJob } from "../core/scheduler.ts";
import type { ChoiceParameter } from "./define-scheduler.ts";

/** How running work is stopped; `dynamic`: by a checkpoint or not at all, by PREMA's algorithm 3. */
export type Mechanism = "dynamic" | "checkpoint" | "kill" | "drain" | "none";

/** The kinds of preemption in the core. */
type Preemption = "checkpoint" | "kill" | "drain";

/** Declares the parameter for how running work is stopped. */
export const mechanism = (byDefault: Mechanism): ChoiceParameter<Mechanism> => ({
  kind: "choice",
  summary:
    "how running work is stopped: dynamic is a checkpoint or no stop, by PREMA's algorithm 3; drain ends the layer",
  default: byDefault,
  choices: ["dynamic", "checkpoint", "kill", "drain", "none"],
});

/** How to stop a running job for one that waits; undefined: let it run to its end. */
export function preemptionFor(
  waiting: ReadyJob,
  running: RunningJob,
  chosen: Exclude<Mechanism, "none">,
): Preemption | undefined {
  if (chosen === "dynamic") return isDrainKinder(waiting, running) ? undefined : supported(running, "checkpoint");
  return supported(running, chosen);
}

/**
 * Algorithm 3: the waiting job waits for the running one to end if a stop would slow down the running job more than the
 * wait slows down the waiting one. Each slowdown is relative to the job's estimated time on the accelerator in
 * question.
 */
function isDrainKinder(waiting: ReadyJob, running: RunningJob): boolean {
  return slowdownIfStopped(waiting, running) > slowdownIfDrained(waiting, running);
}

/** Explains algorithm 3: the job that is slowed down less comes first. */
export function mechanismReason(waiting: ReadyJob, running: RunningJob): Reason {
  const ifStopped = slowdownIfStopped(waiting, running);
  const ifDrained = slowdownIfDrained(waiting, running);
  const stopped = { job: running, score: ifStopped, terms: { slowdownIfStopped: ifStopped } };
  const drained = { job: waiting, score: ifDrained, terms: { slowdownIfDrained: ifDrained } };
  return isDrainKinder(waiting, running)
    ? { rule: "algorithm 3: drain, which slows down less", best: "least", candidates: [drained, stopped] }
    : { rule: "algorithm 3: checkpoint, which slows down no more", best: "least", candidates: [stopped, drained] };
}

function slowdownIfStopped(waiting: ReadyJob, running: RunningJob): number {
  return waiting.remainingNs(running.accelerator) / estimatedNs(running, running);
}

function slowdownIfDrained(waiting: ReadyJob, running: RunningJob): number {
  const { accelerator, runningUnits } = running;
  return running.remainingNowNs(accelerator, runningUnits) / estimatedNs(waiting, running);
}

/** The whole job, ns; at least 1, because a job may take no time. */
function estimatedNs({ task, variantIndex }: ReadyJob, { accelerator }: RunningJob): number {
  return Math.max(task.isolatedNs(accelerator, variantIndex), 1);
}

function supported({ accelerator }: RunningJob, wanted: Preemption): Preemption {
  if (wanted === "checkpoint") return accelerator.canCheckpoint ? wanted : "drain";
  if (wanted === "kill") return accelerator.canKill ? wanted : "drain";
  return wanted;
}
