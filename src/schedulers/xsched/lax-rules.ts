// Hot: at most a few calls per decision.
/** Which job outranks which in XSched's LAX, and why. */
import type {
  AcceleratorView,
  Candidate,
  ReadyJob,
  Reason,
  RunningJob,
  RunningView,
  View,
} from "../../core/scheduler.ts";
import type { PreemptionRules } from "../preemptor.ts";
import { fastestForLayer } from "../selection.ts";
import type { LevelOrder } from "./level-queue.ts";
import type { Levels } from "./levels.ts";

export class LaxRules implements PreemptionRules {
  /** Of the call of `preempt` that goes on. */
  order!: LevelOrder;
  #nowNs = 0;
  readonly #levels: Levels;

  constructor(levels: Levels) {
    this.#levels = levels;
  }

  /** Before the other rules are read in a call of `preempt`. */
  begin(order: LevelOrder, nowNs: number): void {
    this.order = order;
    this.#nowNs = nowNs;
  }

  /** Whether a job, waiting or running, has a higher priority. */
  isOutranked(job: ReadyJob, view: View, order: LevelOrder): boolean {
    const own = this.#levels.of(job, view.nowNs);
    return order.highest(view) > own || view.runningJobs.some((running) => this.#levels.of(running, view.nowNs) > own);
  }

  next(view: RunningView, accelerator: AcceleratorView, isFree: (job: ReadyJob) => boolean): ReadyJob | undefined {
    return this.order.first(view, (job) => isFree(job) && job.latencyNs(accelerator) < Infinity);
  }

  outranks(waiting: ReadyJob, running: RunningJob): boolean {
    return this.#levels.of(waiting, this.#nowNs) > this.#levels.of(running, this.#nowNs);
  }

  givesWayBefore(a: RunningJob, b: RunningJob): boolean {
    const [ofA, ofB] = [this.#levels.of(a, this.#nowNs), this.#levels.of(b, this.#nowNs)];
    return ofA < ofB || (ofA === ofB && a.dispatchedNs > b.dispatchedNs);
  }

  reason(waiting: ReadyJob, running: RunningJob, nowNs: number): Reason {
    return reasonOf([this.#candidate(waiting, nowNs), this.#candidate(running, nowNs)]);
  }

  choiceReason(chosen: ReadyJob, view: View): Reason {
    const jobs = [chosen, ...[...view.readyJobs].filter((job) => job !== chosen)];
    const candidates = jobs.flatMap((job) => {
      const accelerator = fastestForLayer(view, job);
      return accelerator === undefined ? [] : [{ ...this.#candidate(job, view.nowNs), accelerator }];
    });
    return reasonOf(candidates);
  }

  #candidate(job: ReadyJob, nowNs: number): Candidate {
    const laxityNs = this.#levels.criticalNs(job) - nowNs;
    return { job, score: this.#levels.of(job, nowNs), terms: { laxityNs } };
  }
}

const reasonOf = (candidates: readonly Candidate[]): Reason => ({
  rule: "highest priority of those whose laxity is used up; then first come",
  best: "most",
  candidates,
});
