/** Builds the timeline of a run from its events. It keeps the work in a window or two, however long the run is. */

import type { Observer } from "../core/events.ts";
import { endNsOf, jobOutcome } from "../core/job-outcome.ts";
import type { JobRecord, Segment } from "../core/records.ts";
import type { Scenario } from "../core/scenario.ts";
import type { System } from "../core/system.ts";
import { Slices } from "./slices.ts";
import type { Miss, Timeline } from "./timeline.ts";

/**
 * Which part of a run a timeline shows. `first-miss`: of windows side by side from `startNs` on, the first one with a
 * miss, or the very first one if there is none.
 */
export type TimelineWindow =
  | { readonly kind: "fixed"; readonly fromNs: number; readonly toNs: number }
  | { readonly kind: "first-miss"; readonly startNs: number; readonly lengthNs: number };

export interface TimelineLog {
  readonly observer: Observer;
  /** Once the run has ended, which is where a window that is longer ends, too. */
  finish(): Timeline;
}

export function createTimelineLog(scenario: Scenario, system: System, window: TimelineWindow): TimelineLog {
  const windows = window.kind === "fixed" ? new FixedWindow(window, scenario) : new FirstMissWindow(window, scenario);
  let endNs = scenario.durationNs;
  const jobEnded = (job: JobRecord, timeNs: number): void => {
    endNs = Math.max(endNs, timeNs);
    windows.jobEnded(job, timeNs);
  };
  return {
    observer: {
      segmentEnded: (segment) => windows.segmentEnded(segment),
      jobCompleted: (job) => jobEnded(job, job.completionNs),
      jobDropped: (job) => jobEnded(job, job.dropNs),
    },
    finish() {
      const { fromNs, toNs, jobs, slices, misses } = windows.chosen;
      return {
        scenario: scenario.name,
        fromNs,
        toNs: Math.min(toNs, endNs),
        tasks: scenario.tasks.map(({ id }, index) => ({ id, jobs: jobs[index]! })),
        accelerators: system.accelerators.map(({ id, units }) => ({ id, units })),
        slices: slices.all.map(({ firstLayer: _first, lastLayer: _last, ...slice }) => slice),
        misses,
      };
    },
  };
}

/**
 * Whether an instant belongs to an interval. An instant between two intervals belongs to the first one, where the work
 * is that ended then; the start of the run belongs to the first of all.
 */
export const isWithin = (timeNs: number, fromNs: number, toNs: number): boolean =>
  (timeNs > fromNs || (timeNs === 0 && fromNs === 0)) && timeNs <= toNs;

/** Whether a job was there at some time in a window: released and not yet ended. */
export function isThere(job: JobRecord, { fromNs, toNs }: { readonly fromNs: number; readonly toNs: number }): boolean {
  const endNs = endNsOf(job);
  return isWithin(endNs, fromNs, toNs) || (job.releaseNs < toNs && endNs > fromNs);
}

/** What happened in one window. */
class FixedWindow {
  readonly fromNs: number;
  readonly toNs: number;
  readonly slices = new Slices();
  readonly misses: Miss[] = [];
  /** By task. */
  readonly jobs: number[];

  constructor(
    { fromNs, toNs }: { readonly fromNs: number; readonly toNs: number },
    { tasks }: Pick<Scenario, "tasks">,
  ) {
    this.fromNs = fromNs;
    this.toNs = toNs;
    this.jobs = tasks.map(() => 0);
  }

  get chosen(): FixedWindow {
    return this;
  }

  segmentEnded(segment: Segment): void {
    this.slices.add(segment, this.fromNs, this.toNs);
  }

  jobEnded(job: JobRecord, timeNs: number): void {
    const { taskIndex, jobIndex } = job;
    if (isThere(job, this)) this.jobs[taskIndex]! += 1;
    if (!isWithin(timeNs, this.fromNs, this.toNs)) return;
    const outcome = jobOutcome(job);
    if (outcome !== "met") this.misses.push({ taskIndex, jobIndex, timeNs, kind: outcome });
  }
}

/** Events come in order of time, so a window without a miss is over when the next event comes after it. */
class FirstMissWindow {
  private readonly startNs: number;
  private readonly lengthNs: number;
  private readonly scenario: Scenario;
  private readonly first: FixedWindow;
  private current: FixedWindow;

  constructor({ startNs, lengthNs }: { readonly startNs: number; readonly lengthNs: number }, scenario: Scenario) {
    this.startNs = startNs;
    this.lengthNs = lengthNs;
    this.scenario = scenario;
    this.first = this.numbered(0);
    this.current = this.first;
  }

  get chosen(): FixedWindow {
    return this.hasMiss() ? this.current : this.first;
  }

  segmentEnded(segment: Segment): void {
    this.moveTo(segment.endNs);
    for (const window of this.kept()) window.segmentEnded(segment);
  }

  jobEnded(job: JobRecord, timeNs: number): void {
    this.moveTo(timeNs);
    for (const window of this.kept()) window.jobEnded(job, timeNs);
  }

  private moveTo(timeNs: number): void {
    if (timeNs <= this.current.toNs || this.hasMiss()) return;
    this.current = this.numbered(Math.ceil((timeNs - this.startNs) / this.lengthNs) - 1);
  }

  private hasMiss(): boolean {
    return this.current.misses.length > 0;
  }

  private kept(): readonly FixedWindow[] {
    return this.current === this.first ? [this.first] : [this.first, this.current];
  }

  private numbered(index: number): FixedWindow {
    const fromNs = this.startNs + index * this.lengthNs;
    return new FixedWindow({ fromNs, toNs: fromNs + this.lengthNs }, this.scenario);
  }
}
