// Hot while many jobs wait: all jobs in time are read at each division.
/**
 * The waiting jobs of a long queue. A job that no number of units can save stays hopeless while it waits, and what is left of
 * it stays the same. So hopeless jobs keep their order, and few of them need a look.
 */
import type { ReadyJob } from "../../core/scheduler.ts";
import type { JobIndex } from "../long-queue.ts";
import { SortedJobs } from "../sorted-jobs.ts";

export class WaitingJobs implements JobIndex {
  /** Those that were not hopeless when a division last looked at them. */
  readonly inTime: ReadyJob[] = [];
  /** The others, by decreasing weight: the keys are negative weights. */
  readonly hopeless = new SortedJobs();
  /** By slot; undefined: the job is in time. */
  readonly #keys: (number | undefined)[] = [];

  add(job: ReadyJob): void {
    this.#keys[job.slot] = undefined;
    this.inTime.push(job);
  }

  remove(job: ReadyJob): void {
    const key = this.#keys[job.slot];
    if (key === undefined) this.#removeInTime(this.inTime.indexOf(job));
    else this.hopeless.remove(key, job);
  }

  clear(): void {
    this.inTime.length = 0;
    this.hopeless.clear();
  }

  /** `i`: index of the job among those in time. The last of them takes its place. */
  becomesHopeless(i: number, weight: number): void {
    const job = this.inTime[i]!;
    this.#removeInTime(i);
    this.#keys[job.slot] = -weight;
    this.hopeless.add(-weight, job);
  }

  #removeInTime(i: number): void {
    const last = this.inTime.pop()!;
    if (i < this.inTime.length) this.inTime[i] = last;
  }
}
