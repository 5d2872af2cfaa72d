/**
 * PREMA: among the jobs with the most tokens, the one with the least predicted time goes first; a waiting job may stop a
 * running one. Source: Choi and Rhu, PREMA: A Predictive Multi-task Scheduling Algorithm For Preemptible Neural
 * Processing Units, HPCA 2020. The full text was not available; readings.ts lists what that leaves open.
 * Takes: tokens, threshold and candidates (algorithm 2); the shortest estimated job among candidates; the period of
 * 0.25 ms; the choice between CHECKPOINT and DRAIN (algorithm 3).
 * Adaptation: see predictor.ts, token-ledger.ts, token-queue.ts, scheduling-period.ts, token-scheduling.ts, preemptor.ts
 * and preemption-mechanism.ts. A checkpoint saves the live activations, not the whole buffer, and takes time of its own:
 * that is the core's rule.
 */
import type { Platform, Policy, ReadyJob, Scheduler } from "../../core/scheduler.ts";
import { defineScheduler } from "../define-scheduler.ts";
import { type Mechanism, mechanism } from "../preemption-mechanism.ts";
import { estimatedNs, remainingNs } from "./predictor.ts";
import { type Reading, readings } from "./readings.ts";
import { periodMs, type TokenRules, type TokenValues, tokenParameters, tokenPolicy } from "./token-policy.ts";
import type { CandidateOrder } from "./token-scheduling.ts";

const source = "Choi and Rhu, PREMA, HPCA 2020, algorithms 2 and 3";

export const prema = defineScheduler({
  name: "prema",
  summary: "PREMA: tokens, then the shortest predicted job; checkpoints or drains running work",
  source,
  parameters: { ...tokenParameters, mechanism: mechanism("dynamic"), periodMs },
  create: (platform, { mechanism, periodMs, ...given }) =>
    premaPolicy(platform, given, readings[given.reading], { mechanism, periodMs }),
});

export const premaCheckpoint = withMechanism("checkpoint", {
  name: "prema-checkpoint",
  summary: "PREMA with static preemption: always by checkpoint",
});

export const premaKill = withMechanism("kill", {
  name: "prema-kill",
  summary: "PREMA with static preemption: always by kill, progress is lost",
});

export const npPrema = defineScheduler({
  name: "np-prema",
  summary: "PREMA without preemption: tokens, then the shortest predicted job",
  source,
  parameters: tokenParameters,
  create: (platform, given) => premaPolicy(platform, given, readings[given.reading]),
});

function withMechanism(mechanism: Mechanism, about: { readonly name: string; readonly summary: string }): Scheduler {
  return defineScheduler({
    ...about,
    source,
    parameters: { ...tokenParameters, periodMs },
    create: (platform, { periodMs, ...given }) =>
      premaPolicy(platform, given, readings[given.reading], { mechanism, periodMs }),
  });
}

/** PREMA by any reading, named or not. */
export function premaPolicy(
  platform: Platform,
  given: TokenValues,
  reading: Reading,
  preemption?: TokenRules["preemption"],
): Policy {
  const order = byPrediction(platform, reading);
  return tokenPolicy(platform, given, { reading, order, ...(preemption !== undefined && { preemption }) });
}

function byPrediction({ accelerators }: Platform, { estimate }: Reading): CandidateOrder {
  return estimate === "whole"
    ? orderBy("estimatedNs", estimatedNs)
    : orderBy("remainingNs", (job) => remainingNs(job, accelerators));
}

function orderBy(term: string, of: (job: ReadyJob) => number): CandidateOrder {
  return {
    rank: of,
    isFirst: (waiting, running) => of(waiting) < of(running),
    isLast: (a, b) => of(a) > of(b),
    key: { rule: "shortest predicted job of those with enough tokens", term, of },
  };
}
