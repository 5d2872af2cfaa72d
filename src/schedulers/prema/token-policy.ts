/** The base of all PREMA and TOKEN schedulers, preemptive or not: their parameters, and the policy made from them. */
import type { Platform, Policy } from "../../core/scheduler.ts";
import type { NumberParameter, TextParameter, ValuesOf } from "../define-scheduler.ts";
import type { Mechanism } from "../preemption-mechanism.ts";
import { granularity, lateDrop, layersOf } from "../shared-parameters.ts";
import { type Reading, reading } from "./readings.ts";
import { SchedulingPeriod } from "./scheduling-period.ts";
import { TokenLedger } from "./token-ledger.ts";
import { TokenQueue } from "./token-queue.ts";
import { type CandidateOrder, type Preemption, TokenScheduling } from "./token-scheduling.ts";

const levels: TextParameter = {
  kind: "text",
  summary: "priority levels, rising, separated by commas; the threshold is the largest token rounded down to one",
  default: "1,3,9",
};

export const periodMs: NumberParameter = {
  kind: "number",
  summary: "scheduling period: running jobs are reconsidered when it ends, ms",
  default: 0.25,
  min: 0.000001,
};

export const tokenParameters = { granularity: granularity("model"), reading, levels, lateDrop };

/** The parameters without `reading`: `TokenRules` has the reading itself. */
export type TokenValues = Omit<ValuesOf<typeof tokenParameters>, "reading">;

export interface TokenRules {
  readonly reading: Reading;
  readonly order: CandidateOrder;
  /** Left out: running jobs are never stopped. */
  readonly preemption?: { readonly mechanism: Mechanism; readonly periodMs: number };
}

export function tokenPolicy(platform: Platform, given: TokenValues, rules: TokenRules): Policy {
  const { reading, order } = rules;
  const ledger = new TokenLedger(reading);
  const queue = new TokenQueue(ledger, levelsOf(given.levels), reading);
  const preemption = preemptionOf(rules);
  const layers = layersOf(given.granularity);
  const scheduling = new TokenScheduling(platform, { ledger, queue, order, layers, preemption });
  return {
    lateDrop: given.lateDrop,
    ...(order.rank === undefined ? {} : { rank: order.rank }),
    jobReleased: (job, nowNs) => scheduling.jobReleased(job, nowNs),
    jobEnded: () => scheduling.jobEnded(),
    decide: (view, decisions) => scheduling.decide(view, decisions),
    ...(preemption === undefined ? {} : { preempt: (view, decisions) => scheduling.preempt(view, decisions) }),
  };
}

function preemptionOf({ preemption, reading: { timer } }: TokenRules): Preemption | undefined {
  if (preemption === undefined || preemption.mechanism === "none") return undefined;
  return { mechanism: preemption.mechanism, period: new SchedulingPeriod(preemption.periodMs, timer) };
}

/** Throws RangeError for anything but rising numbers separated by commas. */
export function levelsOf(text: string): readonly number[] {
  const given = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const isRising = given.every((level, i) => Number.isFinite(level) && (i === 0 || level > given[i - 1]!));
  if (!isRising) throw new RangeError(`levels must be rising numbers separated by commas, got "${text}"`);
  return given;
}
