// Hot: runs once per event. One list of running jobs and one mark per slot, kept for the run.
/**
 * Stops running jobs for waiting ones, by a policy's rule for which job outranks which.
 * Adaptation: published policies know one processor. Here each accelerator in turn goes to the first waiting job that
 * has none yet: first the idle accelerators, by index, then those about to be idle, then those whose jobs are first to
 * give way. If algorithm 3 says DRAIN, the waiting job may still get the next accelerator.
 */
import type {
  AcceleratorView,
  PreemptDecisions,
  ReadyJob,
  Reason,
  RunningJob,
  RunningView,
} from "../core/scheduler.ts";
import { type Mechanism, mechanismReason, preemptionFor } from "./preemption-mechanism.ts";

/** Which job should have an accelerator, and which gives way. */
export interface PreemptionRules {
  /** The first waiting job that has no accelerator yet and can run on this one; undefined: there is none. */
  next(view: RunningView, accelerator: AcceleratorView, isFree: (job: ReadyJob) => boolean): ReadyJob | undefined;
  /** Whether a waiting job should have the accelerator of a running one. */
  outranks(waiting: ReadyJob, running: RunningJob): boolean;
  /** Whether, of two running jobs, the first is to be stopped rather than the second; ties go by accelerator. */
  givesWayBefore(a: RunningJob, b: RunningJob): boolean;
  /** Explains why a waiting job outranks a running one; called only for an observer of reasons. */
  reason(waiting: ReadyJob, running: RunningJob, nowNs: number): Reason;
}

/** Stops running jobs for waiting ones by the rules of a policy. It is made for one run. */
export class Preemptor {
  readonly #rules: PreemptionRules;
  readonly #mechanism: Exclude<Mechanism, "none">;
  /** The running jobs of this call are the first `#running`. */
  readonly #victims: RunningJob[] = [];
  #running = 0;
  /** By slot: the last call that gave this job an accelerator. */
  readonly #placedIn: number[] = [];
  #call = 0;
  /** Preemptions of this call. */
  #stopped = 0;
  readonly #isFree = (job: ReadyJob): boolean => this.#placedIn[job.slot] !== this.#call;

  constructor(rules: PreemptionRules, mechanism: Exclude<Mechanism, "none">) {
    this.#rules = rules;
    this.#mechanism = mechanism;
  }

  /** Decides for every accelerator. Returns whether a job waits for one that is not idle. */
  preempt(view: RunningView, decisions: PreemptDecisions): boolean {
    if (view.readyJobs.length === 0) return false;
    this.#call += 1;
    this.#stopped = 0;
    this.#placeOnIdle(view);
    this.#sortVictims(view.runningJobs);
    let isAnyWaiting = false;
    for (let i = 0; i < this.#running; i++) {
      const victim = this.#victims[i]!;
      const waiting = this.#rules.next(view, victim.accelerator, this.#isFree);
      if (waiting === undefined) continue;
      isAnyWaiting = true;
      if (victim.isStopping || this.#stops(victim, waiting, view.nowNs, decisions)) this.#place(waiting);
    }
    return isAnyWaiting;
  }

  #placeOnIdle(view: RunningView): void {
    for (const accelerator of view.accelerators) {
      const job = accelerator.freeUnits > 0 ? this.#rules.next(view, accelerator, this.#isFree) : undefined;
      if (job !== undefined) this.#place(job);
    }
  }

  #place(job: ReadyJob): void {
    this.#placedIn[job.slot] = this.#call;
  }

  #stops(running: RunningJob, waiting: ReadyJob, nowNs: number, decisions: PreemptDecisions): boolean {
    if (!this.#rules.outranks(waiting, running)) return false;
    const how = preemptionFor(waiting, running, this.#mechanism);
    if (how === undefined) {
      // After a decision, a reason would belong to that decision.
      if (decisions.explains && this.#stopped === 0) decisions.because(mechanismReason(waiting, running));
      return false;
    }
    decisions.preempt(running, how);
    this.#stopped += 1;
    if (!decisions.explains) return true;
    decisions.because(this.#rules.reason(waiting, running, nowNs));
    if (this.#mechanism === "dynamic") decisions.because(mechanismReason(waiting, running));
    return true;
  }

  /** Stopping jobs first, then in the order of giving way. Insertion sort, because there are few. */
  #sortVictims(running: readonly RunningJob[]): void {
    const victims = this.#victims;
    this.#running = running.length;
    for (let i = 0; i < running.length; i++) {
      const job = running[i]!;
      let at = i;
      for (; at > 0 && this.#isBefore(job, victims[at - 1]!); at--) victims[at] = victims[at - 1]!;
      victims[at] = job;
    }
  }

  #isBefore(a: RunningJob, b: RunningJob): boolean {
    if (a.isStopping !== b.isStopping) return a.isStopping;
    return !a.isStopping && this.#rules.givesWayBefore(a, b);
  }
}

/** The first ready job in order that can run there: `next` for a policy that ranks jobs. */
export function firstInOrder(layers: number): PreemptionRules["next"] {
  return ({ readyJobs }, accelerator, isFree) => {
    for (let i = 0; i < readyJobs.length; i++) {
      const job = readyJobs.at(i);
      if (isFree(job) && job.blockNs(layers, accelerator) < Infinity) return job;
    }
    return undefined;
  };
}
