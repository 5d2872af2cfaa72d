// Hot: runs at each event, over all live jobs. Parallel arrays, reused for each event.
/**
 * The claims of the live jobs, and the order in which they are served: first jobs that can be in time, by decreasing
 * score = priority / (slack * need), then by weight = priority / remaining time, then by release, task, job.
 */
import type { AcceleratorView, ReadyJob } from "../../core/scheduler.ts";
import { leastUnits } from "./need.ts";
import type { Seat } from "./seat.ts";

/** Of hopeless jobs, the one of greatest weight is served first. */
export const weightOf = (job: ReadyJob, remainingNs: number): number => job.priority / Math.max(remainingNs, 1);

export class Claims {
  length = 0;
  // Of each live job, in the order of adding.
  readonly jobs: ReadyJob[] = [];
  /** Index of the accelerator; -1: it waits. */
  readonly runsOn: number[] = [];
  /** 0: it waits, or is about to stop. */
  readonly runningUnits: number[] = [];
  /** Whether no number of units meets the deadline. */
  readonly isHopeless: boolean[] = [];
  /** Fewest units that meet the deadline; of a hopeless job the fewest that can run it. */
  readonly need: number[] = [];
  readonly score: number[] = [];
  readonly weight: number[] = [];
  readonly #accelerators: readonly AcceleratorView[];

  constructor(accelerators: readonly AcceleratorView[]) {
    this.#accelerators = accelerators;
  }

  clear(): void {
    this.length = 0;
  }

  /** `seat`: what the job would get if all units were free, on its own accelerator if it runs, else on any. */
  add(job: ReadyJob, runsOn: number, runningUnits: number, seat: Seat, nowNs: number): void {
    const i = this.length;
    this.length += 1;
    this.jobs[i] = job;
    this.runsOn[i] = runsOn;
    this.runningUnits[i] = runningUnits;
    this.isHopeless[i] = !seat.meetsDeadline;
    this.need[i] = seat.meetsDeadline ? seat.units : this.#leastUnits(job, seat);
    this.score[i] = job.priority / (Math.max(job.deadlineNs - nowNs, 1) * this.need[i]!);
    this.setWeight(i, seat.remainingNs);
  }

  /** `remainingNs` is what is left of the job where it would run. */
  setWeight(i: number, remainingNs: number): void {
    this.weight[i] = weightOf(this.jobs[i]!, remainingNs);
  }

  #leastUnits(job: ReadyJob, { place }: Seat): number {
    return place < 0 ? 1 : leastUnits(job, this.#accelerators[place]!);
  }

  /** Whether one job is served before another. */
  isBefore(i: number, k: number): boolean {
    if (this.isHopeless[i] !== this.isHopeless[k]) return this.isHopeless[k]!;
    if (!this.isHopeless[i] && this.score[i] !== this.score[k]) return this.score[i]! > this.score[k]!;
    if (this.weight[i] !== this.weight[k]) return this.weight[i]! > this.weight[k]!;
    const one = this.jobs[i]!;
    const other = this.jobs[k]!;
    if (one.releaseNs !== other.releaseNs) return one.releaseNs < other.releaseNs;
    return one.task === other.task ? one.jobIndex < other.jobIndex : one.task.index < other.task.index;
  }
}
