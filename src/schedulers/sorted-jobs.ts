// Hot while many jobs wait: one insertion and one removal per dispatched layer.
/**
 * Waiting jobs by a key that stays while they wait, least first; ties go by release, task, job. Most jobs come
 * last and leave first, which moves no others.
 */
import type { ReadyJob } from "../core/scheduler.ts";
import { comesBefore } from "./selection.ts";

export class SortedJobs {
  readonly #keys: number[] = [Number.NaN];
  readonly #jobs: ReadyJob[] = [];

  constructor() {
    this.#keys.pop();
  }

  get length(): number {
    return this.#jobs.length;
  }

  /** The i-th in order, 0 <= i < length. */
  at(i: number): ReadyJob {
    return this.#jobs[i]!;
  }

  keyAt(i: number): number {
    return this.#keys[i]!;
  }

  add(key: number, job: ReadyJob): void {
    const last = this.#jobs.length - 1;
    if (last < 0 || this.#isBefore(last, key, job)) {
      this.#keys.push(key);
      this.#jobs.push(job);
      return;
    }
    const position = this.#positionOf(key, job);
    this.#keys.splice(position, 0, key);
    this.#jobs.splice(position, 0, job);
  }

  /** Removes a job that was added with this key. */
  remove(key: number, job: ReadyJob): void {
    if (this.#jobs[0] === job) {
      this.#keys.shift();
      this.#jobs.shift();
      return;
    }
    const position = this.#positionOf(key, job);
    this.#keys.splice(position, 1);
    this.#jobs.splice(position, 1);
  }

  clear(): void {
    this.#keys.length = 0;
    this.#jobs.length = 0;
  }

  /** Number of jobs before this one. */
  #positionOf(key: number, job: ReadyJob): number {
    let low = 0;
    let high = this.#jobs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#isBefore(middle, key, job)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #isBefore(i: number, key: number, job: ReadyJob): boolean {
    return comesBefore(this.#keys[i]!, this.#jobs[i]!, key, job);
  }
}
