/** What a policy sees of a run: a part of its contract, scheduler.ts. */

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
