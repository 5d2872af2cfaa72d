/** Builds a run's timeline in columns from its events. Its memory is bounded: it stops at a number of slices. */

import type { Observer } from "../core/events.ts";
import { jobOutcome, jobOutcomes } from "../core/job-outcome.ts";
import type { JobRecord, Segment } from "../core/records.ts";
import type { Scenario } from "../core/scenario.ts";
import type { System } from "../core/system.ts";
import type { JobColumns, RunTimeline, SliceColumns, TimelineLane } from "./run-timeline.ts";
import { type OpenSlice, Slices } from "./slices.ts";

export interface RunTimelineOptions {
  /** The window; default: the whole run. */
  readonly fromNs?: number;
  readonly toNs?: number;
  /** The window ends where there would be more. */
  readonly mostSlices?: number;
}

export interface RunTimelineLog {
  readonly observer: Observer;
  /** Once the run has ended. */
  finish(): RunTimeline;
}

/** A page of 2.5 MB has room for these. */
const MOST_SLICES = 100_000;

export function createRunTimelineLog(
  scenario: Scenario,
  system: System,
  options: RunTimelineOptions = {},
): RunTimelineLog {
  const log = new Log(options);
  return {
    observer: {
      segmentEnded: (segment) => log.segmentEnded(segment),
      jobCompleted: (job) => log.jobEnded(job, job.completionNs),
      jobDropped: (job) => log.jobEnded(job, job.dropNs),
    },
    finish: () => log.finish(scenario, system),
  };
}

interface EndedJob {
  readonly job: JobRecord;
  readonly endNs: number;
}

const keyOf = (taskIndex: number, jobIndex: number): string => `${taskIndex}/${jobIndex}`;

class Log {
  readonly #fromNs: number;
  #toNs: number;
  readonly #mostSlices: number;
  #isCut = false;
  /** When the last job ended. */
  #endNs = 0;
  readonly #slices = new Slices();
  readonly #jobs: EndedJob[] = [];

  constructor({ fromNs = 0, toNs = Infinity, mostSlices = MOST_SLICES }: RunTimelineOptions) {
    this.#fromNs = fromNs;
    this.#toNs = toNs;
    this.#mostSlices = mostSlices;
  }

  segmentEnded(segment: Segment): void {
    if (segment.endNs > this.#toNs) this.#isCut = true;
    const begun = this.#slices.add(segment, this.#fromNs, this.#toNs);
    // Segments come in order of their ends: what ends later is cut here.
    if (begun !== undefined && this.#slices.all.length >= this.#mostSlices)
      this.#toNs = Math.min(this.#toNs, begun.endNs);
  }

  jobEnded(job: JobRecord, endNs: number): void {
    this.#endNs = Math.max(this.#endNs, endNs);
    if (endNs > this.#toNs) this.#isCut = true;
    const begunNs = Math.min(job.releaseNs, endNs);
    if (begunNs <= this.#toNs && endNs >= this.#fromNs) this.#jobs.push({ job, endNs });
  }

  finish({ tasks, durationNs }: Scenario, system: System): RunTimeline {
    const toNs = Math.min(this.#toNs, Math.max(durationNs, this.#endNs));
    const jobs = this.#jobs
      // A later end of the window, set while jobs came in, leaves out some of them.
      .filter(({ job, endNs }) => Math.min(job.releaseNs, endNs) <= toNs)
      .sort(({ job: a }, { job: b }) => a.taskIndex - b.taskIndex || a.jobIndex - b.jobIndex);
    const lanes = lanesOf(system, this.#slices.all);
    const rows = new Map(jobs.map(({ job }, row) => [keyOf(job.taskIndex, job.jobIndex), row]));
    return {
      fromNs: this.#fromNs,
      toNs,
      isCut: this.#isCut,
      tasks: tasks.map(({ id }) => id),
      lanes: lanes.map(({ lane }) => lane),
      jobs: jobColumns(jobs),
      slices: sliceColumns(this.#slices.all, lanes, rows),
    };
  }
}

interface IndexedLane {
  readonly acceleratorIndex: number;
  readonly lane: TimelineLane;
}

/** At least one for each accelerator. */
function lanesOf({ accelerators }: System, slices: readonly OpenSlice[]): readonly IndexedLane[] {
  const counts = accelerators.map(() => 1);
  for (const { acceleratorIndex, lane } of slices)
    counts[acceleratorIndex] = Math.max(counts[acceleratorIndex]!, lane + 1);
  return accelerators.flatMap(({ id, units }, acceleratorIndex) =>
    Array.from({ length: counts[acceleratorIndex]! }, (_, lane) => ({
      acceleratorIndex,
      lane: { accelerator: id, lane, units },
    })),
  );
}

function jobColumns(jobs: readonly EndedJob[]): JobColumns {
  const values = (of: (job: JobRecord) => number): Float64Array => Float64Array.from(jobs, ({ job }) => of(job));
  return {
    taskIndex: Uint16Array.from(jobs, ({ job }) => job.taskIndex),
    jobIndex: values((job) => job.jobIndex),
    releaseNs: values((job) => job.releaseNs),
    frameReleaseNs: values((job) => job.frameReleaseNs),
    deadlineNs: values((job) => job.deadlineNs),
    endNs: Float64Array.from(jobs, ({ endNs }) => endNs),
    outcome: Uint8Array.from(jobs, ({ job }) => jobOutcomes.indexOf(jobOutcome(job))),
    energyMj: Float32Array.from(jobs, ({ job }) => job.energyPj / 1e9),
  };
}

function sliceColumns(
  all: readonly OpenSlice[],
  lanes: readonly IndexedLane[],
  rows: ReadonlyMap<string, number>,
): SliceColumns {
  const laneIndexes = new Map(lanes.map(({ acceleratorIndex, lane }, i) => [keyOf(acceleratorIndex, lane.lane), i]));
  const laneOf = (slice: OpenSlice): number => laneIndexes.get(keyOf(slice.acceleratorIndex, slice.lane))!;
  // Stable: the slices of a lane stay in order of time.
  const slices = all.toSorted((a, b) => laneOf(a) - laneOf(b));
  const laneStart = new Uint32Array(lanes.length + 1);
  for (const slice of slices) laneStart[laneOf(slice) + 1]! += 1;
  for (let lane = 0; lane < lanes.length; lane += 1) laneStart[lane + 1]! += laneStart[lane]!;
  return {
    laneStart,
    startNs: Float64Array.from(slices, ({ startNs }) => startNs),
    endNs: Float64Array.from(slices, ({ endNs }) => endNs),
    job: Uint32Array.from(slices, ({ taskIndex, jobIndex }) => rows.get(keyOf(taskIndex, jobIndex))!),
    firstLayer: Uint32Array.from(slices, ({ firstLayer }) => firstLayer),
    lastLayer: Uint32Array.from(slices, ({ lastLayer }) => lastLayer),
    units: Uint16Array.from(slices, ({ units }) => units),
  };
}
