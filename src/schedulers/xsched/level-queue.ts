// Hot: looks at every ready job at every decision.
/** What XSched's LAX asks of the waiting jobs, from a queue that is read whole. */
import type { ReadyJob, RunningView } from "../../core/scheduler.ts";
import type { Levels } from "./levels.ts";

/** What a view shows of the waiting jobs. */
export type WaitingView = Pick<RunningView, "readyJobs" | "nowNs">;

/** The waiting jobs by priority. */
export interface LevelOrder {
  /** The first, in order of release, of the highest priority of those that can run. */
  first(view: WaitingView, canRun: (job: ReadyJob) => boolean): ReadyJob | undefined;
  /** The highest priority of all. */
  highest(view: WaitingView): number;
  /** When the next job will have used up its laxity; Infinity: none. */
  nextChangeNs(view: WaitingView): number;
}

export class LevelQueue implements LevelOrder {
  readonly #levels: Levels;

  constructor(levels: Levels) {
    this.#levels = levels;
  }

  first({ readyJobs, nowNs }: WaitingView, canRun: (job: ReadyJob) => boolean): ReadyJob | undefined {
    const levels = this.#levels;
    let first: ReadyJob | undefined;
    for (let i = 0; i < readyJobs.length; i++) {
      const job = readyJobs.at(i);
      if ((first === undefined || levels.of(job, nowNs) > levels.of(first, nowNs)) && canRun(job)) first = job;
    }
    return first;
  }

  highest({ readyJobs, nowNs }: WaitingView): number {
    let highest = -Infinity;
    for (let i = 0; i < readyJobs.length; i++) highest = Math.max(highest, this.#levels.of(readyJobs.at(i), nowNs));
    return highest;
  }

  nextChangeNs({ readyJobs, nowNs }: WaitingView): number {
    let nextNs = Infinity;
    for (let i = 0; i < readyJobs.length; i++) {
      const criticalNs = this.#levels.criticalNs(readyJobs.at(i));
      if (criticalNs > nowNs && criticalNs < nextNs) nextNs = criticalNs;
    }
    return nextNs;
  }
}
