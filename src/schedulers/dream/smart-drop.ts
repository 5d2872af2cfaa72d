// Hot: runs before every dispatch.
/**
 * Smart frame drop drops one hopeless job so that others meet their deadlines. Source: DREAM (ASPLOS 2023). It acts
 * only if several jobs cannot meet their deadlines even on their fastest accelerators. It drops the worst of those that
 * no task depends on. The drops among a task's recent frames are limited.
 * Adaptation: only waiting jobs count, not running ones. There is at most one drop before each dispatch. A task's recent
 * frames are the last that ended and the one to drop; late drops and drops with a parent count as drops.
 */
import type { Platform, ReadyJob, Reason, TaskView, View } from "../../core/scheduler.ts";
import type { NumberParameter, ValuesOf } from "../define-scheduler.ts";
import { epsilonNsOf, type MapScoreValues, slack } from "./map-score.ts";

export const smartDropParameters = {
  minHopeless: wholeNumber("hopeless jobs that have to wait before one is dropped", 2, 1),
  dropWindow: wholeNumber("recent frames of a task among which drops are counted", 10, 1),
  dropLimit: wholeNumber("most drops among the recent frames of a task", 2, 0),
};

function wholeNumber(summary: string, byDefault: number, min: number): NumberParameter {
  // Each task stores as many drops as the limit, so the limit must fit into memory.
  return { kind: "number", summary, default: byDefault, min, max: 1000, isInteger: true };
}

type SmartDropValues = ValuesOf<typeof smartDropParameters> & Pick<MapScoreValues, "epsilonMs">;

/** The least time that a job still needs, ns. */
export type MinToGo = (job: ReadyJob) => number;

export class SmartDrop {
  readonly #history: readonly DropHistory[];
  readonly #minToGo: MinToGo;
  readonly #minHopeless: number;
  readonly #epsilonNs: number;

  constructor({ tasks }: Platform, parameters: SmartDropValues, minToGo: MinToGo) {
    const { minHopeless, dropWindow, dropLimit } = parameters;
    this.#history = tasks.map(() => new DropHistory(dropWindow, dropLimit));
    this.#minToGo = minToGo;
    this.#minHopeless = minHopeless;
    this.#epsilonNs = epsilonNsOf(parameters);
  }

  /** Whether a job that waits alone is never dropped. */
  get needsSeveral(): boolean {
    return this.#minHopeless > 1;
  }

  /** The job to drop now; undefined: none. */
  victim({ nowNs, readyJobs }: View): ReadyJob | undefined {
    if (readyJobs.length < this.#minHopeless) return undefined;
    let hopeless = 0;
    let worst: ReadyJob | undefined;
    let worstNeed = -Infinity;
    for (let i = 0; i < readyJobs.length; i++) {
      const job = readyJobs.at(i);
      const minToGoNs = this.#minToGo(job);
      const slackNs = slack(job, nowNs);
      if (!(minToGoNs > slackNs)) continue;
      hopeless += 1;
      const need = minToGoNs / Math.max(slackNs, this.#epsilonNs);
      if (need > worstNeed && this.#isDroppable(job.task)) {
        worst = job;
        worstNeed = need;
      }
    }
    return hopeless < this.#minHopeless ? undefined : worst;
  }

  /** Explains the choice in this view: the job that needs the most time relative to its slack. */
  reason({ nowNs, readyJobs }: View, victim: ReadyJob): Reason {
    const hopeless = [...readyJobs].filter((job) => this.#minToGo(job) > slack(job, nowNs));
    const rivals = hopeless.filter((job) => job !== victim && this.#isDroppable(job.task));
    const candidates = [victim, ...rivals].map((job) => {
      const terms = { minToGoNs: this.#minToGo(job), slackNs: slack(job, nowNs) };
      return { job, score: terms.minToGoNs / Math.max(terms.slackNs, this.#epsilonNs), terms };
    });
    return { rule: `smart frame drop: ${hopeless.length} hopeless jobs wait`, best: "most", candidates };
  }

  #isDroppable({ index, children }: TaskView): boolean {
    return children.length === 0 && this.#history[index]!.hasRoom;
  }

  /** Records that a frame of a task has ended. */
  ended({ index }: TaskView, isDropped: boolean): void {
    this.#history[index]!.add(isDropped);
  }
}

/** The recent drops of a task. */
class DropHistory {
  readonly #window: number;
  /** Numbers of the last `limit` frames that were dropped, in a ring. */
  readonly #dropped: Float64Array;
  #frames = 0;
  #drops = 0;

  constructor(window: number, limit: number) {
    this.#window = window;
    this.#dropped = new Float64Array(limit).fill(-Infinity);
  }

  /** Whether one more drop leaves no more than `limit` among the last `window` frames, itself included. */
  get hasRoom(): boolean {
    const limit = this.#dropped.length;
    return limit > 0 && this.#dropped[this.#drops % limit]! <= this.#frames - this.#window;
  }

  add(isDropped: boolean): void {
    if (isDropped && this.#dropped.length > 0) {
      this.#dropped[this.#drops % this.#dropped.length] = this.#frames;
      this.#drops += 1;
    }
    this.#frames += 1;
  }
}
