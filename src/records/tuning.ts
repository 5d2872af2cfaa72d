/** The result of `rtmm tune`: the record behind its table, CSV and JSON. */
import type { ParameterValues } from "../core/scheduler.ts";
import type { MetricFacts } from "./metric-facts.ts";
import type { InputFile, Variation } from "./run-result.ts";

export interface Tuning {
  readonly schemaVersion: 1;
  readonly rtmmVersion: string;
  readonly scenario: string;
  readonly system: string;
  readonly scheduler: string;
  /** All parameters that were not searched, with defaults. */
  readonly fixed: ParameterValues;
  readonly searched: readonly SearchedParameter[];
  readonly objective: MetricFacts;
  /** Each value is the mean over these seeds. */
  readonly seeds: readonly number[];
  readonly durationMs: number;
  readonly warmupMs: number;
  /** Differences from the files; absent: none. */
  readonly variation?: Variation;
  /** Distance of the first neighbours, as a share of each parameter's range. */
  readonly radius: number;
  /** Whether the search took all its steps. */
  readonly isFinished: boolean;
  /** The start, then the point after each step. */
  readonly path: readonly Step[];
  readonly start: Trial;
  /** The best point that the search tried. */
  readonly found: Trial;
  /** Gain of `found` over the start, as a share of the start's value; null if that is 0. */
  readonly gain: number | null;
  /** Number of different points that the search tried, including neighbours. */
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
  /** The searched parameters. */
  readonly params: Readonly<Record<string, number>>;
  /** The objective, as a mean over the seeds. */
  readonly value: number;
}

export interface Step extends Trial {
  readonly step: number;
  /** Best value of all points tried up to the end of this step, including neighbours. */
  readonly bestValue: number;
}

export interface GridOutcome {
  readonly points: readonly Trial[];
  readonly best: Trial;
  /** Gain of `found` over the grid's best, as a share of the latter; negative if it is worse; null if that is 0. */
  readonly gain: number | null;
  /** First step after which the search's best value is at most 5 % worse than the grid's best; null: none. */
  readonly stepsToWithin5Percent: number | null;
}
