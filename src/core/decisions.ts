/** What a policy may decide, and why: a part of its contract, scheduler.ts. */
import type { AcceleratorView, ReadyJob, RunningJob } from "./views.ts";

/** What a policy may decide in `preempt`. */
export interface PreemptDecisions {
  /**
   * `checkpoint`: the job stops at the next tile end (at once if the costs have no tiles), its live activations are
   * saved, and it is ready again with its progress. `kill`: it stops at once and is ready again at the first layer.
   * `drain`: it finishes the running layer and is then ready again; if that layer is its last, it completes.
   */
  preempt(job: RunningJob, kind: "checkpoint" | "kill" | "drain"): void;
  /** Drops a ready job. */
  drop(job: ReadyJob): void;
  /**
   * Requests a call of `preempt` (while anything runs) and `decide` (if there is something to decide) at that time. It
   * must be in the future, and is rounded up to whole ns. A later request replaces it.
   */
  wakeAt(timeNs: number): void;
  /** Whether an observer wants reasons. Check this before you build one. */
  readonly explains: boolean;
  /**
   * Gives the reason of the preceding decision of this call; before any decision, the reason for waiting. It is read at
   * once, so objects may be reused. Without an observer it does nothing.
   */
  because(reason: Reason): void;
}

/** What a policy may decide in `decide`. */
export interface Decisions extends PreemptDecisions {
  /** Runs a ready job on free units of an accelerator. By default it runs all that is left, on all units. */
  run(job: ReadyJob, accelerator: AcceleratorView, options?: DispatchOptions): void;
  /** Chooses the variant of a job that has not started, or that is at a switch point of its model. */
  chooseVariant(job: ReadyJob, variantIndex: number): void;
}

/** Read at once, so a policy may keep one object and change it for each decision. */
export interface DispatchOptions {
  /**
   * Layers to run, or all that are left if there are fewer. Then the job is ready again. Left out: all that are left.
   */
  readonly layers?: number;
  /** Units of a fissionable accelerator; left out: all of them. */
  readonly units?: number;
}

/** Why a policy decided as it did. It explains and changes nothing. */
export interface Reason {
  /** In words that follow "because of", such as "earliest deadline". */
  readonly rule: string;
  /** Which score is best; left out: candidates have no scores. */
  readonly best?: "least" | "most";
  /** The choice first, then the candidates that it was preferred to. */
  readonly candidates?: readonly Candidate[];
}

/** A job, or a job on an accelerator, that a policy had to choose from. */
export interface Candidate {
  readonly job: ReadyJob;
  readonly accelerator?: AcceleratorView;
  readonly score?: number;
  /** The terms of the score, by their names in the policy's source. */
  readonly terms?: Readonly<Record<string, number>>;
}
