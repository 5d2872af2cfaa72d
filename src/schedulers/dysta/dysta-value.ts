// Hot: a few of the ready jobs at every decision.
/** Dysta's value of a job and its three terms: two times, in a unit of their own, and a ratio. */
import type { Candidate, ReadyJob, Reason, View } from "../../core/scheduler.ts";
import type { Place } from "../selection.ts";

const MAX_SLACK_NS = Number.MAX_SAFE_INTEGER;

export class DystaValue {
  readonly #beta: number;
  readonly #unitNs: number;
  #nowNs = 0;
  #active = 0;

  constructor(beta: number, unitNs: number) {
    this.#beta = beta;
    this.#unitNs = unitNs;
  }

  /** From now on, values are those in this view. */
  begin({ nowNs, readyJobs, accelerators, idleAccelerators }: View): void {
    this.#nowNs = nowNs;
    this.#active = readyJobs.length + accelerators.length - idleAccelerators.length;
  }

  of(job: ReadyJob): number {
    return this.remaining(job) + this.#beta * (this.#urgency(job) + this.#penalty(job));
  }

  remaining(job: ReadyJob): number {
    return job.meanRemainingNs / this.#unitNs;
  }

  /** The part of the slack that is not needed to finish: what makes a job less urgent. */
  #urgency(job: ReadyJob): number {
    const slackNs = Math.min(job.deadlineNs - this.#nowNs, MAX_SLACK_NS);
    return Math.max(0, slackNs - job.meanRemainingNs) / this.#unitNs;
  }

  /** Wait since the job last ran, relative to its isolated time, shared among the active jobs. */
  #penalty(job: ReadyJob): number {
    return (this.#nowNs - job.lastRanNs) / Math.max(job.isolatedNs, 1) / this.#active;
  }

  /** The chosen job, then the others that an idle accelerator can run. */
  reason(view: View, chosen: ReadyJob, place: Place): Reason {
    const jobs = [chosen, ...[...view.readyJobs].filter((job) => job !== chosen)];
    const candidates = jobs.flatMap((job): Candidate[] => {
      const accelerator = place(view, job);
      if (accelerator === undefined) return [];
      const terms = { remaining: this.remaining(job), urgency: this.#urgency(job), penalty: this.#penalty(job) };
      return [{ job, accelerator, score: this.of(job), terms }];
    });
    return { rule: `least remaining + ${this.#beta} x (urgency + penalty)`, best: "least", candidates };
  }
}
