/**
 * The contract between the simulation and a scheduling policy.
 *
 * A scheduler gets a read-only view and returns decisions. The core checks and applies them after the call. A scheduler
 * never changes a job, prints, draws a random number or reads a clock, and does not choose when it is called (except by
 * `wakeAt`). The order at each instant is: completions, releases, late drops, `preempt` (once), then `decide`. `decide`
 * is called again while there are a ready job and an idle accelerator and the last call decided something. See
 * docs/schedulers.md for a guide with examples.
 */

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

/** What does not change during a run. */
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
  /** Nominal jobs per second of its root task; undefined if the arrival process has no rate. */
  readonly ratePerS: number | undefined;
  /** Indexes of the tasks that this one waits for; empty for a root. */
  readonly parents: readonly number[];
  /** Indexes of the tasks that wait for this one. */
  readonly children: readonly number[];
  /** Probability that a frame of the parents triggers this task; 1 for a root. */
  readonly probability: number;
  /** Variants, original first. */
  readonly variantNames: readonly string[];
  /** Relative deadline, ns; Infinity: none. */
  readonly deadlineNs: number;
  /** Expected latency of a whole job (of scale 1) on an accelerator with all its units, ns; `variantIndex` left out: the original. */
  isolatedNs(accelerator: AcceleratorView, variantIndex?: number): number;
  /** Expected energy of the same, pJ; NaN if the costs do not know it. */
  isolatedPj(accelerator: AcceleratorView, variantIndex?: number): number;
  /** What the layers of a variant are expected to cost in a job of scale 1; `variantIndex` left out: the original. */
  layerCosts(variantIndex?: number): LayerCosts;
}

/**
 * What policies know of the layers of a variant before any job has reached them. A layer is named by its index, as in
 * `ReadyJob.layerIndex`; `units` left out means all units. Unknown energies are NaN.
 */
export interface LayerCosts {
  /** Number of layers. */
  readonly length: number;
  /** Infinity: the accelerator cannot run it. */
  latencyNs(layerIndex: number, accelerator: AcceleratorView, units?: number): number;
  /** NaN: not known. */
  energyPj(layerIndex: number, accelerator: AcceleratorView, units?: number): number;
  /** Number of tiles, at whose ends the layer can stop; 0: it can stop at any time. */
  tiles(layerIndex: number, accelerator: AcceleratorView, units?: number): number;
  /** From the beginning of this layer to the end of the job, in expectation. */
  remainingNs(layerIndex: number, accelerator: AcceleratorView, units?: number): number;
  /** Likewise, the energy. */
  remainingPj(layerIndex: number, accelerator: AcceleratorView, units?: number): number;
  /** Mean over the accelerators that can run the layer. */
  meanLatencyNs(layerIndex: number): number;
  /** The least of them. */
  minLatencyNs(layerIndex: number): number;
  /** From this layer to the end of the job, each at its mean. */
  meanRemainingNs(layerIndex: number): number;
  /** Likewise, each at its least. */
  minRemainingNs(layerIndex: number): number;
}

/** An accelerator as a policy sees it. */
export interface AcceleratorView {
  readonly index: number;
  readonly id: string;
  /** Total number of units; 1 without fission. */
  readonly units: number;
  /** Units that run nothing now. */
  readonly freeUnits: number;
  readonly canCheckpoint: boolean;
  readonly canKill: boolean;
}

/** Ready jobs, in order of rank, then release, task, job. Valid during one call. */
export interface JobList<T> extends Iterable<T> {
  readonly length: number;
  readonly first: T;
  /** The i-th, from 0. */
  at(i: number): T;
}

/** What the place of a job depends on. */
export interface IdleView {
  readonly nowNs: number;
  /** Accelerators with a free unit, by index; never empty in `decide`. */
  readonly idleAccelerators: readonly [AcceleratorView, ...AcceleratorView[]];
}

