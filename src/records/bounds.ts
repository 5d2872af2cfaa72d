/** The result of `rtmm bound`: what no scheduler can do better, on the draws of each seed. */
import type { InputFile, Variation } from "./run-result.ts";

/** What no scheduler can do better in some cases. */
export interface Bounds {
  readonly schemaVersion: 1;
  readonly rtmmVersion: string;
  readonly seeds: readonly number[];
  /** null: each scenario's own. */
  readonly durationMs: number | null;
  readonly warmupMs: number;
  /** Differences from the files; absent: none. */
  readonly variation?: Variation;
  readonly cases: readonly BoundedPlace[];
  readonly inputs: readonly InputFile[];
}

/** A scenario on a system. */
export interface BoundedPlace {
  readonly scenario: string;
  readonly system: string;
  /** Means over the seeds; null: nothing is known. */
  readonly mean: BoundValues | null;
  /** In the order of the seeds; empty if nothing is known. */
  readonly bySeed: readonly SeedBounds[];
  /** Why nothing is known; null: something is. */
  readonly reason: string | null;
}

/** Each is a lower bound. null: not known for this case. */
export interface BoundValues {
  /** Violations / jobs with a deadline. */
  readonly violationRate: number | null;
  /** Sum over tasks of violation rates, as in UXCost. */
  readonly violationRates: number | null;
  /** Energy of schedules with the least violations, mJ. */
  readonly energyMj: number | null;
  readonly uxCost: number | null;
  /** UXCost of schedules with the least sum of violation rates. */
  readonly uxCostAtLeastViolations: number | null;
  readonly uxCostGuarded: number | null;
}

export interface SeedBounds extends BoundValues {
  readonly seed: number;
  /** Measured jobs with a deadline. */
  readonly jobs: number;
  readonly violations: number;
  /** Of schedules with at most so many violations, from the least to all jobs. */
  readonly energies: readonly { readonly violations: number; readonly energyMj: number }[];
  readonly tasks: readonly { readonly id: string; readonly jobs: number; readonly violations: number }[];
}
