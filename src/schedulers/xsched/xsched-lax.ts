// Hot: looks at every ready job at every decision.
/**
 * LAX, XSched's variant of least laxity first. Source: Shen et al., XSched, OSDI 2025, section 8 (case 2), as in its code
 * (github.com/XpuOS/xsched, sched/src/policy/lax.cpp): a queue has the default priority until it has been ready for its
 * laxity, and its own priority from then on. Queues below the highest priority of all are suspended. A timer ends laxities.
 * Adaptation: a queue is a job. Its laxity, which XSched's users give, is its relative deadline less `reserve` times its
 * least time; without a deadline it never ends. The lax priority is 0, which is XSched's default, for all jobs.
 * Adaptation: jobs of one priority run first come, first served, as on the NPU of case 2, a layer at a time, each on the
 * idle accelerator that ends its layer first. With `mechanism`, a waiting job also stops a running layer (see preemptor.ts).
 * Adaptation: XSched holds back lower priorities on every device, which is `scope=system`. It was used on one device, and on
 * several that idles some, so by default a job holds back only work on the accelerator that it needs.
 */
import type {
  AcceleratorView,
  Candidate,
  ReadyJob,
  Reason,
  RunningJob,
  RunningView,
  View,
} from "../../core/scheduler.ts";
import { defineScheduler } from "../define-scheduler.ts";
import { mechanism } from "../preemption-mechanism.ts";
import { type PreemptionRules, Preemptor } from "../preemptor.ts";
import { fastestForLayer, noneCanRun, oneLayer } from "../selection.ts";
import { lateDrop } from "../shared-parameters.ts";

/** XSched's PRIORITY_DEFAULT; tasks have more. */
const laxPriority = 0;

const heldBack: Reason = { rule: "work of a higher priority waits or runs" };

export const xschedLax = defineScheduler({
  name: "xsched-lax",
  summary: "first come, first served, but jobs that have used up their laxity go first, by priority",
  source: "Shen et al., XSched, OSDI 2025, section 8 (case 2), as in its code (policy LAX)",
  parameters: {
    reserve: {
      kind: "number",
      summary: "a job has used up its laxity when this many times its least time are left to its deadline",
      default: 1,
      min: 0,
      max: 10,
    },
    scope: {
      kind: "choice",
      summary: "what a job of higher priority holds back: work on the accelerator that it needs, or on all (system)",
      default: "accelerator",
      choices: ["accelerator", "system"],
    },
    lateDrop,
    mechanism: mechanism("none"),
  },
  create(_platform, { reserve, scope, lateDrop, mechanism }) {
    const levels = new Levels(reserve);
    const isSystemWide = scope === "system";
    const preemptor = mechanism === "none" ? undefined : new Preemptor(levels, mechanism);
    // Without either, a job that becomes critical changes nothing before a layer ends.
    const hasTimer = isSystemWide || preemptor !== undefined;
    return {
      lateDrop,
      jobReleased: (job) => levels.begin(job),
      decide(view, decisions) {
        const job = levels.firstOnIdle(view);
        if (job === undefined) decisions.because(noneCanRun);
        else if (!isSystemWide || levels.isHighest(job, view)) {
          decisions.run(job, fastestForLayer(view, job)!, oneLayer);
          if (decisions.explains) decisions.because(levels.choiceReason(job, view));
        } else if (decisions.explains) decisions.because(heldBack);
        if (hasTimer) decisions.wakeAt(levels.nextChangeNs(view));
      },
      ...(preemptor !== undefined && {
        preempt(view, decisions) {
          levels.nowNs = view.nowNs;
          preemptor.preempt(view, decisions);
          decisions.wakeAt(levels.nextChangeNs(view));
        },
      }),
    };
  },
});

