/** What a comparison of schedulers is told as: the record behind its tables, CSV and JSON. */

import type { ParameterValues } from "../core/scheduler.ts";
import type { Metric } from "../metrics/metric.ts";
import type { InputFile, ResultValues, Variation } from "./run-result.ts";

export interface Comparison {
  readonly schemaVersion: 1;
  readonly rtmmVersion: string;
  /** Label of a scheduler. */
  readonly baseline: string;
  /** Every scheduler met the draws of each of them. */
  readonly seeds: readonly number[];
  /** null: each scenario's own. */
  readonly durationMs: number | null;
  readonly warmupMs: number;
  /** What is other than in the files, in every run; absent: nothing. */
  readonly variation?: Variation;
  readonly schedulers: readonly ComparedScheduler[];
  readonly cases: readonly Case[];
  readonly metrics: readonly MetricComparison[];
  /** Where a precision was asked for. */
  readonly precision?: Precision;
  readonly runs: readonly ComparedRun[];
  readonly inputs: readonly InputFile[];
  /** What to know before believing the numbers. */
  readonly warnings: readonly string[];
}

/** Half of a 95 % interval of a ratio, relative to the ratio: 0.02 is ± 2 %. */
export interface Precision {
  readonly aim: number;
  /** No more than these are run. */
  readonly maxSeeds: number;
  /** Those that were run where the aim is reached; else how many are likely to reach it. */
  readonly seedsNeeded: number;
  /** null: no ratio has an interval. */
  readonly leastPrecise: LeastPrecise | null;
}

export interface LeastPrecise extends Case {
  readonly metric: string;
  /** Label. */
  readonly scheduler: string;
  readonly halfWidth: number;
}

export interface ComparedScheduler {
  /** Names it in this comparison; the scheduler's name, with its parameters where they were given with it. */
  readonly label: string;
  readonly name: string;
  readonly params: ParameterValues;
}

/** What all schedulers are compared in. */
export interface Case {
  readonly scenario: string;
  readonly system: string;
}

export type MetricFacts = Pick<Metric, "name" | "title" | "unit" | "better">;

export interface MetricComparison extends MetricFacts {
  /** One for each case, in their order. */
  readonly cases: readonly CaseComparison[];
  /** Over the scenarios of each system, then over all systems; empty where there is one case. */
  readonly geomeans: readonly GeomeanComparison[];
}

export interface CaseComparison extends Case {
  /** In the order of the comparison's schedulers. */
  readonly schedulers: readonly Standing[];
}

export interface GeomeanComparison {
  /** Cases that it is over: those where every scheduler has a ratio. */
  readonly over: readonly Case[];
  /** Cases where some scheduler has none. */
  readonly leftOut: readonly Case[];
  readonly schedulers: readonly Standing[];
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface Standing {
  readonly scheduler: string;
  /** Mean over seeds; null where a seed has nothing to measure, and of geometric means. */
  readonly mean: number | null;
  readonly isBest: boolean;
  /** To the baseline; null where one of the two is null or 0. */
  readonly ratio: number | null;
  /** 95 % confidence interval of the ratio; null where there is no ratio, or only one seed. */
  readonly interval: Interval | null;
  /** Mean of value − baseline's value with the same seed; null where the mean or the baseline's is, and of geometric means. */
  readonly difference: number | null;
  /** 95 % confidence interval of the difference; null where there is none, or only one seed. */
  readonly differenceInterval: Interval | null;
  /** By the ratio; by the difference where there is no ratio. */
  readonly verdict: Verdict;
}

/** null: nothing can be said; `differs`: neither direction is better. */
export type Verdict = "baseline" | "better" | "worse" | "differs" | "no difference shown" | null;

export interface ComparedRun extends Case {
  /** Label. */
  readonly scheduler: string;
  readonly seed: number;
  /** Of the compared metrics. */
  readonly metrics: ResultValues;
  /** Of the run's own result; see docs/output.md. */
  readonly resultHash: string;
}
