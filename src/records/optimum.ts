/** The result of `rtmm optimum`: the best schedule of a small case, and what policies make of it. Times are ms. */
import type { LabelledScheduler } from "./labelled-scheduler.ts";
import type { InputFile, ResultValues, Variation } from "./run-result.ts";

/** The content of `rtmm optimum --format json`. */
export interface Optimum {
  readonly schemaVersion: 1;
  readonly rtmmVersion: string;
  readonly scenario: string;
  readonly system: string;
  readonly seed: number;
  readonly durationMs: number;
  readonly warmupMs: number;
  readonly variation?: Variation;
  /** Name of the metric by which a schedule is the best. */
  readonly metric: string;
  /** What schedules may decide. */
  readonly model: OptimumModel;
  /** Jobs that the seed releases. */
  readonly jobs: number;
  /** Best value of the metric that was found; null: no schedule of the model was. */
  readonly value: number | null;
  /**
   * `proven`: no schedule of the model is better. `states`: the search stopped after as many states as it was allowed.
   * `interrupted`: it was stopped.
   */
  readonly ended: "proven" | "states" | "interrupted";
  /**
   * No schedule at all is better than this, in the model or not; null: not known. Absent if `proven`.
   */
  readonly bound?: number | null;
  /** Value / bound - 1, of shares the difference; null if there is no bound, or it is 0. Absent if `proven`. */
  readonly gap?: number | null;
  /** Instants with a choice that the search visited, and runs that it made. */
  readonly states: number;
  /**
   * What the search left out. `all`: what a bound rules out, and what is no better than another schedule. `bounds`: the
   * former alone. `none`: nothing.
   */
  readonly pruning: "all" | "bounds" | "none";
  /** Label of the scheduler whose run the best schedule is; null: the search found it. */
  readonly foundBy: string | null;
  /** Every metric of the best schedule's run; null: there is none. */
  readonly metrics: ResultValues | null;
  /** Its hash, as of `rtmm run`; null: there is none. */
  readonly resultHash: string | null;
  /** In the order in which they are made. */
  readonly schedule: readonly ScheduledDecision[];
  readonly schedulers: readonly RivalScheduler[];
  /** Schedulers that could not run, and why. */
  readonly absent: readonly { readonly label: string; readonly reason: string }[];
  readonly inputs: readonly InputFile[];
  /** Caveats about the numbers. */
  readonly warnings: readonly string[];
}

/** What the schedules that are searched may decide. */
export interface OptimumModel {
  /** What a dispatch runs: single layers, so many layers, or all that is left of a job. */
  readonly granularity: "layer" | "model" | number;
  /** Whether jobs may be dropped. */
  readonly drops: "allowed" | "never";
  /** How many times a schedule may stop running work. */
  readonly preemptions: number;
}

/** A decision about a job, by names. */
export type ScheduledDecision = { readonly atMs: number; readonly task: string; readonly job: number } & (
  | {
      readonly do: "run";
      readonly on: string;
      readonly units: number;
      /** Absent: all that are left. */
      readonly layers?: number;
    }
  | { readonly do: "choose"; readonly variant: string }
  | { readonly do: "drop" | "checkpoint" | "kill" | "drain" }
);

/** What a scheduler makes of the same case. */
export interface RivalScheduler extends LabelledScheduler {
  /** null: nothing to measure. */
  readonly value: number | null;
  /** Its value / the best one; null: one of them is 0 or missing. */
  readonly ratio: number | null;
  /** Whether its run is a schedule of the model, so that the optimum cannot be worse. */
  readonly isInModel: boolean;
}
