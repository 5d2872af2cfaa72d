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
  /** Of its last work. */
  readonly variantIndex: number;
  /** Index in the variant's `exits` of the one it left by; undefined: none. */
  readonly exitIndex?: number;
  /** What this job runs (its own skips, exit and length), alone on its fastest accelerator; absent: as its variant. */
  readonly isolatedNs?: number;
  /** All its work, wasted work and context switches included. */
  readonly energyPj: number;
  /** Indexes of the accelerators that ran it, in order of first use. */
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

/** A stretch of work of one job on one accelerator: one layer or a part of it, with its context transfer in front. */
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
  /** Share of the layer that was kept done before and after, 0 to 1; after 1 the layer is complete. */
  readonly progressBefore: number;
  readonly progressAfter: number;
  readonly end: "completed" | "checkpoint" | "kill";
}

/** What effects added to a segment. */
export interface SegmentExtras {
  /** Waiting for the decision, before anything else. */
  readonly overheadNs?: number;
  /** By how much memory contention stretched it; absent: not at all. */
  readonly lagNs?: number;
  /** Operating point that it ran at; absent: the accelerator has none. */
  readonly operatingPoint?: number;
  /** Reading (and where needed writing) the job's live activations before the work. */
  readonly switchInNs: number;
  /** Saving them after it (checkpoint). */
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
  /** Layers dispatched, continued ones included. */
  readonly layers: number;
  /** Calls of the policy. */
  readonly decisions: number;
  readonly events: number;
  /** Highest power of all running work and idle accelerators at any time, mW. */
  readonly peakPowerMw?: number;
  readonly accelerators: readonly AcceleratorTotals[];
}

/** What an accelerator did in a whole run. */
export interface AcceleratorTotals {
  /** Unit-time that ran or moved context, ns (equal to time where there are no units). */
  readonly busyNs: number;
  readonly energyPj: number;
  readonly contextSwitches: number;
}
