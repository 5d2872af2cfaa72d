/**
 * TOKEN: PREMA's tokens without its predictor; candidates run in order of arrival. Source: baseline TOKEN of Choi and
 * Rhu, PREMA, HPCA 2020. Tokens still grow by wait / T_estimated, as in public implementations.
 */
import { defineScheduler } from "../define-scheduler.ts";
import { mechanism } from "../preemption-mechanism.ts";
import { arrivedBefore } from "../selection.ts";
import { readings } from "./readings.ts";
import { periodMs, tokenParameters, tokenPolicy } from "./token-policy.ts";
import type { CandidateOrder } from "./token-scheduling.ts";

const source = "TOKEN baseline of PREMA (HPCA 2020), algorithm 2 without prediction";
const order: CandidateOrder = {
  isFirst: arrivedBefore,
  isLast: (a, b) => arrivedBefore(b, a),
  key: { rule: "first come of those with enough tokens", term: "releaseNs", of: (job) => job.releaseNs },
};

export const token = defineScheduler({
  name: "token",
  summary: "PREMA's tokens, candidates in order of arrival; checkpoints or drains running work",
  source,
  parameters: { ...tokenParameters, mechanism: mechanism("dynamic"), periodMs },
  create: (platform, { reading, mechanism, periodMs, ...given }) =>
    tokenPolicy(platform, given, { reading: readings[reading], order, preemption: { mechanism, periodMs } }),
});

export const npToken = defineScheduler({
  name: "np-token",
  summary: "PREMA's tokens, candidates in order of arrival, no preemption",
  source,
  parameters: tokenParameters,
  create: (platform, { reading, ...given }) => tokenPolicy(platform, given, { reading: readings[reading], order }),
});
