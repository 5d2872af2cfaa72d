/** What a search for parameters is told as: the record behind its table, CSV and JSON. */

import type { ParameterValues } from "../core/scheduler.ts";
import type { Metric } from "../metrics/metric.ts";
import type { InputFile, Variation } from "./run-result.ts";

export interface Tuning {
  readonly schemaVersion: 1;
  readonly rtmmVersion: string;
  readonly scenario: string;
  readonly system: string;
  readonly scheduler: string;
  /** All parameters that were not searched, defaults included. */
  readonly fixed: ParameterValues;
  readonly searched: readonly SearchedParameter[];
  readonly objective: Pick<Metric, "name" | "title" | "unit" | "better">;
  /** A value is the mean over these. */
  readonly seeds: readonly number[];
  readonly durationMs: number;
  readonly warmupMs: number;
  /** Absent: nothing differs from the files. */
  readonly variation?: Variation;
  /** As a share of each range, of the first neighbours. */
  readonly radius: number;
  /** Whether the search took all its steps. */
  readonly isFinished: boolean;
  /** The start, then where each step led. */
  readonly path: readonly Step[];
  readonly start: Trial;
  /** The best of all that the search tried. */
  readonly found: Trial;
  /** Gain of `found` over the start, as a share of the start; null where the start is 0. */
  readonly gain: number | null;
  /** Different points that the search tried, neighbours included. */
  readonly trials: number;
  readonly grid: GridOutcome | null;
  readonly inputs: readonly InputFile[];
}

export interface SearchedParameter {
  readonly name: string;
  readonly min: number;
  readonly max: number;
}

export interface Trial {
  /** Of the searched parameters. */
  readonly params: Readonly<Record<string, number>>;
  /** Of the objective. */
  readonly value: number;
}

export interface Step extends Trial {
  readonly step: number;
  /** Best value of all that was tried until this step had been taken, neighbours included. */
  readonly bestValue: number;
}

export interface GridOutcome {
  readonly points: readonly Trial[];
  readonly best: Trial;
  /** How much `found` is ahead of the grid's best, as a share of it: below 0 where it is behind; null where that is 0. */
  readonly gain: number | null;
  /** First step after which the best so far is ahead of the grid's best or at most 5 % behind it; null: none. */
  readonly stepsToWithin5Percent: number | null;
}
