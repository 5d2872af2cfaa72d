// Hot: each decision scans the ready jobs whose remaining time is below the chosen job's value.
/** Dysta's job of least value, and the value's three terms: two times, in a unit of their own, and a ratio. */
import type { AcceleratorView, Candidate, ReadyJob, Reason, View } from "../../core/scheduler.ts";
import { arrivedBefore, type Place } from "../selection.ts";

const MAX_SLACK_NS = Number.MAX_SAFE_INTEGER;

export class DystaChoice {
  /** What `find` chose last. */
  job: ReadyJob | undefined;
  accelerator: AcceleratorView | undefined;
  readonly #beta: number;
  readonly #unitNs: number;
  readonly #place: Place;

  constructor(beta: number, unitNs: number, place: Place) {
    this.#beta = beta;
    this.#unitNs = unitNs;
    this.#place = place;
  }

  /** Searches the jobs that an idle accelerator can run, in order of remaining time. Finds no job if there is none. */
  find(view: View): void {
    const { readyJobs, nowNs } = view;
    const active = activeJobs(view);
    const beta = this.#beta;
    const unitNs = this.#unitNs;
    const place = this.#place;
    let best: ReadyJob | undefined;
    let bestAccelerator: AcceleratorView | undefined;
    let bestValue = Infinity;
    for (let i = 0; i < readyJobs.length; i++) {
      const job = readyJobs.at(i);
      const remaining = job.meanRemainingNs / unitNs;
      // A value is at least the remaining time, which grows along the list.
      if (remaining > bestValue) break;
      const value = dystaValue(remaining, beta, urgencyNs(job, nowNs) / unitNs, penalty(job, nowNs, active));
      const isLess = value < bestValue || (value === bestValue && best !== undefined && arrivedBefore(job, best));
      const accelerator = isLess ? place(view, job) : undefined;
      if (accelerator === undefined) continue;
      best = job;
      bestAccelerator = accelerator;
      bestValue = value;
    }
    this.job = best;
    this.accelerator = bestAccelerator;
  }

  /** Explains the choice of `find` in this view, with the other jobs that an idle accelerator can run. */
  reason(view: View): Reason {
    const active = activeJobs(view);
    const rivals = [...view.readyJobs].filter((job) => job !== this.job);
    const candidates = [this.job!, ...rivals].flatMap((job): Candidate[] => {
      const accelerator = this.#place(view, job);
      if (accelerator === undefined) return [];
      const terms = {
        remaining: job.meanRemainingNs / this.#unitNs,
        urgency: urgencyNs(job, view.nowNs) / this.#unitNs,
        penalty: penalty(job, view.nowNs, active),
      };
      const score = dystaValue(terms.remaining, this.#beta, terms.urgency, terms.penalty);
      return [{ job, accelerator, score, terms }];
    });
    return { rule: `least remaining + ${this.#beta} x (urgency + penalty)`, best: "least", candidates };
  }
}

const dystaValue = (remaining: number, beta: number, urgency: number, penalty: number): number =>
  remaining + beta * (urgency + penalty);

const activeJobs = ({ readyJobs, accelerators, idleAccelerators }: View): number =>
  readyJobs.length + accelerators.length - idleAccelerators.length;

/** The part of the slack that is not needed to finish: what makes a job less urgent. */
const urgencyNs = (job: ReadyJob, nowNs: number): number =>
  Math.max(0, Math.min(job.deadlineNs - nowNs, MAX_SLACK_NS) - job.meanRemainingNs);

/** Wait since the job last ran, relative to its isolated time, divided by the number of active jobs. */
const penalty = (job: ReadyJob, nowNs: number, active: number): number =>
  (nowNs - job.lastRanNs) / Math.max(job.isolatedNs, 1) / active;