/** What a policy sees in `decide`. */
export interface View extends IdleView {
  /** Released, not running; never empty in `decide`. */
  readonly readyJobs: JobList<ReadyJob>;
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
 * A job as a scheduler sees it. Latencies and energies are expectations; for layers without dynamic behaviour they are
 * exact, unless times vary or estimates are wrong (docs/semantics.md). What a job will skip is not shown before the job gets there. They include a trace's `scale`. `units` left out means all units.
 * An energy that the costs do not know is NaN, and so is every sum with it; no comparison with NaN holds.
 * The object is reused after the job has ended. Do not keep it: keep memory indexed by `slot`, and reset it in
 * `jobReleased`.
 */
export interface ReadyJob {
  /** Small whole number, unique among live jobs. */
  readonly slot: number;
  readonly task: TaskView;
  /** 0-based frame index. */
  readonly jobIndex: number;
  readonly releaseNs: number;
  /** Absolute; Infinity: none. */
  readonly deadlineNs: number;
  readonly priority: number;
  /** Its work relative to its model's costs: 1 unless a row of a trace scales it. */
  readonly scale: number;
  readonly variantIndex: number;
  /** Whether `chooseVariant` is legal now. */
  readonly canChooseVariant: boolean;
  /** Of the next (or running) layer. */
  readonly layerIndex: number;
  /** Layers not yet completed, this one included. */
  readonly layersLeft: number;
  readonly hasStarted: boolean;
  /** When its last work ended; before it has run, its release. */
  readonly lastRanNs: number;
  /** Accelerator that ran it last; undefined before it has run. */
  readonly lastAccelerator: AcceleratorView | undefined;
  /** Share of the current layer that a checkpoint kept, 0 to 1. */
  readonly layerProgress: number;
  /** Time of the whole next (or running) layer, without context switch. */
  latencyNs(accelerator: AcceleratorView, units?: number): number;
  /** Likewise, its energy. */
  energyPj(accelerator: AcceleratorView, units?: number): number;
  /** Tiles of the next (or running) layer, at whose ends it can stop; 0: it can stop at any time. */
  tiles(accelerator: AcceleratorView, units?: number): number;
  /** Time of the next `layers` layers (or of what is left) on one accelerator, less kept progress: a block. */
  blockNs(layers: number, accelerator: AcceleratorView, units?: number): number;
  /** Likewise, their energy. */
  blockPj(layers: number, accelerator: AcceleratorView, units?: number): number;
  /** Time of all that is left on one accelerator, less kept progress. */
  remainingNs(accelerator: AcceleratorView, units?: number): number;
  /** Likewise, its energy. */
  remainingPj(accelerator: AcceleratorView, units?: number): number;
  /**
   * The same as of now: for a running job, less the finished part of its layer. At least 0; for a waiting job,
   * `remainingNs`.
   */
  remainingNowNs(accelerator: AcceleratorView, units?: number): number;
  /** Time of the next layer, mean over the accelerators that can run it. */
  readonly meanLatencyNs: number;
  /** Time of all that is left, each layer at its mean over accelerators: DREAM's ToGo. */
  readonly meanRemainingNs: number;
  /** The same as of now: for a running job, less the finished part of its layer. At least 0. */
  readonly meanRemainingNowNs: number;
  /** Time of all that is left, each layer on its fastest accelerator: DREAM's minToGo. */
  readonly minRemainingNs: number;
  /** The same as of now: for a running job, less the finished part of its layer. At least 0. */
  readonly minRemainingNowNs: number;
  /** Time of a whole job of this variant on its fastest single accelerator. */
  readonly isolatedNs: number;
  /** Energy of its work so far, with context switches and lost work, but without the running layer. */
  readonly spentPj: number;
  /**
   * Time to bring this job's live activations, and the weights of its next layer, to an accelerator now; 0 if they are
   * there.
   */
  switchNs(accelerator: AcceleratorView): number;
  /** Energy of the same. */
  switchPj(accelerator: AcceleratorView): number;
}

export interface RunningJob extends ReadyJob {
  readonly accelerator: AcceleratorView;
  /** Units that it runs on. */
  readonly runningUnits: number;
  /** When it was last dispatched, before its context switch. */
  readonly dispatchedNs: number;
  /** Expected end of the running layer, by its estimate; not before now. */
  readonly layerEndNs: number;
  /** Share of the running layer that is done now by its estimate, with kept progress, 0 to 1. */
  readonly progressNow: number;
  /** Whether a preemption has been decided but has not yet taken effect. */
  readonly isStopping: boolean;
}

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
