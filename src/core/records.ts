/** What is kept of a run: jobs, segments of work, reasons of decisions, totals. */

export type DropReason = "late" | "policy" | "parent";

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
  /** undefined: never started. */
  readonly startNs: number | undefined;
  /** undefined: dropped. */
  readonly completionNs: number | undefined;
  /** When it was dropped; undefined: completed. */
  readonly dropNs: number | undefined;
  readonly dropReason: DropReason | undefined;
  /** The variant that it was in last. */
  readonly variantIndex: number;
  /** Index of the early exit that it left by, in the variant's `exits`; absent: none. */
  readonly exitIndex?: number;
  /** Time of the layers that this very job runs, as drawn, alone on its fastest accelerator; absent: all layers of the variant. */
  readonly isolatedNs?: number;
  /** Of all its work; lost work and context switches included. */
  readonly energyPj: number;
  /** Indexes of the accelerators that it ran on, in order of first use. */
  readonly accelerators: readonly number[];
  readonly contextSwitches: number;
  readonly preemptions: PreemptionCounts;
}

/** How often something was preempted, by kind. */
export interface PreemptionCounts {
  readonly checkpoint: number;
  readonly kill: number;
  readonly drain: number;
}

/** The work of one job between two events: a layer or a part of one, with what effects add in front and behind. */
export interface Segment extends SegmentExtras {
  readonly taskIndex: number;
  readonly jobIndex: number;
  readonly acceleratorIndex: number;
  /** Of the accelerator's lanes, from 0: jobs run side by side on one with several units. */
  readonly lane: number;
  readonly units: number;
  readonly variantIndex: number;
  readonly layerIndex: number;
  readonly startNs: number;
  readonly endNs: number;
  readonly energyPj: number;
  /** Share of the layer that is done before and after, 0 to 1; with 1 the layer is complete. */
  readonly progressBefore: number;
  readonly progressAfter: number;
  readonly end: "completed" | "checkpoint" | "kill";
}

/** What effects added to a segment. */
export interface SegmentExtras {
  /** The wait for the decision, in front of everything else. */
  readonly overheadNs?: number;
  /** By how much contention for memory stretched it; absent: not at all. */
  readonly lagNs?: number;
  /** Operating point that it ran at; absent: the accelerator has none. */
  readonly operatingPoint?: number;
  /** Time to bring the job's live activations, before the work. */
  readonly switchInNs: number;
  /** Time to save them, after it (checkpoint). */
  readonly switchOutNs: number;
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

/** What a whole run came to. */
export interface RunTotals {
  /** When the last job ended; 0 where none was released. */
  readonly endNs: number;
  /** Segments that have begun: layers, those of one dispatch each, and the rests of stopped ones. */
  readonly layers: number;
  /** Calls of `decide` and `preempt`. */
  readonly decisions: number;
  readonly events: number;
  /** Highest power of all running layers and idle accelerators together, mW. */
  readonly peakPowerMw?: number;
  readonly accelerators: readonly AcceleratorTotals[];
}

/** What an accelerator did in a whole run. */
export interface AcceleratorTotals {
  /** Time in which it was not free, ns; on one with several units, the sum over its units. */
  readonly busyNs: number;
  readonly energyPj: number;
  readonly contextSwitches: number;
}
