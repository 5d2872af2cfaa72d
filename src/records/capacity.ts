/** The result of `rtmm capacity`: the record behind its table, CSV, JSON and Markdown. */
import type { Interval } from "./interval.ts";
import type { LabelledScheduler } from "./labelled-scheduler.ts";
import type { InputFile } from "./run-result.ts";

export interface Capacity {
  readonly schemaVersion: 1;
  readonly rtmmVersion: string;
  /** As text, such as `slaSatisfaction>=0.99`. The mean over the seeds must meet all of them. */
  readonly bounds: readonly string[];
  /** The task whose rate is scaled; null: all tasks. */
  readonly task: string | null;
  /** As requested. If nothing is random, only the first one was run. */
  readonly seeds: readonly number[];
  /** Largest relative difference between the capacity and the next larger factor. */
  readonly tolerance: number;
  /** The smallest and the largest factor that may be tried. */
  readonly limits: { readonly low: number; readonly high: number };
  /** null: each scenario's own. */
  readonly durationMs: number | null;
  readonly warmupMs: number;
  readonly schedulers: readonly LabelledScheduler[];
  readonly cases: readonly CaseCapacity[];
  readonly inputs: readonly InputFile[];
  /** Caveats about the numbers. */
  readonly warnings: readonly string[];
}

/** The capacities of one scenario on one system. */
export interface CaseCapacity {
  readonly scenario: string;
  readonly system: string;
  /** Whether nothing is random, so that the answers are exact for this scenario and its duration. */
  readonly isExact: boolean;
  /** Upper bound on every scheduler's capacity; null: none is proven. */
  readonly ceiling: CapacityCeiling | null;
  /** In the order of the schedulers, without those that were left out. */
  readonly answers: readonly CapacityAnswer[];
}

export interface CapacityCeiling {
  /** The largest tried factor that is not ruled out; null: all are. */
  readonly factor: number | null;
  /** The next larger one, at which no scheduler meets the bounds. */
  readonly ruledOutFrom: number;
  /** Number of tried factors from `ruledOutFrom` on. All are ruled out. */
  readonly ruledOut: number;
}

export type CapacityVerdict = "found" | "always holds" | "never holds" | "interrupted" | "failed";

export interface CapacityAnswer {
  /** Its label. */
  readonly scheduler: string;
  /** `always holds`, `never holds`: at every tried factor. */
  readonly verdict: CapacityVerdict;
  /** The capacity: the largest tried factor at which the bounds hold; null: none. */
  readonly factor: number | null;
  /** The next larger tried factor, at which they fail; null: none. */
  readonly failsFrom: number | null;
  /**
   * 95 % confidence interval. `low`: largest factor, up to the capacity, at which the whole interval of each mean meets
   * its bound. `high`: smallest factor above the capacity at which the whole interval of some mean misses its bound.
   * null: none was found. If nothing is random, `factor` and `failsFrom`.
   */
  readonly interval: { readonly low: number | null; readonly high: number | null };
  /** Load offered to the busiest accelerator at the capacity, with the best spread of work; null without a capacity. */
  readonly utilisation: number | null;
  /** Seeds whose own run meets the bounds at the capacity. */
  readonly heldSeeds: number | null;
  /** Seeds that were run at the capacity. */
  readonly runSeeds: number;
  /** The bounds hold at every tried factor up to this one; null: they fail at the smallest. */
  readonly steadyTo: number | null;
  /** Factors below the capacity at which the bounds fail. */
  readonly failsBelow: readonly number[];
  /** By seed, the factor up to which its own runs meet the bounds at every tried factor; null: none. */
  readonly seedFactors: readonly { readonly seed: number; readonly factor: number | null }[];
  /** The run that failed and so ended the search; null: none. */
  readonly failure: { readonly factor: number; readonly seed: number; readonly message: string } | null;
  /** All tried factors, ascending. */
  readonly curve: readonly LoadPoint[];
}

export interface LoadPoint {
  readonly factor: number;
  readonly utilisation: number;
  readonly holds: boolean;
  /** Number of seeds that were run. */
  readonly seeds: number;
  /** Share of the seeds whose own run meets the bounds. */
  readonly heldShare: number;
  /** One per bound, in their order. */
  readonly values: readonly { readonly mean: number | null; readonly interval: Interval | null }[];
}
