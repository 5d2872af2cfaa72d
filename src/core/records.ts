/** Records of a run: jobs, segments of work, reasons of decisions, totals. */

/**
 * `late`: its deadline had passed. `policy`: a scheduler's decision. `parent`: a parent was dropped. `queue`: the queue
 * of its task was full. `refused`: likewise, and it was never released.
 */
export type DropReason = "late" | "policy" | "parent" | "queue" | "refused";

/** Those of jobs that had been released. */
export type OwnDropReason = Exclude<DropReason, "parent" | "refused">;

/** One job, once it has ended. Times are absolute, whole ns; energy is pJ. */
export interface JobRecord {
  readonly taskIndex: number;
  /** 0-based frame index. */
  readonly jobIndex: number;
  readonly releaseNs: number;
  /** Nominal release (without jitter) of the root frame; the job's own for a root task. */
  readonly frameReleaseNs: number;
  /** Infinity: none. */
  readonly deadlineNs: number;
  readonly priority: number;
  /** Its work relative to its model's costs; absent: 1. */
  readonly scale?: number;
  /** undefined: never started. */
  readonly startNs: number | undefined;
  /** undefined: dropped. */
  readonly completionNs: number | undefined;
  /** When it was dropped; undefined: completed. */
  readonly dropNs: number | undefined;
  readonly dropReason: DropReason | undefined;
  /** Its last variant. */
  readonly variantIndex: number;
  /** Index of the early exit that it took, in the variant's `exits`; absent: none. */
  readonly exitIndex?: number;
  /** Time of this job's own layers, as drawn and at its own scale, alone on its fastest accelerator; absent: that of the variant. */
  readonly isolatedNs?: number;
  /** Of all its work, with lost work and context switches. NaN: it ran layers of unknown energy. */
  readonly energyPj: number;
  /** Indexes of the accelerators that it ran on, in order of first use. */
  readonly accelerators: readonly number[];
  readonly contextSwitches: number;
  readonly preemptions: PreemptionCounts;
  /** What it took when it last started, in the order of its task's `reads`; absent: its task reads nothing, or it never started. */
  readonly reads?: readonly ReadRecord[];
  /**
   * Nominal release of the newest source frame in what it makes; -Infinity: there is none. Absent: nothing in the
   * scenario reads, so it is the release of the root frame. See docs/semantics.md#latest-value-reads.
   */
  readonly sourceReleaseNs?: number;
  /** Absent: no accelerator has a memory for weights. */
  readonly weights?: JobWeights;
}

/** What loading weights cost a job. */
export interface JobWeights {
  readonly loads: number;
  /** Time in which it waited for them and computed nothing. */
  readonly waitNs: number;
}

/** What a job took of a task that its own one reads. */
export interface ReadRecord {
  /** The task that was read. */
  readonly taskIndex: number;
  /** Absent: no job of that task had completed. */
  readonly output?: OutputRecord;
}

/** What a completed job left to be read. */
export interface OutputRecord {
  readonly jobIndex: number;
  /** Nominal release of the root frame of the job that made it. */
  readonly frameReleaseNs: number;
  /** Of the newest source frame in it; -Infinity: there is none. */
  readonly sourceReleaseNs: number;
  readonly completionNs: number;
}

/** Number of preemptions, by kind. */
export interface PreemptionCounts {
  readonly checkpoint: number;
  readonly kill: number;
  readonly drain: number;
}

/** The work of one job between two events: a layer or a part of one, with what effects add before and after it. */
export interface Segment extends SegmentExtras {
  readonly taskIndex: number;
  readonly jobIndex: number;
  readonly acceleratorIndex: number;
  /** Among the accelerator's lanes, from 0. On an accelerator with several units, jobs run side by side. */
  readonly lane: number;
  readonly units: number;
  readonly variantIndex: number;
  readonly layerIndex: number;
  readonly startNs: number;
  readonly endNs: number;
  /** NaN: not known. */
  readonly energyPj: number;
  /** Share of the layer that is done before and after, 0 to 1; at 1 the layer is complete. */
  readonly progressBefore: number;
  readonly progressAfter: number;
  readonly end: "completed" | "checkpoint" | "kill";
}

/** What effects added to a segment. */
export interface SegmentExtras {
  /** The wait for the decision, before everything else. */
  readonly overheadNs?: number;
  /** Time lost to contention for memory; absent: none. */
  readonly lagNs?: number;
  /** Operating point of the segment; absent: the accelerator has none. */
  readonly operatingPoint?: number;
  /** Time to bring the job's live activations, before the work. */
  readonly switchInNs: number;
  /** Time to save them, after it (checkpoint). */
  readonly switchOutNs: number;
  /** The load of its weights; absent: they were there, or it has none. */
  readonly load?: WeightLoad;
}

/** A load of the weights of a layer, in full even if it was cut short. */
export interface WeightLoad {
  readonly ns: number;
  /** The part that precedes the work; all of it unless the two overlap. */
  readonly waitNs: number;
  readonly pj: number;
  /** NaN: not known. */
  readonly bytes: number;
}

/** Why a policy decided as it did, as plain data; see `Reason` of the contract. */
export interface ReasonRecord {
  readonly rule: string;
  readonly best?: "least" | "most";
  /** The choice first. */
  readonly candidates: readonly CandidateRecord[];
}

/** A job, or a job on an accelerator, that a policy had to choose from. */
export interface CandidateRecord {
  readonly taskIndex: number;
  readonly jobIndex: number;
  readonly acceleratorIndex?: number;
  readonly score?: number;
  readonly terms?: Readonly<Record<string, number>>;
}

/** Totals of a run. */
export interface RunTotals {
  /** When the last job ended; 0 if none was released. */
  readonly endNs: number;
  /** Segments that have begun: layers (each layer of a dispatch counts) and the rests of stopped layers. */
  readonly layers: number;
  /** Calls of `decide` and `preempt`. */
  readonly decisions: number;
  readonly events: number;
  /** Highest power of all running layers and idle accelerators together, mW; NaN: a layer of unknown energy ran. */
  readonly peakPowerMw?: number;
  /** By accelerator, undefined for one without a memory for weights; absent: none has one. */
  readonly weights?: readonly (WeightTotals | undefined)[];
  readonly accelerators: readonly AcceleratorTotals[];
}

/** Loads of weights on an accelerator in a whole run. */
export interface WeightTotals {
  readonly loads: number;
  /** Unit-time in which it waited for weights and computed nothing, ns. */
  readonly waitNs: number;
  /** Bytes whose number is known. */
  readonly bytes: number;
  readonly pj: number;
}

/** What an accelerator did in a whole run. */
export interface AcceleratorTotals {
  /** Time in which it was not free, ns. With several units it is the sum over the units. */
  readonly busyNs: number;
  /** NaN: it ran layers of unknown energy. */
  readonly energyPj: number;
  readonly contextSwitches: number;
}
