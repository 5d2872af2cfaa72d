/**
 * How far the work of a task's jobs strays from its expectation, learned from its own jobs: networks skip layers, leave by
 * exits and unroll to lengths that no policy knows before. A job is not lost while it may still turn out short.
 */
import type { Platform, ReadyJob } from "../../core/scheduler.ts";
import type { Work } from "./work-table.ts";

/** The expectation counts as much as so many jobs before the first one has ended. */
const PRIOR_JOBS = 2;
/** About so many jobs are remembered: older ones fade. */
const REMEMBERED = 60;
/** A spread below this share is noise of rounding. */
const NOISE = 0.01;
/** Before any job has ended, a spread is assumed to be no more than this. */
const MOST_ASSUMED = 0.3;
/** No job is taken to need less than this share of what is expected. */
const LEAST_SHARE = 0.3;

export class LengthSpread {
  /** [task]: share by which what is left may be more or less than expected; 0: it is as expected. */
  readonly spread: Float64Array;
  /** [task]: the share of what is expected that a job may turn out to need. */
  readonly leastShare: Float64Array;
  readonly #work: Work;
  readonly #deviations: number;
  // Of each task: jobs that count, and their squared deviations.
  readonly #jobs: Float64Array;
  readonly #squares: Float64Array;
  // By slot: the least times of the layers that were started, and what was expected at the release.
  readonly #startedNs: number[] = [];
  readonly #expectedNs: number[] = [];

  /** `deviations`: standard deviations that count as possible; 0: all work is taken to be as expected. */
  constructor({ tasks }: Platform, work: Work, deviations: number) {
    this.#work = work;
    this.#deviations = deviations;
    this.#jobs = new Float64Array(tasks.length);
    this.#squares = new Float64Array(tasks.length);
    this.spread = new Float64Array(tasks.length);
    this.leastShare = new Float64Array(tasks.length).fill(1);
    for (const task of tasks) {
      const excess = 1 / work.of(task.index, 0).share - 1;
      if (!(excess > NOISE)) continue;
      this.#jobs[task.index] = PRIOR_JOBS;
      this.#squares[task.index] = PRIOR_JOBS * Math.min(MOST_ASSUMED, excess / 2) ** 2;
      this.#update(task.index);
    }
  }

  released(job: ReadyJob): void {
    this.#startedNs[job.slot] = 0;
    this.#expectedNs[job.slot] = this.#work.remainingNs(job);
  }

  /** A job in another variant says nothing of the original. */
  variantChosen({ slot }: ReadyJob): void {
    this.#expectedNs[slot] = 0;
  }

  dispatched(job: ReadyJob): void {
    if (job.layerProgress > 0) return;
    this.#startedNs[job.slot] = this.#startedNs[job.slot]! + this.#work.leastNs(job);
  }

  completed({ slot, task: { index } }: ReadyJob): void {
    const expectedNs = this.#expectedNs[slot]!;
    if (!(expectedNs > 0)) return;
    if (this.#jobs[index]! >= REMEMBERED) {
      this.#squares[index] = this.#squares[index]! * (1 - 1 / REMEMBERED);
      this.#jobs[index] = REMEMBERED - 1;
    }
    this.#jobs[index] = this.#jobs[index]! + 1;
    this.#squares[index] = this.#squares[index]! + (this.#startedNs[slot]! / expectedNs - 1) ** 2;
    this.#update(index);
  }

  #update(index: number): void {
    const deviation = Math.sqrt(this.#squares[index]! / this.#jobs[index]!);
    this.spread[index] = deviation > NOISE ? this.#deviations * deviation : 0;
    this.leastShare[index] = Math.max(LEAST_SHARE, 1 - this.spread[index]!);
  }
}
