// Hot: at most one scan of the ready jobs per decision, without allocation.
/**
 * PREMA's token scheduler: chooses a candidate by tokens, and stops running jobs for it. Source: algorithms 2
 * and 3 of Choi and Rhu, PREMA, HPCA 2020.
 * Adaptation: several accelerators: candidates go to idle accelerators in order, each to the one that ends it first.
 * Running jobs are reconsidered one accelerator after the other (preemptor.ts), those of the lowest level first. The job
 * that gets a stopped accelerator is chosen once it has stopped. Scheduling events are the arrival and the end of a job,
 * the end of a dispatched block or of a preemption, and the end of a period; without preemption, each decision.
 */
import type {
  AcceleratorView,
  Decisions,
  DispatchOptions,
  JobList,
  Platform,
  PreemptDecisions,
  ReadyJob,
  RunningJob,
  RunningView,
  View,
} from "../../core/scheduler.ts";
import type { Mechanism } from "../preemption-mechanism.ts";
import { Preemptor } from "../preemptor.ts";
import { noneCanRun, type Place, placeFastest } from "../selection.ts";
import type { SchedulingPeriod } from "./scheduling-period.ts";
import type { TokenLedger } from "./token-ledger.ts";
import type { TokenQueue } from "./token-queue.ts";
import { type OrderKey, TokenReasons } from "./token-reasons.ts";

/** The order in which candidates run. */
export interface CandidateOrder {
  /** Read when a job becomes ready; left out: order of arrival. */
  readonly rank?: (job: ReadyJob) => number;
  /** Whether a waiting job comes before a running one now. */
  isFirst(waiting: ReadyJob, running: RunningJob): boolean;
  /** Whether, of two running jobs, the first comes after the second. */
  isLast(a: RunningJob, b: RunningJob): boolean;
  /** For reasons. */
  readonly key: OrderKey;
}

export interface SchedulingRules {
  readonly ledger: TokenLedger;
  readonly queue: TokenQueue;
  readonly order: CandidateOrder;
  /** What one decision runs. */
  readonly layers: number;
  /** Undefined: running jobs are never stopped. */
  readonly preemption: Preemption | undefined;
}

export interface Preemption {
  readonly mechanism: Exclude<Mechanism, "none">;
  readonly period: SchedulingPeriod;
}

const always = (): boolean => true;

export class TokenScheduling {
  readonly #rules: SchedulingRules;
  readonly #block: DispatchOptions;
  readonly #reasons: TokenReasons;
  readonly #isComplete: boolean;
  readonly #preemptor: Preemptor | undefined;
  #isEvent = false;
  /** Of the current choice. */
  #view: View | undefined;
  #accelerator: AcceleratorView | undefined;
  #isFree: (job: ReadyJob) => boolean = always;
  readonly #place: Place;
  readonly #runsOnIdle = (job: ReadyJob): boolean => this.#place(this.#view!, job) !== undefined;
  readonly #runsFree = (job: ReadyJob): boolean => this.#isFree(job) && this.#runsOn(job, this.#accelerator!);

  constructor(platform: Platform, rules: SchedulingRules) {
    this.#rules = rules;
    this.#block = { layers: rules.layers };
    this.#reasons = new TokenReasons(rules.ledger, rules.queue, rules.order.key);
    this.#isComplete = runsEverywhere(platform);
    this.#place = placeFastest(rules.layers);
    if (rules.preemption !== undefined) this.#preemptor = this.#preemptorOf(rules, rules.preemption);
  }

  #preemptorOf({ order, queue }: SchedulingRules, { mechanism }: Preemption): Preemptor {
    const next = (view: RunningView, accelerator: AcceleratorView, isFree: (job: ReadyJob) => boolean) =>
      this.#next(view.readyJobs, accelerator, isFree);
    const outranks = (waiting: ReadyJob, running: RunningJob) => queue.isChosenBefore(waiting, running, order.isFirst);
    const givesWayBefore = (a: RunningJob, b: RunningJob) => {
      const levels = queue.runningLevel(a) - queue.runningLevel(b);
      return levels < 0 || (levels === 0 && order.isLast(a, b));
    };
    const reason = (waiting: ReadyJob, running: RunningJob) => this.#reasons.outranking(waiting, running);
    return new Preemptor({ next, outranks, givesWayBefore, reason }, mechanism);
  }

  jobReleased(job: ReadyJob, nowNs: number): void {
    this.#rules.ledger.released(job, nowNs);
    this.#isEvent = true;
  }

  jobEnded(): void {
    this.#isEvent = true;
  }

  decide(view: View, decisions: Decisions): void {
    const { ledger, queue, preemption } = this.#rules;
    ledger.beginEvent(view.nowNs);
    this.#view = view;
    const isEligible = this.#isComplete ? always : this.#runsOnIdle;
    const job = queue.choose(view.readyJobs, isEligible);
    const accelerator = job && this.#place(view, job);
    if (job === undefined || accelerator === undefined) {
      decisions.because(noneCanRun);
      return;
    }
    decisions.run(job, accelerator, this.#block);
    if (decisions.explains) decisions.because(this.#reasons.choice(view.readyJobs, isEligible, job, accelerator));
    ledger.dispatched(job);
    if (preemption === undefined || !this.#hasOther(view.readyJobs, job, accelerator)) return;
    preemption.period.wake(view.runningJobs, view.nowNs, decisions, "dispatch");
  }

  preempt(view: RunningView, decisions: PreemptDecisions): void {
    const { period } = this.#rules.preemption!;
    const isEvent = this.#isEvent || period.endsAt(view.nowNs);
    this.#isEvent = false;
    if (!isEvent || view.readyJobs.length === 0) return;
    this.#rules.ledger.beginEvent(view.nowNs);
    if (this.#preemptor!.preempt(view, decisions)) period.wake(view.runningJobs, view.nowNs, decisions, "none");
  }

  #next(
    jobs: JobList<ReadyJob>,
    accelerator: AcceleratorView,
    isFree: (job: ReadyJob) => boolean,
  ): ReadyJob | undefined {
    this.#accelerator = accelerator;
    this.#isFree = isFree;
    return this.#rules.queue.choose(jobs, this.#runsFree);
  }

  /** Whether a job other than the one dispatched waits for this accelerator. */
  #hasOther(jobs: JobList<ReadyJob>, dispatched: ReadyJob, accelerator: AcceleratorView): boolean {
    for (let i = 0; i < jobs.length; i++) {
      const job = jobs.at(i);
      if (job !== dispatched && this.#runsOn(job, accelerator)) return true;
    }
    return false;
  }

  #runsOn(job: ReadyJob, accelerator: AcceleratorView): boolean {
    return this.#isComplete || job.blockNs(this.#rules.layers, accelerator) < Infinity;
  }
}

/** Whether every accelerator can run every variant of every task. */
function runsEverywhere({ accelerators, tasks }: Platform): boolean {
  return tasks.every((task) =>
    task.variantNames.every((_, variant) => accelerators.every((each) => task.isolatedNs(each, variant) < Infinity)),
  );
}
