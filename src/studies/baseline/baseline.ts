/** What `rtmm check` holds later runs against: every value of a grid of runs, and what went into them. docs/ci.md. */

import type { ParameterValues } from "../../core/scheduler.ts";
import type { Variation } from "../../records/run-result.ts";

export const BASELINE_KIND = "rtmm baseline";
export const BASELINE_VERSION = 1;

/** Every case with every scheduler and seed. */
export interface Grid {
  readonly seeds: readonly number[];
  /** null: each scenario's own. */
  readonly durationMs: number | null;
  readonly warmupMs: number;
  readonly variation?: Variation;
  readonly cases: readonly GridCase[];
  readonly schedulers: readonly GridScheduler[];
}

/** Labels are unique among cases: names, with the file where two have the same. */
export interface GridCase {
  readonly scenario: string;
  readonly system: string;
  readonly scenarioFile: FileId;
  readonly systemFile: FileId;
}

export interface GridScheduler {
  /** Unique among schedulers. */
  readonly label: string;
  /** Name, or FileId of a user's file. */
  readonly scheduler: string;
  /** What the user set; everything else is the scheduler's default of the day. */
  readonly given: Readonly<Record<string, unknown>>;
}

/** Path from the folder that rtmm is called in, absolute where it is not below it, or `built-in:` and that from rtmm's. */
export type FileId = string;

export interface Baseline extends Grid {
  readonly kind: typeof BASELINE_KIND;
  readonly schemaVersion: typeof BASELINE_VERSION;
  readonly rtmmVersion: string;
  readonly cases: readonly BaselineCase[];
  readonly schedulers: readonly BaselineScheduler[];
  /** SHA-256 of every file that was read. */
  readonly inputs: Readonly<Record<FileId, string>>;
  /** One for each case and scheduler, cases first. */
  readonly rows: readonly BaselineRow[];
}

export interface BaselineCase extends GridCase {
  /** Every file that its runs read but the schedulers'. */
  readonly inputs: readonly FileId[];
}

export interface BaselineScheduler extends GridScheduler {
  /** All parameters, defaults included. */
  readonly params: ParameterValues;
  /** Files that its file imports; left out where there are none. */
  readonly imports?: readonly FileId[];
}

export interface RowName {
  readonly scenario: string;
  readonly system: string;
  readonly scheduler: string;
}

export interface BaselineRow extends RowName {
  /** Start of each seed's result hash: tells that something moved which is not among the values. */
  readonly results: readonly string[];
  /** Of each seed by `metric` or `tasks.<id>.<metric>`; null: nothing to measure. */
  readonly values: Readonly<Record<string, SeedValues>>;
}

export type SeedValues = readonly (number | null)[];
