/** How far a policy is from others over many cases: geometric means with intervals, worst cases, and SLA. */
import { BOOTSTRAP_FROM_SEEDS } from "../../../analysis/statistics/interval-method.ts";
import { mean } from "../../../analysis/statistics/mean.ts";
import { meanInterval } from "../../../analysis/statistics/mean-estimate.ts";
import type { Interval } from "../../../records/interval.ts";
import { type HorizonCase, leastGuarded, type Outcome } from "./runs.ts";

/** A ratio above it is a clear loss. */
export const LOSS = 1.1;

/** Whom horizon is compared with in a case; undefined: nobody. */
export type Rival = (own: HorizonCase) => Outcome | undefined;

/** The best of all others, chosen anew for each case. */
export const best: Rival = ({ rivals }) => leastGuarded(rivals);

/** DREAM tuned for the case is one of the others. */
export const bestOrTuned: Rival = ({ rivals, tuned }) =>
  leastGuarded(tuned === undefined ? rivals : [...rivals, tuned]);

export const tunedDream: Rival = ({ tuned }) => tuned;

export const policyNamed =
  (policy: string): Rival =>
  ({ rivals }) =>
    rivals.find((rival) => rival.policy === policy);

/** Some other policy meets every deadline with every seed. */
export const isMeetable = ({ rivals }: HorizonCase): boolean => rivals.some(({ violations }) => violations === 0);

/** One case against a rival. */
export interface Match {
  readonly at: HorizonCase;
  readonly rival: Outcome;
  /** Guarded UXCost over the rival's. */
  readonly ratio: number;
  /** SLA satisfaction above the rival's, -1 to 1. */
  readonly slaGain: number;
}

export const matchesOf = (cases: readonly HorizonCase[], rivalOf: Rival): readonly Match[] =>
  cases.flatMap((at) => {
    const rival = rivalOf(at);
    if (rival === undefined) return [];
    return [{ at, rival, ratio: at.ours.guarded / rival.guarded, slaGain: at.ours.sla - rival.sla }];
  });

export interface Geomean {
  readonly ratio: number;
  /** Over the cases; undefined for a single one. */
  readonly interval: Interval | undefined;
}

/** undefined without a ratio. */
export function geomean(ratios: readonly number[]): Geomean | undefined {
  if (ratios.length === 0) return undefined;
  const logs = ratios.map(Math.log);
  const interval = meanInterval(logs, ratios.length >= BOOTSTRAP_FROM_SEEDS ? "bootstrap" : "t");
  return {
    ratio: Math.exp(mean(logs)),
    interval: interval && { low: Math.exp(interval.low), high: Math.exp(interval.high) },
  };
}

export const geomeanOf = (matches: readonly Match[]): Geomean | undefined => geomean(matches.map(({ ratio }) => ratio));

/** Of a policy to the lower bound, in the cases that have one. */
export const geomeanToBound = (cases: readonly HorizonCase[], policyOf: Rival): Geomean | undefined =>
  geomean(
    cases.flatMap((at) => {
      const policy = policyOf(at);
      return policy === undefined || at.leastGuarded === undefined ? [] : [policy.guarded / at.leastGuarded];
    }),
  );

/** undefined without a match. */
export const worstOf = (matches: readonly Match[]): Match | undefined => byRatio(matches)[0];

/** The largest ratio first. */
export const byRatio = (matches: readonly Match[]): readonly Match[] => [...matches].sort((a, b) => b.ratio - a.ratio);

/** The largest loss first. */
export const bySla = (matches: readonly Match[]): readonly Match[] =>
  [...matches].sort((a, b) => a.slaGain - b.slaGain);

export const meanSlaGain = (matches: readonly Match[]): number | undefined =>
  matches.length === 0 ? undefined : mean(matches.map(({ slaGain }) => slaGain));
