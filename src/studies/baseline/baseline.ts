/** The reference of `rtmm check`: all values of a grid of runs, with their inputs. See docs/ci.md. */

import type { ParameterValues } from "../../core/scheduler.ts";
import type { RowKey } from "../../records/check-report.ts";
import type { Variation } from "../../records/run-result.ts";

export const BASELINE_KIND = "rtmm baseline";
export const BASELINE_VERSION = 1;

/** Runs every case with every scheduler and seed. */
export interface Grid {
  readonly seeds: readonly number[];
  /** null: the duration of each scenario. */
  readonly durationMs: number | null;
  readonly warmupMs: number;
  readonly variation?: Variation;
  readonly cases: readonly GridCase[];
  readonly schedulers: readonly GridScheduler[];
}

/** Labels are unique among cases: names, followed by the file if two files have the same name. */
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
  /** Parameters that the user set. All others take the scheduler's current defaults. */
  readonly given: Readonly<Record<string, unknown>>;
}

/** Path relative to the working folder, absolute if outside it; or `built-in:` and a path relative to rtmm's folder. */
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
  /** All files that its runs read, except scheduler files. */
  readonly inputs: readonly FileId[];
}

export interface BaselineScheduler extends GridScheduler {
  /** All parameters, defaults included. */
  readonly params: ParameterValues;
  /** Files that its file imports. Absent if there are none. */
  readonly imports?: readonly FileId[];
}

export interface BaselineRow extends RowKey {
  /** Start of each seed's result hash. Reveals changes outside the stored values. */
  readonly results: readonly string[];
  /** One value per seed, by `metric` or `tasks.<id>.<metric>`; null: nothing to measure. */
  readonly values: Readonly<Record<string, SeedValues>>;
}

export type SeedValues = readonly (number | null)[];
