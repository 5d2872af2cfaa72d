/**
 * The contract between the simulation and a scheduling policy.
 *
 * A scheduler gets a read-only view and returns decisions. The core checks and applies them after the call. A scheduler
 * never changes a job, prints, draws a random number or reads a clock, and does not choose when it is called (except by
 * `wakeAt`). The order at each instant is: completions, releases, late drops, `preempt` (once), then `decide`. `decide`
 * is called again while there are a ready job and an idle accelerator and the last call decided something. See
 * docs/schedulers.md for a guide with examples.
 *
 * This file says what a scheduler is and when it is called. What it sees is in views.ts, what it may decide in decisions.ts.
 */
import type { Decisions, PreemptDecisions } from "./decisions.ts";
import type { AcceleratorView, IdleView, Platform, ReadyJob, RunningView, TaskView, View } from "./views.ts";

export type * from "./decisions.ts";
export type * from "./views.ts";

/** A scheduler by its name: what it can be given, and the policy that it creates for a run. */
export interface Scheduler {
  /** kebab-case, as users write it. */
  readonly name: string;
  /** One line for `rtmm list`. */
  readonly summary: string;
  /** Paper and section, or textbook. */
  readonly source: string;
  readonly parameters: readonly SchedulerParameter[];
  /**
   * Called once per run, so that a policy's memory never outlives it. Throws for parameters that contradict each other.
   */
  create(platform: Platform, parameters: ParameterValues): Policy;
}

/** The value of a parameter of a scheduler. */
export type ParameterValue = number | string | boolean;
/** Parameters of a scheduler by name. */
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

/**
 * A declared parameter. The loader checks it, `rtmm list` shows it, and `rtmm tune` can search a number with a range.
 */
export type SchedulerParameter = (
  | {
      readonly kind: "number";
      readonly name: string;
      readonly summary: string;
      readonly default: number;
      readonly min?: number;
      readonly max?: number;
      readonly isInteger?: boolean;
    }
  | {
      readonly kind: "choice";
      readonly name: string;
      readonly summary: string;
      readonly default: string;
      readonly choices: readonly string[];
    }
  | { readonly kind: "boolean"; readonly name: string; readonly summary: string; readonly default: boolean }
  /** Free text that the policy parses itself, such as "layer", "model" or a number of layers. */
  | { readonly kind: "text"; readonly name: string; readonly summary: string; readonly default: string }
) & {
  /** Of another parameter: with any other value of that, this one has no effect, and giving it is a warning. */
  readonly onlyWith?: { readonly parameter: string; readonly value: ParameterValue };
};

/** What a scheduler creates for one run. */
export interface Policy {
  /** Whether the core drops a job that has not started when its deadline has passed. */
  readonly lateDrop: boolean;
  /**
   * Sort key of a ready job. The least comes first in `readyJobs`; ties go by release, task, job.
   * It is read when the job becomes ready (released, layer ended, preempted) and kept while the job waits. So it may
   * depend on the job's own progress but not on the time. Without ranks, `readyJobs` is in tie order.
   */
  rank?(job: ReadyJob): number;
  /**
   * Says that every `decide` gives the first job in order that has a place its next `layers` layers (or what is left of
   * it) there, without `units`, and does nothing else. The core then decides by itself, about twice as fast, and calls
   * `decide` only where reasons are wanted. It holds for one `decide`, so that a policy that builds on another and has a
   * `decide` of its own is asked.
   */
  readonly inOrder?: KnownDecide;
  /**
   * Says of one `decide`, as `inOrder` does: where the only ready job is one that has just run, it gives the job's next
   * `layers` layers to the only idle accelerator, if that can run it, or to its place among several, and does nothing
   * else. The core then needs no call for that.
   */
  readonly onlyChoice?: KnownDecide;
  /**
   * Says of one `preempt` that it does nothing while no job has to wait: none is ready, or only one, which an idle
   * accelerator can run. Only then does the core use `inOrder` and `onlyChoice` to the full.
   */
  readonly onlyForWaiting?: KnownPreempt;
  /** Decides what runs where. Called while there are ready jobs and idle accelerators. No decision means: wait. */
  decide(view: View, decisions: Decisions): void;
  /** Decides what to stop or resize. Called once per instant, before `decide`, while anything runs. */
  preempt?(view: RunningView, decisions: PreemptDecisions): void;
  /** Called for every release, when `job.slot` is fresh. */
  jobReleased?(job: ReadyJob, nowNs: number): void;
  /**
   * Called for a job that was dropped without having been released, because its parent was dropped or the queue of its
   * task was full. It was never ready, but counts as violated.
   */
  orphanDropped?(task: TaskView, jobIndex: number, nowNs: number): void;
  /**
   * Called when a job has completed (`dropReason` is undefined) or was dropped, with its last state; `queue`: the queue
   * of its task was full. Not called for dependents that are dropped with a job, because they were never ready.
   */
  jobEnded?(job: ReadyJob, nowNs: number, dropReason: "late" | "policy" | "queue" | undefined): void;
  /** Called once after the last call of a run, also of one that failed. A policy closes here what it has opened. */
  runEnded?(): void;
}

/** What a policy says of its `decide`. */
export interface KnownDecide {
  /** Number of layers that a decision runs. */
  readonly layers: number;
  /** The function of which it holds: the policy's own. */
  decide(view: View, decisions: Decisions): void;
  /**
   * The place of a job: an idle accelerator; undefined: it has none now. Left out: the idle accelerator that ends those
   * layers first, by `latencyNs` or `blockNs`; ties go to the lower index.
   */
  place?(view: IdleView, job: ReadyJob): AcceleratorView | undefined;
  /**
   * For `inOrder`, instead of `place`: the accelerator of a task, which is the place of its jobs whenever it is idle;
   * undefined: they never have one. Asked once for each task, when the run begins.
   */
  pinnedTo?(task: TaskView): AcceleratorView | undefined;
}

/** What a policy says of its `preempt`. */
export interface KnownPreempt {
  /** The function of which it holds: the policy's own. */
  preempt(view: RunningView, decisions: PreemptDecisions): void;
}
