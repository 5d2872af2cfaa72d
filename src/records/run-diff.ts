/** Two runs of one scenario on one timeline: where they part and why, whose fate differs, and the metrics. Times are ms. */
import type { JobOutcome } from "../core/job-outcome.ts";
import type { Judgement } from "./explanation.ts";
import type { MetricFacts } from "./metric-facts.ts";
import type { RunResult } from "./run-result.ts";

/** The content of `rtmm diff --format json`. */
export interface RunDiff {
  readonly schemaVersion: 1;
  readonly scenario: string;
  readonly a: DiffSide;
  readonly b: DiffSide;
  /** null: both make the same decisions at the same times. */
  readonly parting: Parting | null;
  /** Jobs that ended in either run. */
  readonly jobs: number;
  /** Jobs that met their deadline in one run and not in the other, and the like; in order of their first end. */
  readonly changedJobs: readonly ChangedJob[];
  /** In catalogue order. */
  readonly metrics: readonly MetricDifference[];
}

/** One of the runs. */
export interface DiffSide
  extends Pick<RunResult, "system" | "scheduler" | "seed" | "durationMs" | "warmupMs" | "variation" | "resultHash"> {
  /** The scheduler, with parameters if they are given; or the file. */
  readonly label: string;
  /** Dispatches, preemptions, drops by the policy and choices of variants. */
  readonly decisions: number;
}

/** The first decision that is not the same in both runs. */
export interface Parting {
  /** Decisions before it, the same in both. */
  readonly after: number;
  /** null: the run has no further decision. */
  readonly a: Decision | null;
  readonly b: Decision | null;
}

/** A decision as it was carried out. */
export interface Decision {
  readonly atMs: number;
  readonly kind: "run" | "preempt" | "drop" | "chooseVariant";
  readonly task: string;
  /** From 0. */
  readonly job: number;
  /** Of a dispatch or a preemption. */
  readonly accelerator?: string;
  readonly units?: number;
  /** First layer of a dispatch. */
  readonly layer?: number;
  /** How many it may run before the next decision about it. */
  readonly layers?: number;
  /** Of a dispatch or a choice. */
  readonly variant?: string;
  readonly how?: "checkpoint" | "kill" | "drain";
  /** Absent: the policy gave no reason. */
  readonly why?: Judgement;
  /** Why the policy waited until then, when the other run decided; absent: it did not, or gave no reason. */
  readonly waited?: Judgement;
}

/** A job whose fate differs. */
export interface ChangedJob {
  readonly task: string;
  readonly job: number;
  /** null: the run had no such job. */
  readonly a: JobFate | null;
  readonly b: JobFate | null;
}

/** What became of a job. */
export interface JobFate {
  /** A job without a deadline meets it. */
  readonly outcome: JobOutcome;
  readonly endMs: number;
  /** End less deadline; null: it has none. */
  readonly latenessMs: number | null;
}

export interface MetricDifference extends MetricFacts {
  /** null: nothing to measure. */
  readonly a: number | null;
  readonly b: number | null;
  /** b - a; null: one of them is. */
  readonly difference: number | null;
  /** b / a; null: likewise, or a is 0. */
  readonly ratio: number | null;
}
