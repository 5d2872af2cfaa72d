// Hot: looked at before every dispatch.
/**
 * Smart frame drop: gives up one hopeless job so that the others are met. Source: DREAM (ASPLOS 2023): only when several jobs cannot meet their deadlines even at their fastest; the worst of them that no
 * task depends on; and at most some of a task's recent frames.
 * Adaptation: jobs are those that wait (not those running); at most one drop before each dispatch; a task's recent frames
 * are its last ended ones and the one to drop, and drops for being late or with a parent count among them.
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
  // Each task remembers as many drops as the limit: it has to be one that memory can hold.
  return { kind: "number", summary, default: byDefault, min, max: 1000, isInteger: true };
}

type SmartDropValues = ValuesOf<typeof smartDropParameters> & Pick<MapScoreValues, "epsilonMs">;

/** What a job needs at least, ns. */
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

  /** Why `victim` gives up a job, from the same view: it misses its deadline by most, for its slack. */
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

  /** A frame of a task has ended. */
  ended({ index }: TaskView, isDropped: boolean): void {
    this.#history[index]!.add(isDropped);
  }
}

/** The recent drops of a task. */
class DropHistory {
  readonly #window: number;
  /** Numbers of the last `limit` dropped frames, in a ring. */
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
