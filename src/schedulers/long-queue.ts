// Hot while many jobs wait: updated once per dispatched layer.
/**
 * Tells an index of the waiting jobs who comes and who leaves. A short queue is faster read whole, so jobs are indexed only
 * while the queue is long. A policy calls `released`, `runs`, `changes` and `ended`, and `isIndexed` before it reads the index.
 */
import type { ReadyJob, RunningView } from "../core/scheduler.ts";

/** More waiting jobs than this are indexed. Fewer are read faster one by one. */
export const LONG_QUEUE = 32;

/** Waiting jobs, kept so that a policy need not read all of them. */
export interface JobIndex {
  add(job: ReadyJob): void;
  /** Of a job that was added; nothing that it shows has changed since. */
  remove(job: ReadyJob): void;
  clear(): void;
}

/** What `LongQueue` reads of a view. */
export type QueueView = Pick<RunningView, "readyJobs" | "runningJobs">;

export class LongQueue {
  readonly #index: JobIndex;
  readonly #longQueue: number;
  /** By slot: whether the job is in the index. */
  readonly #isIn: boolean[] = [];
  /** Jobs that became ready since the last call of `isIndexed`, other than those that ran. */
  readonly #arrived: ReadyJob[] = [];
  /** Jobs that ran at that time or were to run after it, unless they have ended. */
  readonly #away: ReadyJob[] = [];
  #isKept = false;

  /** `longQueue`: number of waiting jobs above which they are indexed, at least 2. It changes the speed only. */
  constructor(index: JobIndex, longQueue: number) {
    this.#index = index;
    this.#longQueue = longQueue;
  }

  released(job: ReadyJob): void {
    if (this.#isKept) this.#arrived.push(job);
  }

  /** A waiting job is about to run. */
  runs(job: ReadyJob): void {
    if (!this.#isKept) return;
    this.#takeOut(job);
    this.#away.push(job);
  }

  /** What a waiting job shows is about to change. */
  changes(job: ReadyJob): void {
    if (!this.#isKept) return;
    this.#takeOut(job);
    this.#arrived.push(job);
  }

  /** A job has ended that waited or ran. */
  ended(job: ReadyJob): void {
    if (!this.#isKept) return;
    this.#takeOut(job);
    remove(this.#away, job);
    remove(this.#arrived, job);
  }

  /** Brings the index up to date. False: the queue is short, and the index is empty. */
  isIndexed(view: QueueView): boolean {
    const { length } = view.readyJobs;
    // Far enough apart that a queue of changing length is not built and cleared again and again.
    if (length <= (this.#isKept ? this.#longQueue / 2 : this.#longQueue)) this.clear();
    else if (this.#isKept) this.#update(view);
    else this.#build(view);
    return this.#isKept;
  }

  /** Empties the index. It is built again when it is needed. */
  clear(): void {
    if (!this.#isKept) return;
    this.#index.clear();
    this.#isIn.fill(false);
    this.#arrived.length = 0;
    this.#away.length = 0;
    this.#isKept = false;
  }

  #build({ readyJobs, runningJobs }: QueueView): void {
    this.#isKept = true;
    for (let i = 0; i < readyJobs.length; i++) this.#put(readyJobs.at(i));
    for (let i = 0; i < runningJobs.length; i++) this.#away.push(runningJobs[i]!);
  }

  #update({ runningJobs }: QueueView): void {
    const away = this.#away;
    for (let i = away.length - 1; i >= 0; i--) {
      const job = away[i]!;
      if (includes(runningJobs, job)) continue;
      away.splice(i, 1);
      this.#put(job);
    }
    const arrived = this.#arrived;
    for (let i = 0; i < arrived.length; i++) this.#put(arrived[i]!);
    arrived.length = 0;
  }

  #put(job: ReadyJob): void {
    this.#isIn[job.slot] = true;
    this.#index.add(job);
  }

  #takeOut(job: ReadyJob): void {
    if (this.#isIn[job.slot] !== true) return;
    this.#isIn[job.slot] = false;
    this.#index.remove(job);
  }
}

function remove(jobs: ReadyJob[], job: ReadyJob): void {
  const at = jobs.indexOf(job);
  if (at >= 0) jobs.splice(at, 1);
}

function includes(jobs: readonly ReadyJob[], job: ReadyJob): boolean {
  for (let i = 0; i < jobs.length; i++) if (jobs[i] === job) return true;
  return false;
}
