// Hot: called for every pair of a waiting job and an accelerator, in every rollout.
/**
 * The rules of the dispatcher, the same in a rollout and in a decision: which pairs of a job and an accelerator it
 * refuses, and the score of the others. docs/horizon.md explains them.
 */
import type { Order } from "./configuration.ts";

/**
 * How a job is served, least first. The plan may boost a job, before all others, or give it up, after them; a late job
 * comes last.
 */
export const standing = { boosted: -1, normal: 0, givenUp: 1, late: 2 } as const;

/** What a plan may choose. */
export type Mode = -1 | 0 | 1;

export const MODES: readonly Mode[] = [standing.boosted, standing.normal, standing.givenUp];

/** What a standing adds: more than any order term. */
const BELOW = 1e7;
/** The order term of a job without deadline: after every job that has one. */
const WITHOUT_DEADLINE = -1e6;
/** Accelerators whose energy is within 2 % of the least count as equally good. */
const NEAR_LEAST = Math.log(1.02);

/** Higher is first. `slackNs`: up to the deadline; `remainingNs`: of the job at its fastest. */
export function orderTerm(order: Order, slackNs: number, remainingNs: number, urgencyNs: number): number {
  let term = -slackNs / urgencyNs;
  if (order === "llf") term = -(slackNs - remainingNs) / urgencyNs;
  else if (order === "relative") term = -(slackNs - remainingNs) / Math.max(remainingNs, 1);
  return term > WITHOUT_DEADLINE ? term : WITHOUT_DEADLINE; // NaN too
}

export const standingTerm = (of: number): number => -BELOW * of;

/** Whether the job meets its deadline if it runs its next work in `workNs` (moves included) and the rest at its fastest. */
export const isInTime = (workNs: number, restNs: number, slackNs: number): boolean => workNs + restNs <= slackNs;

/** Whether a job has the room to wait for an accelerator of little energy. */
export const hasRoom = (of: number, remainingNs: number, slackNs: number, room: number): boolean =>
  of !== standing.late && remainingNs < room * slackNs;

/** A layer that takes less than this share of what is left of its job is not worth a move. */
const SLIGHT = 0.001;

/**
 * Whether a job stays where it ran last, whatever the costs of its next work there: moving for so little gains nothing,
 * and the place may be taken by a long layer of another job.
 */
export const staysFor = (workNs: number, remainingNs: number): boolean => workNs < SLIGHT * remainingNs;

/** Of a job with room: whether an accelerator is near the least energy. Both are log(least energy / energy). */
export const isThrifty = (energyGain: number, bestGain: number): boolean => energyGain >= bestGain - NEAR_LEAST;

/** The energy gain less what moving the job costs. */
export const gainWithMove = (energyGain: number, movePj: number, energyPj: number): number =>
  movePj > 0 ? energyGain - Math.log(1 + movePj / Math.max(energyPj, 1)) : energyGain;
