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
import { arrivedBefore } from "../selection.ts";
import { epsilonNsOf, type MapScoreValues, slack } from "./map-score-terms.ts";
import type { MinToGo, WaitingGroup } from "./waiting-jobs.ts";

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

export class SmartDrop {
  readonly #history: readonly DropHistory[];
  readonly minToGo: MinToGo;
  readonly #minHopeless: number;
  readonly #epsilonNs: number;
  #worst: ReadyJob | undefined;
  #worstNeed = -Infinity;

  constructor({ tasks }: Platform, parameters: SmartDropValues, minToGo: MinToGo) {
    const { minHopeless, dropWindow, dropLimit } = parameters;
    this.#history = tasks.map(() => new DropHistory(dropWindow, dropLimit));
    this.minToGo = minToGo;
    this.#minHopeless = minHopeless;
    this.#epsilonNs = epsilonNsOf(parameters);
  }

  /** Whether a job that waits alone is never dropped. */
  get needsSeveral(): boolean {
    return this.#minHopeless > 1;
  }

  /** The job to drop now; undefined: none. If the ready jobs are given in groups, it looks at few of them. */
  victim(view: View, groups: readonly WaitingGroup[] | undefined): ReadyJob | undefined {
    return groups === undefined ? this.#victimOfAll(view) : this.#victimIn(groups, view.nowNs);
  }

  #victimOfAll({ nowNs, readyJobs }: View): ReadyJob | undefined {
    if (readyJobs.length < this.#minHopeless) return undefined;
    let hopeless = 0;
    let worst: ReadyJob | undefined;
    let worstNeed = -Infinity;
    for (let i = 0; i < readyJobs.length; i++) {
      const job = readyJobs.at(i);
      const minToGoNs = this.minToGo(job);
      const slackNs = slack(job, nowNs);
      if (!(minToGoNs > slackNs)) continue;
      hopeless += 1;
      const need = this.#need(minToGoNs, slackNs);
      if (need > worstNeed && this.#isDroppable(job.task)) {
        worst = job;
        worstNeed = need;
      }
    }
    return hopeless < this.#minHopeless ? undefined : worst;
  }

  #victimIn(groups: readonly WaitingGroup[], nowNs: number): ReadyJob | undefined {
    if (!this.#areHopeless(groups, nowNs)) return undefined;
    this.#worst = undefined;
    this.#worstNeed = -Infinity;
    for (let i = 0; i < groups.length; i++) {
      if (this.#isDroppable(groups[i]!.task)) this.#searchWorst(groups[i]!, nowNs);
    }
    return this.#worst;
  }

  /** Whether enough jobs are hopeless. */
  #areHopeless(groups: readonly WaitingGroup[], nowNs: number): boolean {
    let hopeless = 0;
    for (let g = 0; g < groups.length; g++) {
      const { byDeadline, minToGoNs } = groups[g]!;
      for (let i = 0; i < byDeadline.length && minToGoNs > byDeadline.keyAt(i) - nowNs; i++) {
        if (this.#isHopeless(byDeadline.at(i), nowNs)) hopeless += 1;
        if (hopeless === this.#minHopeless) return true;
      }
    }
    return false;
  }

  #searchWorst({ byDeadline, inReadyOrder, minToGoNs }: WaitingGroup, nowNs: number): void {
    for (let i = 0; i < byDeadline.length; i++) {
      // No job that is none of the first `i` in either order has less slack or comes earlier.
      const slackNs = byDeadline.keyAt(i) - nowNs;
      if (!(minToGoNs > slackNs)) return;
      if (!this.#isWorse(this.#need(minToGoNs, slackNs), inReadyOrder.at(i))) return;
      this.#tryWorst(byDeadline.at(i), nowNs);
      this.#tryWorst(inReadyOrder.at(i), nowNs);
    }
  }

  #tryWorst(job: ReadyJob, nowNs: number): void {
    if (!this.#isHopeless(job, nowNs)) return;
    const need = this.#need(this.minToGo(job), slack(job, nowNs));
    if (!this.#isWorse(need, job)) return;
    this.#worst = job;
    this.#worstNeed = need;
  }

  #isWorse(need: number, job: ReadyJob): boolean {
    const worst = this.#worst;
    return need > this.#worstNeed || (need === this.#worstNeed && worst !== undefined && arrivedBefore(job, worst));
  }

  #isHopeless(job: ReadyJob, nowNs: number): boolean {
    return this.minToGo(job) > slack(job, nowNs);
  }

  #need(minToGoNs: number, slackNs: number): number {
    return minToGoNs / Math.max(slackNs, this.#epsilonNs);
  }

  /** Explains the choice in this view: the job that needs the most time relative to its slack. */
  reason({ nowNs, readyJobs }: View, victim: ReadyJob): Reason {
    const hopeless = [...readyJobs].filter((job) => this.#isHopeless(job, nowNs));
    const rivals = hopeless.filter((job) => job !== victim && this.#isDroppable(job.task));
    const candidates = [victim, ...rivals].map((job) => {
      const terms = { minToGoNs: this.minToGo(job), slackNs: slack(job, nowNs) };
      return { job, score: this.#need(terms.minToGoNs, terms.slackNs), terms };
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
