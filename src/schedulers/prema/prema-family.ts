/** Makes PREMA's and TOKEN's schedulers, preemptive and not, of one set of parameters. */
import type { ParameterValues, Platform, Policy, Scheduler, SchedulerParameter } from "../../core/scheduler.ts";
import { type Mechanism, mechanism } from "../preemption-mechanism.ts";
import { granularity, lateDrop, layersOf } from "../shared-parameters.ts";
import { periodMs, SchedulingPeriod, timer } from "./scheduling-period.ts";
import { runningTokens, TokenLedger, type Wait, wait } from "./token-ledger.ts";
import {
  type Comparison,
  comparison,
  type FreshTokens,
  freshTokens,
  levels,
  levelsOf,
  TokenQueue,
} from "./token-queue.ts";
import { type CandidateOrder, TokenScheduling } from "./token-scheduling.ts";

export interface FamilyMember {
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  readonly order: (platform: Platform, parameters: ParameterValues) => CandidateOrder;
  /** What the order takes. */
  readonly orderParameters: readonly SchedulerParameter[];
  /** Where the name says it; left out: a parameter, dynamic by default. */
  readonly mechanism?: Mechanism;
}

export function premaFamily({ order, orderParameters, mechanism: fixed, ...about }: FamilyMember): Scheduler {
  const whole = { name: "granularity", ...granularity("model") };
  const late = { name: "lateDrop", ...lateDrop };
  const always = [whole, ...orderParameters, wait, levels, comparison, freshTokens, late];
  const chosen = fixed === undefined ? [{ name: "mechanism", ...mechanism("dynamic") }] : [];
  return {
    ...about,
    parameters: fixed === "none" ? always : [...always, ...chosen, periodMs, timer, runningTokens],
    create: (platform, given) =>
      createPolicy(platform, given, fixed ?? (given.mechanism as Mechanism), order(platform, given)),
  };
}

function createPolicy(platform: Platform, given: ParameterValues, how: Mechanism, order: CandidateOrder): Policy {
  const ledger = new TokenLedger(given.wait as Wait, given.runningTokens === "update" ? "update" : "keep");
  const queue = new TokenQueue(ledger, {
    levels: levelsOf(given.levels as string),
    comparison: given.comparison as Comparison,
    freshTokens: given.freshTokens as FreshTokens,
  });
  const period = how === "none" ? undefined : periodOf(given);
  const rules = { ledger, queue, period, mechanism: how, order, layers: layersOf(given.granularity as string) };
  const scheduling = new TokenScheduling(rules, platform);
  return {
    lateDrop: given.lateDrop as boolean,
    ...(order.rank === undefined ? {} : { rank: order.rank }),
    jobReleased: (job, nowNs) => scheduling.jobReleased(job, nowNs),
    jobEnded: () => scheduling.jobEnded(),
    decide: (view, decisions) => scheduling.decide(view, decisions),
    ...(how === "none" ? {} : { preempt: (view, decisions) => scheduling.preempt(view, decisions) }),
  };
}

const periodOf = ({ periodMs: lengthMs, timer: restarts }: ParameterValues): SchedulingPeriod =>
  new SchedulingPeriod(lengthMs as number, restarts as "dispatch" | "free");