/** The priority of each job: 0 until it has used up its laxity, its own from then on. */
class Levels implements PreemptionRules {
  /** Of the call of `preempt` that goes on. */
  nowNs = 0;
  readonly #reserve: number;
  /** By slot: when the job has used up its laxity. */
  readonly #criticalNs: number[] = [];

  constructor(reserve: number) {
    this.#reserve = reserve;
  }

  begin({ slot, deadlineNs, minRemainingNs }: ReadyJob): void {
    // A job that no accelerator can run would else hold back all others.
    this.#criticalNs[slot] = minRemainingNs === Infinity ? Infinity : deadlineNs - this.#reserve * minRemainingNs;
  }

  of({ slot, priority }: ReadyJob, nowNs: number): number {
    return nowNs < this.#criticalNs[slot]! ? laxPriority : priority;
  }

  /** The first job of the highest priority of those that an idle accelerator can run. */
  firstOnIdle(view: View): ReadyJob | undefined {
    return this.#first(view, (job) => fastestForLayer(view, job) !== undefined);
  }

  /** Whether no job, waiting or running, has a higher priority. */
  isHighest(job: ReadyJob, { readyJobs, runningJobs, nowNs }: View): boolean {
    const own = this.of(job, nowNs);
    for (const waiting of readyJobs) if (this.of(waiting, nowNs) > own) return false;
    for (const running of runningJobs) if (this.of(running, nowNs) > own) return false;
    return true;
  }

  /** When the next job will have used up its laxity; Infinity: none. */
  nextChangeNs({ readyJobs, nowNs }: RunningView): number {
    let nextNs = Infinity;
    for (const { slot } of readyJobs) {
      const criticalNs = this.#criticalNs[slot]!;
      if (criticalNs > nowNs && criticalNs < nextNs) nextNs = criticalNs;
    }
    return nextNs;
  }

  next(view: RunningView, accelerator: AcceleratorView, isFree: (job: ReadyJob) => boolean): ReadyJob | undefined {
    return this.#first(view, (job) => isFree(job) && job.latencyNs(accelerator) < Infinity);
  }

  outranks(waiting: ReadyJob, running: RunningJob): boolean {
    return this.of(waiting, this.nowNs) > this.of(running, this.nowNs);
  }

  givesWayBefore(a: RunningJob, b: RunningJob): boolean {
    const [ofA, ofB] = [this.of(a, this.nowNs), this.of(b, this.nowNs)];
    return ofA < ofB || (ofA === ofB && a.dispatchedNs > b.dispatchedNs);
  }

  reason(waiting: ReadyJob, running: RunningJob, nowNs: number): Reason {
    return this.#reasonOf([this.#candidate(waiting, nowNs), this.#candidate(running, nowNs)]);
  }

  choiceReason(chosen: ReadyJob, view: View): Reason {
    const jobs = [chosen, ...[...view.readyJobs].filter((job) => job !== chosen)];
    const candidates = jobs.flatMap((job) => {
      const accelerator = fastestForLayer(view, job);
      return accelerator === undefined ? [] : [{ ...this.#candidate(job, view.nowNs), accelerator }];
    });
    return this.#reasonOf(candidates);
  }

  #reasonOf(candidates: readonly Candidate[]): Reason {
    return { rule: "highest priority of those whose laxity is used up; then first come", best: "most", candidates };
  }

  #candidate(job: ReadyJob, nowNs: number): Candidate {
    return { job, score: this.of(job, nowNs), terms: { laxityNs: this.#criticalNs[job.slot]! - nowNs } };
  }

  /** The first, in order of release, of the highest priority of those that can run. */
  #first({ readyJobs, nowNs }: RunningView, canRun: (job: ReadyJob) => boolean): ReadyJob | undefined {
    let first: ReadyJob | undefined;
    for (let i = 0; i < readyJobs.length; i++) {
      const job = readyJobs.at(i);
      if ((first === undefined || this.of(job, nowNs) > this.of(first, nowNs)) && canRun(job)) first = job;
    }
    return first;
  }
}
