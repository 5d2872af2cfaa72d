/**
 * The contract between the simulation and a scheduling policy.
 *
 * A scheduler gets a read-only view and hands back decisions, which the core checks and applies after the call.
 * It never changes a job, prints, draws a number, reads a clock or asks to be called (but see `wakeAt`).
 * At each instant the order is: completions, releases, late drops, `preempt` (once), then `decide`, again and again
 * while there is a ready job and an idle accelerator and the last call decided something.
 * See docs/schedulers.md for a guide with examples.
 */

export interface Scheduler {
  /** kebab-case, as users write it. */
  readonly name: string;
  /** One line for `rtmm list`. */
  readonly summary: string;
  /** Paper and section, or textbook. */
  readonly source: string;
  readonly parameters: readonly SchedulerParameter[];
  /** Called once a run, so that a policy's memory never outlives it. Throws for parameters that do not go together. */
  create(platform: Platform, parameters: ParameterValues): Policy;
}

/** The value of a parameter of a scheduler. */
export type ParameterValue = number | string | boolean;
/** Parameters of a scheduler by name. */
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

/** A declared parameter: checked by the loader, printed by `rtmm list`, tunable where it is a number with a range. */
export type SchedulerParameter =
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
  | { readonly kind: "text"; readonly name: string; readonly summary: string; readonly default: string };

/** What a scheduler makes for one run. */
export interface Policy {
  /** Whether the core drops a job that has not started when its deadline has passed. */
  readonly lateDrop: boolean;
  /**
   * Sort key of a ready job; the least comes first in `readyJobs`, ties by release, task, job.
   * Read when the job becomes ready (released, layer ended, preempted) and kept while it waits, so it may depend on
   * the job's own progress but not on the time. Without it, readyJobs is in tie order.
   */
  rank?(job: ReadyJob): number;
  /** Says what runs where. Called while there are ready jobs and idle accelerators; deciding nothing means waiting. */
  decide(view: View, decisions: Decisions): void;
  /** Says what to stop or resize. Called once an instant, before `decide`, while anything runs. */
  preempt?(view: RunningView, decisions: PreemptDecisions): void;
  /** Told of every release; `job.slot` is then fresh. */
  jobReleased?(job: ReadyJob, nowNs: number): void;
  /** Told of a dependent job that was dropped with its parent: it was never ready, but counts as violated. */
  orphanDropped?(task: TaskView, jobIndex: number, nowNs: number): void;
  /**
   * Told when a job has completed (`dropReason` is undefined) or was dropped, with its last state. Dependents that a
   * dropped job takes along were never ready and are not told.
   */
  jobEnded?(job: ReadyJob, nowNs: number, dropReason: "late" | "policy" | undefined): void;
}

/** What stays the same during a run. */
export interface Platform {
  readonly accelerators: readonly AcceleratorView[];
  readonly tasks: readonly TaskView[];
}

/** A task as a policy sees it. */
export interface TaskView {
  readonly index: number;
  readonly id: string;
  readonly modelName: string;
  readonly priority: number;
  /** Nominal jobs per second of its root task; undefined where the arrival process has no rate. */
  readonly ratePerS: number | undefined;
  /** Indexes of the tasks that this one waits for; empty for a root. */
  readonly parents: readonly number[];
  /** Indexes of the tasks that wait for this one. */
  readonly children: readonly number[];
  /** Probability that a frame of the parents triggers this task; 1 for a root. */
  readonly probability: number;
  /** Variants, original first. */
  readonly variantNames: readonly string[];
  /** Relative deadline, ns; Infinity where there is none. */
  readonly deadlineNs: number;
  /** Expected latency of a whole job on an accelerator with all its units, ns; `variantIndex` left out: the original. */
  isolatedNs(accelerator: AcceleratorView, variantIndex?: number): number;
  /** Expected energy, likewise, pJ. */
  isolatedPj(accelerator: AcceleratorView, variantIndex?: number): number;
}

