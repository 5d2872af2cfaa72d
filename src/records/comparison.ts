/** The result of `rtmm compare`: the record behind its tables, CSV and JSON. */
import type { Interval } from "./interval.ts";
import type { LabelledScheduler } from "./labelled-scheduler.ts";
import type { MetricFacts } from "./metric-facts.ts";
import type { InputFile, ResultValues, Variation } from "./run-result.ts";

/** The result of a comparison of schedulers. */
export interface Comparison {
  readonly schemaVersion: 1;
  readonly rtmmVersion: string;
  /** Label of the scheduler that ratios refer to. */
  readonly baseline: string;
  /** The same for every scheduler, so every scheduler met the same draws. */
  readonly seeds: readonly number[];
  /** null: each scenario's own. */
  readonly durationMs: number | null;
  readonly warmupMs: number;
  /** Differences from the files, in every run; absent: none. */
  readonly variation?: Variation;
  readonly schedulers: readonly LabelledScheduler[];
  readonly cases: readonly Case[];
  readonly metrics: readonly MetricComparison[];
  /** Absent unless a precision was requested. */
  readonly precision?: Precision;
  readonly runs: readonly ComparedRun[];
  readonly inputs: readonly InputFile[];
  /** Caveats about the numbers. */
  readonly warnings: readonly string[];
}

/** Precision of the ratios: half of the interval's width, relative to the ratio. 0.02 is ± 2 %. */
export interface Precision {
  readonly aim: number;
  /** Limit on the number of seeds. */
  readonly maxSeeds: number;
  /** The number of seeds run if they reach the aim, else the number that is likely to. */
  readonly seedsNeeded: number;
  /** null: no ratio has an interval. */
  readonly leastPrecise: LeastPrecise | null;
}

export interface LeastPrecise extends Case {
  readonly metric: string;
  /** Its label. */
  readonly scheduler: string;
  readonly halfWidth: number;
}

/** A scenario on a system. Every scheduler runs in each case. */
export interface Case {
  readonly scenario: string;
  readonly system: string;
}

/** The comparison in one metric. */
export interface MetricComparison extends MetricFacts {
  /** One per case, in their order. */
  readonly cases: readonly CaseComparison[];
  /** Over the scenarios of each system, then over all systems; empty if there is one case. */
  readonly geomeans: readonly GeomeanComparison[];
}

export interface CaseComparison extends Case {
  /** In the order of the comparison's schedulers. */
  readonly schedulers: readonly SchedulerComparison[];
}

/** Schedulers over several cases, by the geometric mean of their ratios. */
export interface GeomeanComparison {
  /** The cases in the mean: those in which every scheduler has a ratio. */
  readonly over: readonly Case[];
  /** The other cases. */
  readonly leftOut: readonly Case[];
  readonly schedulers: readonly SchedulerComparison[];
}

/** One scheduler against the baseline, in one metric. */
export interface SchedulerComparison {
  /** Its label. */
  readonly scheduler: string;
  /** Mean over seeds; null if a seed has nothing to measure, and in geometric means. */
  readonly mean: number | null;
  readonly isBest: boolean;
  /** Mean / the baseline's mean; null if one of them is null or 0. */
  readonly ratio: number | null;
  /** Interval of the ratio; null without a ratio, or with one seed. */
  readonly interval: Interval | null;
  /** Mean over seeds of value − baseline's value; null if one of the means is null, and in geometric means. */
  readonly difference: number | null;
  /** Interval of the difference; null without a difference, or with one seed. */
  readonly differenceInterval: Interval | null;
  /** By the ratio, or by the difference if there is no ratio. */
  readonly verdict: Verdict;
  /** No scheduler is better than this, as a mean over the seeds; null: not known. Absent unless bounds were requested. */
  readonly bound?: number | null;
  /** Mean / bound - 1, of shares the difference; null if one of them is null, or the bound 0. */
  readonly gap?: number | null;
}

/** null: unknown. `differs`: neither direction is better. */
export type Verdict = "baseline" | "better" | "worse" | "differs" | "no difference shown" | null;

export interface ComparedRun extends Case {
  /** Its label. */
  readonly scheduler: string;
  readonly seed: number;
  /** The compared metrics only. */
  readonly metrics: ResultValues;
  /** Hash of the run's own result; see docs/output.md. */
  readonly resultHash: string;
}
