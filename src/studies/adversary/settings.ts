/** Settings of `rtmm adversary`. */
import type { SchedulerWithParams } from "../../files/params-file.ts";

export interface AdversarySettings extends SearchSettings {
  /** A name, a file, or either with parameters, such as `dream:alpha=1`. */
  readonly a: string | SchedulerWithParams;
  /** undefined: the proven bound. */
  readonly b: string | SchedulerWithParams | undefined;
}

/** Whoever the schedulers are. */
export interface SearchSettings {
  /** As of `-p` and `--params`. */
  readonly params: readonly string[];
  readonly paramsFiles: readonly string[];
  readonly metric: string;
  /** Name or file of ranges. */
  readonly within: string;
  /** Of the runs; the first one is that of the search's draws as well. At least one. */
  readonly seeds: readonly number[];
  /** Scenarios to try, at least one. */
  readonly budget: number;
  readonly chains: number;
  /** Share of the loss that the smallest scenario has to show, above 0, at most 1. */
  readonly keep: number;
}

export const adversaryDefaults = {
  metric: "uxCostGuarded",
  within: "everyday",
  seeds: 3,
  budget: 1000,
  keep: 0.9,
} as const;

export const MOST_BUDGET = 10_000_000;
export const MOST_CHAINS = 1000;
const USUAL_CHAINS = 8;
/** Shorter chains hardly get beyond their random start: see docs/decisions.md. */
const LEAST_STEPS = 100;

/** Unless the user says how many. */
export const usualChains = (budget: number): number =>
  Math.min(USUAL_CHAINS, Math.max(1, Math.floor(budget / LEAST_STEPS)));
