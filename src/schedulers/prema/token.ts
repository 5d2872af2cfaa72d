/**
 * TOKEN: PREMA's tokens without its predictor: candidates run in order of arrival. Source: Choi and Rhu, PREMA, HPCA 2020,
 * baseline TOKEN. The token still grows by wait / T_estimated, as in the peers.
 */
import type { Scheduler } from "../../core/scheduler.ts";
import type { Mechanism } from "../preemption-mechanism.ts";
import { arrivedBefore } from "../selection.ts";
import { premaFamily } from "./prema-family.ts";
import type { CandidateOrder } from "./token-scheduling.ts";

export const token = member(
  "token",
  "PREMA's tokens, candidates in order of arrival; checkpoints or drains running work",
);
export const npToken = member("np-token", "PREMA's tokens, candidates in order of arrival, no preemption", "none");

function member(name: string, summary: string, mechanism?: Mechanism): Scheduler {
  const source = "TOKEN baseline of PREMA (HPCA 2020), algorithm 2 without prediction";
  const how = mechanism === undefined ? {} : { mechanism };
  return premaFamily({ name, summary, source, order: () => byArrival, orderParameters: [], ...how });
}

const byArrival: CandidateOrder = { isFirst: arrivedBefore, isLast: (a, b) => arrivedBefore(b, a) };