/** An accelerator as a policy sees it. */
export interface AcceleratorView {
  readonly index: number;
  readonly id: string;
  /** Units in all; 1 without fission. */
  readonly units: number;
  /** Units that run nothing now. */
  readonly freeUnits: number;
  readonly canCheckpoint: boolean;
  readonly canKill: boolean;
}

/** Ready jobs: first is the least by rank, then release, task, job. Valid during one call. */
export interface JobList<T> extends Iterable<T> {
  readonly length: number;
  readonly first: T;
  /** The i-th, from 0. */
  at(i: number): T;
}

/** What a policy sees in `decide`. */
export interface View {
  readonly nowNs: number;
  /** Released, not running; never empty in `decide`. */
  readonly readyJobs: JobList<ReadyJob>;
  /** Accelerators with a free unit, by index; never empty in `decide`. */
  readonly idleAccelerators: readonly [AcceleratorView, ...AcceleratorView[]];
  readonly accelerators: readonly AcceleratorView[];
  /** By accelerator index. */
  readonly runningJobs: readonly RunningJob[];
}

/** What a policy sees in `preempt`. */
export interface RunningView {
  readonly nowNs: number;
  /** May be empty. */
  readonly readyJobs: JobList<ReadyJob>;
  readonly accelerators: readonly AcceleratorView[];
  /** By accelerator index; never empty in `preempt`. */
  readonly runningJobs: readonly RunningJob[];
}

/**
 * A job as a scheduler sees it. Latencies and energies are expectations (true ones for layers without dynamic
 * behaviour, unless times vary or estimates are wrong: docs/semantics.md); what a job will skip is not shown before it gets there. `units` left out means all of them.
 * The object is reused after the job has ended: keep `slot`-indexed memory, reset in `jobReleased`, not the object.
 */
export interface ReadyJob {
  /** Small whole number that names this job among the live ones. */
  readonly slot: number;
  readonly task: TaskView;
  /** 0-based frame index. */
  readonly jobIndex: number;
  readonly releaseNs: number;
  /** Absolute; Infinity where there is none. */
  readonly deadlineNs: number;
  readonly priority: number;
  readonly variantIndex: number;
  /** Whether `chooseVariant` is legal now. */
  readonly canChooseVariant: boolean;
  /** Of the next (or running) layer. */
  readonly layerIndex: number;
  /** Layers not yet completed, this one included. */
  readonly layersLeft: number;
  readonly hasStarted: boolean;
  /** When its last work ended; its release while it has not run. */
  readonly lastRanNs: number;
  /** Accelerator that ran it last; undefined while it has not run. */
  readonly lastAccelerator: AcceleratorView | undefined;
  /** Share of the current layer that a checkpoint kept, 0 to 1. */
  readonly layerProgress: number;
  /** Next (or running) layer, whole, without context switch. */
  latencyNs(accelerator: AcceleratorView, units?: number): number;
  /** Likewise, its energy. */
  energyPj(accelerator: AcceleratorView, units?: number): number;
  /** Tiles of the next (or running) layer, at whose ends it can stop; 0: it can at any time. */
  tiles(accelerator: AcceleratorView, units?: number): number;
  /** The next `layers` layers (or what is left), on one accelerator, less kept progress: what a block would take. */
  blockNs(layers: number, accelerator: AcceleratorView, units?: number): number;
  /** Likewise, their energy. */
  blockPj(layers: number, accelerator: AcceleratorView, units?: number): number;
  /** All that is left, on one accelerator, less kept progress. */
  remainingNs(accelerator: AcceleratorView, units?: number): number;
  /** Likewise, its energy. */
  remainingPj(accelerator: AcceleratorView, units?: number): number;
  /** Likewise by now: of a running job, less what it has done of its layer. At least 0; a waiting job's remainingNs. */
  remainingNowNs(accelerator: AcceleratorView, units?: number): number;
  /** Next layer, mean over accelerators that can run it. */
  readonly meanLatencyNs: number;
  /** All that is left, each layer at its mean over accelerators: DREAM's ToGo. */
  readonly meanRemainingNs: number;
  /** Likewise by now: of a running job, less what it has done of its layer. At least 0. */
  readonly meanRemainingNowNs: number;
  /** All that is left, each layer on its fastest accelerator: DREAM's minToGo. */
  readonly minRemainingNs: number;
  /** Likewise by now: of a running job, less what it has done of its layer. At least 0. */
  readonly minRemainingNowNs: number;
  /** A whole job of this variant on its fastest single accelerator. */
  readonly isolatedNs: number;
  /** Energy that its work has taken so far, context switches and lost work included; a running layer not yet. */
  readonly spentPj: number;
  /** What it costs to bring this job's live activations to an accelerator now; 0 where they are there. */
  switchNs(accelerator: AcceleratorView): number;
  /** Likewise, the energy. */
  switchPj(accelerator: AcceleratorView): number;
}

