/**
 * PREMA: among the jobs with the most tokens the one with the least predicted time goes first; a waiting one may stop a
 * running one. Source: Choi and Rhu, PREMA: A Predictive Multi-task Scheduling Algorithm For Preemptible Neural
 * Processing Units, HPCA 2020; no full text was at hand, see ../shared/reference/prema.md.
 * Takes: tokens, threshold and candidates (algorithm 2), shortest estimated job among candidates, the 0.25 ms period, and the
 * choice of CHECKPOINT or DRAIN (algorithm 3). What the notes call open is a parameter.
 * Adaptation: one choice each in predictor.ts, token-ledger.ts, token-queue.ts, scheduling-period.ts, token-scheduling.ts,
 * takeover.ts and preemption-mechanism.ts. Checkpoints save live activations (not the whole buffer), outside of execution: the core's rule.
 */
import type {
  ParameterValues,
  Platform,
  ReadyJob,
  RunningJob,
  Scheduler,
  SchedulerParameter,
} from "../../core/scheduler.ts";
import type { Mechanism } from "../preemption-mechanism.ts";
import { estimatedNs, remainingNowNs, remainingNs } from "./predictor.ts";
import { premaFamily } from "./prema-family.ts";
import type { CandidateOrder } from "./token-scheduling.ts";

const estimate: SchedulerParameter = {
  kind: "choice",
  name: "estimate",
  summary: "predicted time by which candidates are in order: what remains of the job, or the whole job",
  default: "remaining",
  choices: ["remaining", "whole"],
};

export const prema = member(
  "prema",
  "PREMA: tokens, then the shortest predicted job; checkpoints or drains running work",
);
export const premaCheckpoint = member(
  "prema-checkpoint",
  "PREMA with static preemption: always by checkpoint",
  "checkpoint",
);
export const premaKill = member("prema-kill", "PREMA with static preemption: always by kill, progress is lost", "kill");
export const npPrema = member("np-prema", "PREMA without preemption: tokens, then the shortest predicted job", "none");

function member(name: string, summary: string, mechanism?: Mechanism): Scheduler {
  const source = "Choi and Rhu, PREMA, HPCA 2020, algorithms 2 and 3";
  const how = mechanism === undefined ? {} : { mechanism };
  return premaFamily({ name, summary, source, order: byEstimate, orderParameters: [estimate], ...how });
}

function byEstimate({ accelerators }: Platform, parameters: ParameterValues): CandidateOrder {
  if (parameters.estimate === "whole") return orderBy(estimatedNs, estimatedNs);
  return orderBy(
    (job) => remainingNs(job, accelerators),
    (job) => remainingNowNs(job, accelerators),
  );
}

function orderBy(rank: (job: ReadyJob) => number, rankNow: (job: RunningJob) => number): CandidateOrder {
  return {
    rank,
    isFirst: (waiting, running) => rank(waiting) < rankNow(running),
    isLast: (a, b) => rankNow(a) > rankNow(b),
  };
}
