/** The work of a run in columns: compact enough for a page to hold a hundred thousand slices. Times are whole ns. */
import { type JobOutcome, jobOutcomes } from "../core/job-outcome.ts";

export interface RunTimeline {
  readonly fromNs: number;
  readonly toNs: number;
  /** Whether the run goes on after `toNs` with work that is left out. */
  readonly isCut: boolean;
  /** Ids, in the order of the scenario. */
  readonly tasks: readonly string[];
  /** By accelerator, in the order of the system. */
  readonly lanes: readonly TimelineLane[];
  readonly jobs: JobColumns;
  readonly slices: SliceColumns;
}

/** A row of the timeline. */
export interface TimelineLane {
  /** Id. */
  readonly accelerator: string;
  /** Among the accelerator's lanes, from 0. */
  readonly lane: number;
  /** Of the accelerator. */
  readonly units: number;
}

/** Jobs that were there in the window, by task and index. A row is an index into all columns. */
export interface JobColumns {
  readonly taskIndex: Uint16Array;
  readonly jobIndex: Float64Array;
  readonly releaseNs: Float64Array;
  /** Nominal release of its frame, from which latency counts. */
  readonly frameReleaseNs: Float64Array;
  /** Infinity: none. */
  readonly deadlineNs: Float64Array;
  /** When it completed or was dropped. */
  readonly endNs: Float64Array;
  /** An index into `jobOutcomes`. */
  readonly outcome: Uint8Array;
  /** NaN: not known. */
  readonly energyMj: Float32Array;
}

/** Time in which a job had a lane without a break, by lane and start: one or several of its layers. */
export interface SliceColumns {
  /** Slices of lane i are those from `laneStart[i]` up to `laneStart[i + 1]`. */
  readonly laneStart: Uint32Array;
  readonly startNs: Float64Array;
  readonly endNs: Float64Array;
  /** Row of the job. */
  readonly job: Uint32Array;
  readonly firstLayer: Uint32Array;
  readonly lastLayer: Uint32Array;
  readonly units: Uint16Array;
}

export const outcomeOf = ({ outcome }: JobColumns, job: number): JobOutcome => jobOutcomes[outcome[job]!]!;

export const isMiss = (jobs: JobColumns, job: number): boolean => jobs.outcome[job] !== 0;
