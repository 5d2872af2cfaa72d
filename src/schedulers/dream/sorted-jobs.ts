// Hot while many jobs wait: one insertion and one removal per dispatched layer.
/**
 * Waiting jobs of one task by a key that stays while they wait, least first; ties are in ready order. Most jobs come
 * last and leave first, which moves no others.
 */
import type { ReadyJob } from "../../core/scheduler.ts";

export class SortedJobs {
  readonly #keys: number[] = [];
  readonly #jobs: ReadyJob[] = [];

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
    const other = this.#keys[i]!;
    return other < key || (other === key && isReadyBefore(this.#jobs[i]!, job));
  }
}

/** Whether a job comes before another in a view of jobs without ranks: by release, task, job. */
export function isReadyBefore(a: ReadyJob, b: ReadyJob): boolean {
  const { releaseNs } = b;
  if (a.releaseNs !== releaseNs) return a.releaseNs < releaseNs;
  if (a.task !== b.task) return a.task.index < b.task.index;
  return a.jobIndex < b.jobIndex;
}
