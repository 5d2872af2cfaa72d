/** The result of `rtmm check`: the record behind its tables, JSON, CSV, Markdown and JUnit. */
import type { Metric } from "../metrics/metric.ts";
import type { Interval } from "./interval.ts";

export interface CheckReport {
  readonly schemaVersion: 1;
  readonly rtmmVersion: string;
  /** `incomparable`: some values, or all, could not be compared. Then the moves are no verdict on the rest. */
  readonly verdict: CheckVerdict;
  readonly failOn: FailOn;
  readonly baselines: readonly BaselineReport[];
  /** Requirements of `--require`. `requirement`: as given; `text`: with the values found. */
  readonly requirements: readonly { readonly requirement: string; readonly text: string; readonly isMet: boolean }[];
}

export type CheckVerdict = "passed" | "failed" | "incomparable";

/** `change`: better values, and values without a direction, fail too. */
export type FailOn = "worse" | "change";

export interface BaselineReport {
  readonly name: string;
  readonly path: string;
  /** The rtmm version that wrote the baseline. */
  readonly rtmmVersion: string;
  readonly seeds: readonly number[];
  /** All its rows, compared or not. */
  readonly rows: readonly RowKey[];
  /** Number of compared values. A metric's seeds count as one. */
  readonly compared: number;
  /** Worst first. */
  readonly moves: readonly Move[];
  readonly lacks: readonly Uncompared[];
  readonly inputs: readonly InputChange[];
  readonly parameters: readonly ParameterChange[];
  /** Rows in which only values moved that a baseline does not store: curves, phases, accelerators. */
  readonly unkept: readonly RowKey[];
  /** Values that the baseline does not have, each with the number of rows that have it now. */
  readonly added: readonly { readonly value: string; readonly rows: number }[];
}

/** Identifies a row of a baseline. */
export interface RowKey {
  readonly scenario: string;
  readonly system: string;
  readonly scheduler: string;
}

/** A value that differs from the baseline. */
export interface Move extends RowKey {
  /** Name of a metric, or `tasks.<id>.<metric>`. */
  readonly value: string;
  readonly unit: Metric["unit"];
  readonly better: Metric["better"];
  /** Mean over the seeds that have the value in the baseline and now; null: no seed has both. */
  readonly before: number | null;
  readonly now: number | null;
  /** now - before. */
  readonly difference: number | null;
  /** difference / |before|; null if before is 0 or absent. */
  readonly change: number | null;
  /** Interval of the paired difference; null for fewer than two seeds. */
  readonly interval: Interval | null;
  /** Number of seeds whose value differs. */
  readonly movedSeeds: number;
  /** Largest accepted difference, in the metric's unit. */
  readonly tolerance: number;
  readonly verdict: MoveVerdict;
  readonly fails: boolean;
  /** `code`: neither inputs nor parameters differ. */
  readonly causes: readonly Cause[];
}

/** `tolerated`: within the tolerance. `changed`: neither direction is better, or the means do not differ. */
export type MoveVerdict = "worse" | "changed" | "better" | "tolerated";
export type Cause = "inputs" | "parameters" | "code";

/** Rows or values of the baseline that could not be compared. */
export interface Uncompared {
  readonly reason: string;
  readonly rows: readonly RowKey[];
}

export interface InputChange {
  readonly file: string;
  /** First digits of its hash; null: it is no input. */
  readonly before: string | null;
  readonly now: string | null;
}

export interface ParameterChange {
  readonly scheduler: string;
  readonly parameter: string;
  /** null: there is no such parameter. */
  readonly before: string | number | boolean | null;
  readonly now: string | number | boolean | null;
}
