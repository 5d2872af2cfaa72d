/** What `rtmm check` found: the record behind its tables, JSON, CSV, Markdown and JUnit. */
import type { Metric } from "../metrics/metric.ts";

export interface CheckReport {
  readonly schemaVersion: 1;
  readonly rtmmVersion: string;
  /** `incomparable`: nothing, or not everything, could be compared; then whatever moved is no verdict on the rest. */
  readonly verdict: CheckVerdict;
  readonly failOn: FailOn;
  readonly baselines: readonly BaselineReport[];
  /** In words, as of `--require`; none where none was asked for. */
  /** `requirement` as it was given; `text` with what was found. */
  readonly requirements: readonly { readonly requirement: string; readonly text: string; readonly isMet: boolean }[];
}

export type CheckVerdict = "passed" | "failed" | "incomparable";

/** `change`: better values and those without a direction fail, too. */
export type FailOn = "worse" | "change";

export interface BaselineReport {
  readonly name: string;
  readonly path: string;
  /** Of the rtmm that wrote it. */
  readonly rtmmVersion: string;
  readonly seeds: readonly number[];
  /** Every row that it has, compared or not. */
  readonly rows: readonly RowPlace[];
  /** How many values were held against each other; seeds of a metric are one. */
  readonly compared: number;
  /** Worst first. */
  readonly moves: readonly Move[];
  readonly lacks: readonly Lack[];
  readonly inputs: readonly InputChange[];
  readonly parameters: readonly ParameterChange[];
  /** Rows of which only values moved that a baseline does not keep: curves, phases, accelerators. */
  readonly unkept: readonly RowPlace[];
  /** Names of values that there are now and were not then, each with the number of rows that have it. */
  readonly added: readonly { readonly value: string; readonly rows: number }[];
}

export interface RowPlace {
  readonly scenario: string;
  readonly system: string;
  readonly scheduler: string;
}

export interface Move extends RowPlace {
  /** Metric, or `tasks.<id>.<metric>`. */
  readonly value: string;
  readonly unit: Metric["unit"];
  readonly better: Metric["better"];
  /** Means over the seeds that have the value both then and now; null: none has. */
  readonly before: number | null;
  readonly now: number | null;
  /** Of the means, now - before. */
  readonly difference: number | null;
  /** difference / |before|; null where before is 0 or absent. */
  readonly change: number | null;
  /** Of the paired difference, 95 %; null for fewer than two seeds. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** Seeds whose value differs. */
  readonly movedSeeds: number;
  /** Largest difference that is accepted; in the metric's unit. */
  readonly tolerance: number;
  readonly verdict: MoveVerdict;
  readonly fails: boolean;
  /** Several where inputs and parameters both moved; `code`: neither did. */
  readonly causes: readonly Cause[];
}

/** `tolerated`: moved, within the tolerance. `changed`: moved where no direction is better, or only between seeds. */
export type MoveVerdict = "worse" | "changed" | "better" | "tolerated";
export type Cause = "inputs" | "parameters" | "code";

/** What the baseline has and nothing could be held against. */
export interface Lack {
  readonly reason: string;
  readonly rows: readonly RowPlace[];
}

export interface InputChange {
  readonly file: string;
  /** First digits of its hash; null: was, or is, not among the inputs. */
  readonly before: string | null;
  readonly now: string | null;
}

export interface ParameterChange {
  readonly scheduler: string;
  readonly parameter: string;
  /** null: was, or is, no parameter. */
  readonly before: string | number | boolean | null;
  readonly now: string | number | boolean | null;
}
