/**
 * How a waiting job gets the accelerator of a running one. Source: Choi and Rhu, PREMA, HPCA 2020: the mechanisms
 * CHECKPOINT, KILL and DRAIN, each as a static choice, and the dynamic selection of algorithm 3.
 * Adaptation: PREMA's DRAIN waits for the end of the job, which as a static choice means no preemption: that is `none`
 * here, and `drain` is the core's, which stops the job at the end of its running layer. A mechanism that an accelerator
 * does not support is a drain there. What a checkpoint saves, where it stops and what it costs is the core's part:
 * the live activations, at the next tile end, one transfer out before the other job starts and one in before it resumes.
 */
import type { ReadyJob, Reason, RunningJob } from "../core/scheduler.ts";
import type { ChoiceParameter } from "./define-scheduler.ts";

/** How running work is stopped; `dynamic`: by a checkpoint or not at all, by PREMA's algorithm 3. */
export type Mechanism = "dynamic" | "checkpoint" | "kill" | "drain" | "none";

/** What the core knows. */
type Preemption = "checkpoint" | "kill" | "drain";

/** Declares the parameter that says how running work is stopped. */
export const mechanism = (byDefault: Mechanism): ChoiceParameter<Mechanism> => ({
  kind: "choice",
  summary:
    "how running work is stopped: dynamic is a checkpoint or no stop, by PREMA's algorithm 3; drain ends the layer",
  default: byDefault,
  choices: ["dynamic", "checkpoint", "kill", "drain", "none"],
});

/** How to stop a running job for one that waits; undefined: not at all, it runs to its end. */
export function preemptionFor(
  waiting: ReadyJob,
  running: RunningJob,
  chosen: Exclude<Mechanism, "none">,
): Preemption | undefined {
  if (chosen === "dynamic") return isDrainKinder(waiting, running) ? undefined : supported(running, "checkpoint");
  return supported(running, chosen);
}

/**
 * Algorithm 3: the waiting job waits for the running one to end if being stopped would slow the running job down more
 * than waiting slows down the waiting one, each by its own estimated time; all on the accelerator in question.
 */
function isDrainKinder(waiting: ReadyJob, running: RunningJob): boolean {
  return slowdownIfStopped(waiting, running) > slowdownIfDrained(waiting, running);
}

/** Why algorithm 3 stops a running job or does not; the choice is who is slowed down less. */
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
  return remainingNowNs(running) / estimatedNs(waiting, running);
}

/** The whole job, ns; at least 1, as jobs of no length are allowed. */
function estimatedNs({ task, variantIndex }: ReadyJob, { accelerator }: RunningJob): number {
  return Math.max(task.isolatedNs(accelerator, variantIndex), 1);
}

/** What is left of a running job on its accelerator by now, ns. */
function remainingNowNs(job: RunningJob): number {
  return job.remainingNowNs(job.accelerator, job.runningUnits);
}

function supported({ accelerator }: RunningJob, wanted: Preemption): Preemption {
  if (wanted === "checkpoint") return accelerator.canCheckpoint ? wanted : "drain";
  if (wanted === "kill") return accelerator.canKill ? wanted : "drain";
  return wanted;
}
