// Hot while many jobs wait.
/**
 * RELIEF's choice from a long queue: the jobs in order of laxity, and which of them have just ended a layer. Laxities
 * shrink with time, all alike, so the order is that of the times at which they end. It is exact while all times are whole ns.
 */
import type { ReadyJob, View } from "../../core/scheduler.ts";
import type { JobIndex } from "../long-queue.ts";
import { comesBefore } from "../selection.ts";
import { SortedJobs } from "../sorted-jobs.ts";
import { type Laxities, layerNs, placeOf } from "./laxities.ts";
import type { LaxityOrder } from "./laxity-queue.ts";
import { SortedLaxities } from "./sorted-laxities.ts";

export class LaxityIndex implements JobIndex, LaxityOrder {
  readonly #laxities: Laxities;
  /** All jobs; where hopeless ones go last, only those that go before them. */
  readonly #byEnd = new SortedLaxities();
  /** Where hopeless jobs go last: those without a deadline, and hopeless ones, in order of release. */
  readonly #last = new SortedJobs();
  /** Jobs that have started, of which some ran until now. */
  readonly #ran: ReadyJob[] = [];

  constructor(laxities: Laxities) {
    this.#laxities = laxities;
  }

  add(job: ReadyJob): void {
    // At time 0, the laxity is the time at which it ends.
    const endNs = this.#laxities.ofNs(job, 0);
    if (this.#laxities.areHopelessLast && endNs === Infinity) this.#last.add(job.releaseNs, job);
    else this.#byEnd.add(job, endNs);
    if (job.hasStarted) this.#ran.push(job);
  }

  remove(job: ReadyJob): void {
    if (this.#byEnd.has(job)) this.#byEnd.remove(job);
    else this.#last.remove(job.releaseNs, job);
    if (!job.hasStarted) return;
    const at = this.#ran.indexOf(job);
    if (at >= 0) this.#ran.splice(at, 1);
  }

  /** What has been taken from the jobs' laxities is theirs from now on. */
  clear(): void {
    const { heldBackNs } = this.#laxities;
    this.#byEnd.find((job) => {
      const { slot, deadlineNs, minRemainingNs } = job;
      heldBackNs[slot] = deadlineNs === Infinity ? 0 : deadlineNs - minRemainingNs - this.#byEnd.endNsOf(job);
      return false;
    });
    this.#byEnd.clear();
    this.#last.clear();
    this.#ran.length = 0;
  }

  first(view: View): ReadyJob | undefined {
    this.#passTime(view.nowNs);
    const job = this.#byEnd.find((each) => placeOf(each, view) !== undefined);
    if (job !== undefined) return job;
    for (let i = 0; i < this.#last.length; i++) {
      const each = this.#last.at(i);
      if (placeOf(each, view) !== undefined) return each;
    }
    return undefined;
  }

  forwarded(view: View): ReadyJob | undefined {
    const { nowNs } = view;
    this.#passTime(nowNs);
    let first: ReadyJob | undefined;
    for (let i = 0; i < this.#ran.length; i++) {
      const job = this.#ran[i]!;
      if (placeOf(job, view) !== job.lastAccelerator) continue;
      if (first !== undefined && !this.#isAhead(job, first)) continue;
      if (this.#leastAheadNs(job, nowNs) >= layerNs(job, job.lastAccelerator!)) first = job;
    }
    return first;
  }

  holdBack(_view: View, forwarded: ReadyJob, takenNs: number): void {
    this.#byEnd.takeAhead(forwarded, this.#keyNs(forwarded), takenNs);
  }

  /** Brings the lists up to date. */
  #passTime(nowNs: number): void {
    const ran = this.#ran;
    for (let i = ran.length - 1; i >= 0; i--) if (ran[i]!.lastRanNs !== nowNs) ran.splice(i, 1);
    if (!this.#laxities.areHopelessLast) return;
    for (let { first } = this.#byEnd; first !== undefined; { first } = this.#byEnd) {
      const endNs = this.#byEnd.endNsOf(first);
      if (endNs > nowNs) return;
      this.#becomesHopeless(first, endNs);
    }
  }

  #becomesHopeless(job: ReadyJob, endNs: number): void {
    this.#laxities.heldBackNs[job.slot] = job.deadlineNs - job.minRemainingNs - endNs;
    this.#byEnd.remove(job);
    this.#last.add(job.releaseNs, job);
  }

  /** The least laxity, of those above 0, of the jobs ahead; Infinity if there are none. */
  #leastAheadNs(job: ReadyJob, nowNs: number): number {
    const other = this.#byEnd.firstAfter(nowNs);
    if (other === undefined || other === job || !this.#isAhead(other, job)) return Infinity;
    return this.#byEnd.endNsOf(other) - nowNs;
  }

  #isAhead(a: ReadyJob, b: ReadyJob): boolean {
    return comesBefore(this.#keyNs(a), a, this.#keyNs(b), b);
  }

  /** What the order goes by. */
  #keyNs(job: ReadyJob): number {
    return this.#byEnd.has(job) ? this.#byEnd.endNsOf(job) : Infinity;
  }
}
