// Hot while many jobs wait.
/** What XSched's LAX asks of the waiting jobs, from a long queue: a list of each priority, and the ends of laxities to come. */
import type { ReadyJob } from "../../core/scheduler.ts";
import type { JobIndex } from "../long-queue.ts";
import { SortedJobs } from "../sorted-jobs.ts";
import type { LevelOrder, WaitingView } from "./level-queue.ts";
import { type Levels, laxPriority } from "./levels.ts";

interface Level {
  readonly priority: number;
  /** In order of release. */
  readonly jobs: SortedJobs;
}

export class LevelIndex implements JobIndex, LevelOrder {
  readonly #levels: Levels;
  /** Highest first. */
  readonly #lists: Level[] = [];
  /** Jobs with laxity left, by its end. */
  readonly #lax = new SortedJobs();
  /** The time up to which jobs have been moved from the lax ones to their own priority. */
  #nowNs = -Infinity;

  constructor(levels: Levels) {
    this.#levels = levels;
  }

  add(job: ReadyJob): void {
    this.#listOf(this.#levels.of(job, this.#nowNs)).add(job.releaseNs, job);
    const criticalNs = this.#levels.criticalNs(job);
    if (criticalNs > this.#nowNs) this.#lax.add(criticalNs, job);
  }

  remove(job: ReadyJob): void {
    this.#listOf(this.#levels.of(job, this.#nowNs)).remove(job.releaseNs, job);
    const criticalNs = this.#levels.criticalNs(job);
    if (criticalNs > this.#nowNs) this.#lax.remove(criticalNs, job);
  }

  clear(): void {
    for (const { jobs } of this.#lists) jobs.clear();
    this.#lax.clear();
  }

  first({ nowNs }: WaitingView, canRun: (job: ReadyJob) => boolean): ReadyJob | undefined {
    this.#passTime(nowNs);
    for (let level = 0; level < this.#lists.length; level++) {
      const { jobs } = this.#lists[level]!;
      for (let i = 0; i < jobs.length; i++) if (canRun(jobs.at(i))) return jobs.at(i);
    }
    return undefined;
  }

  highest({ nowNs }: WaitingView): number {
    this.#passTime(nowNs);
    return this.#lists.find(({ jobs }) => jobs.length > 0)?.priority ?? -Infinity;
  }

  nextChangeNs({ nowNs }: WaitingView): number {
    this.#passTime(nowNs);
    return this.#lax.length === 0 ? Infinity : this.#lax.keyAt(0);
  }

  /** Moves the jobs whose laxity has ended. */
  #passTime(nowNs: number): void {
    const lax = this.#lax;
    while (lax.length > 0 && lax.keyAt(0) <= nowNs) {
      const job = lax.at(0);
      lax.remove(lax.keyAt(0), job);
      this.#listOf(laxPriority).remove(job.releaseNs, job);
      this.#listOf(job.priority).add(job.releaseNs, job);
    }
    this.#nowNs = nowNs;
  }

  #listOf(priority: number): SortedJobs {
    let at = 0;
    while (at < this.#lists.length && this.#lists[at]!.priority > priority) at += 1;
    if (this.#lists[at]?.priority !== priority) this.#lists.splice(at, 0, { priority, jobs: new SortedJobs() });
    return this.#lists[at]!.jobs;
  }
}