export interface RunningJob extends ReadyJob {
  readonly accelerator: AcceleratorView;
  /** Units it runs on. */
  readonly runningUnits: number;
  /** When it was dispatched this time, its context switch included. */
  readonly dispatchedNs: number;
  /** Expected end of the running layer. */
  readonly layerEndNs: number;
  /** Share of the running layer done by now, kept progress included, 0 to 1. */
  readonly progressNow: number;
  /** A preemption has been decided and has not yet taken effect. */
  readonly isStopping: boolean;
}

/** What a policy may decide in `preempt`. */
export interface PreemptDecisions {
  /**
   * `checkpoint`: stop at the next tile end (at once where the costs know no tiles), save the live activations, be
   * ready again with its progress. `kill`: stop at once, be ready again at the first layer. `drain`: finish the
   * running layer, then be ready again (a job that would end with it, ends).
   */
  preempt(job: RunningJob, kind: "checkpoint" | "kill" | "drain"): void;
  /** Drops a ready job. */
  drop(job: ReadyJob): void;
  /**
   * Asks for a call of `preempt` (while anything runs) and `decide` (where there is something to decide) at that time,
   * in the future, rounded up to whole ns. A later request replaces it.
   */
  wakeAt(timeNs: number): void;
  /** Whether anybody listens to reasons: look here before building one. */
  readonly explains: boolean;
  /**
   * Says why the decision before it in this call was made; in front of all decisions, why the policy waits. Read at
   * once, so objects may be reused. Without a listener it does nothing.
   */
  because(reason: Reason): void;
}

/** What a policy may decide in `decide`. */
export interface Decisions extends PreemptDecisions {
  /** Runs a ready job on free units of an accelerator: all that is left of it, on all units, unless options say less. */
  run(job: ReadyJob, accelerator: AcceleratorView, options?: DispatchOptions): void;
  /** Chooses the variant of a job that has not started, or that is at a switch point of its model. */
  chooseVariant(job: ReadyJob, variantIndex: number): void;
}

/** Read at once: a policy may keep one object and change it from decision to decision. */
export interface DispatchOptions {
  /** Layers to run (or what is left, if that is less), then the job is ready again; left out: all that are left. */
  readonly layers?: number;
  /** Units of a fissionable accelerator; left out: all of them. */
  readonly units?: number;
}

/** Why a policy decided as it did. It explains and changes nothing. */
export interface Reason {
  /** In words that follow "because of", such as "earliest deadline". */
  readonly rule: string;
  /** Which score is the best one; left out: candidates have none. */
  readonly best?: "least" | "most";
  /** The choice first, then what it was preferred to. */
  readonly candidates?: readonly Candidate[];
}

/** A job, or a job on an accelerator, that a policy had to choose from. */
export interface Candidate {
  readonly job: ReadyJob;
  readonly accelerator?: AcceleratorView;
  readonly score?: number;
  /** What the score is made of, by the names that the policy's source gives it. */
  readonly terms?: Readonly<Record<string, number>>;
}
