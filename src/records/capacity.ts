/** What a search for capacities is told as: the record behind its table, CSV, JSON and Markdown. */

import type { ParameterValues } from "../core/scheduler.ts";
import type { InputFile } from "./run-result.ts";

export interface Capacity {
  readonly schemaVersion: 1;
  readonly rtmmVersion: string;
  /** As texts, such as `slaSatisfaction>=0.99`; the mean over the seeds has to meet all of them. */
  readonly bounds: readonly string[];
  /** Whose rate is scaled; null: the rates of all tasks. */
  readonly task: string | null;
  /** Asked for; where nothing is random, the first alone was run. */
  readonly seeds: readonly number[];
  /** Share by which the capacity and the next larger factor differ, at most. */
  readonly tolerance: number;
  /** Factors outside of these are not looked at. */
  readonly limits: Interval;
  /** null: each scenario's own. */
  readonly durationMs: number | null;
  readonly warmupMs: number;
  readonly schedulers: readonly CapacityScheduler[];
  readonly cases: readonly CaseCapacity[];
  readonly inputs: readonly InputFile[];
  /** What to know before believing the numbers. */
  readonly warnings: readonly string[];
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface CapacityScheduler {
  /** Names it here; the scheduler's name, with its parameters where they were given with it. */
  readonly label: string;
  readonly name: string;
  readonly params: ParameterValues;
}

export interface CaseCapacity {
  readonly scenario: string;
  readonly system: string;
  /** Whether nothing is random, so that the answers are exact for this scenario and its duration. */
  readonly isExact: boolean;
  /** What no scheduler can carry more than; null: nothing is proven. */
  readonly ceiling: CapacityCeiling | null;
  /** In the order of schedulers, those that were left out missing. */
  readonly answers: readonly CapacityAnswer[];
}

export interface CapacityCeiling {
  /** The largest factor looked at that is not ruled out; null: all were. */
  readonly factor: number | null;
  /** The next larger one: no policy meets the bounds there. */
  readonly ruledOutFrom: number;
  /** How many larger ones were looked at, that one included; all are ruled out. */
  readonly ruledOut: number;
}

export type CapacityVerdict = "found" | "always holds" | "never holds" | "interrupted" | "failed";

export interface CapacityAnswer {
  /** Label. */
  readonly scheduler: string;
  /** `always`, `never`: at every factor that was looked at. */
  readonly verdict: CapacityVerdict;
  /** The capacity: the largest factor looked at that holds; null: none. */
  readonly factor: number | null;
  /** The next larger factor looked at, which fails; null: none. */
  readonly failsFrom: number | null;
  /**
   * 95 % confidence interval: the largest factor that surely holds, the smallest above the capacity that surely fails;
   * null: none was found. Where nothing is random, `factor` and `failsFrom`.
   */
  readonly interval: { readonly low: number | null; readonly high: number | null };
  /** Offered at the capacity: load of the busiest accelerator if the work is spread best; null without capacity. */
  readonly utilisation: number | null;
  /** Seeds whose run meets the bounds by itself at the capacity, of those that were run. */
  readonly heldSeeds: number | null;
  readonly runSeeds: number;
  /** Largest factor up to which none that was looked at fails; null: none. */
  readonly steadyTo: number | null;
  /** Factors below the capacity at which it fails. */
  readonly failsBelow: readonly number[];
  /** By seed: the largest factor looked at up to which its run by itself holds at all that were looked at; null: none. */
  readonly seedFactors: readonly { readonly seed: number; readonly factor: number | null }[];
  /** What ended the search before its time; null: nothing. */
  readonly failure: { readonly factor: number; readonly seed: number; readonly message: string } | null;
  /** Every factor that was looked at, rising. */
  readonly curve: readonly LoadPoint[];
}

export interface LoadPoint {
  readonly factor: number;
  readonly utilisation: number;
  readonly holds: boolean;
  /** How many seeds were run, and the share of them that meets the bounds each by itself. */
  readonly seeds: number;
  readonly heldShare: number;
  /** One a bound, in their order. */
  readonly values: readonly { readonly mean: number | null; readonly interval: Interval | null }[];
}
