// Hot: runs for every live job at each event.
/**
 * Chooses where a job runs and on how many units. Prefers, in this order: an accelerator that meets the deadline; the one
 * with most units left beside the job; the latest end that is in time, because a task gets no more than its deadline
 * needs. If no accelerator meets the deadline, it chooses the earliest end.
 */
import type { AcceleratorView, ReadyJob } from "../../core/scheduler.ts";
import { ableUnits, fewestUnits } from "./need.ts";

export class Seat {
  /** Index of the accelerator that `find` chose; -1: none can run the job. */
  place = -1;
  units = 0;
  /** What is left of the job there, ns. */
  remainingNs = Infinity;
  /** Whether the units meet the deadline. */
  meetsDeadline = false;
  #room = 0;
  readonly #accelerators: readonly AcceleratorView[];

  constructor(accelerators: readonly AcceleratorView[]) {
    this.#accelerators = accelerators;
  }

  /**
   * Searches the units left of every accelerator. If the deadline cannot be met, the job gets at most `granted` units.
   */
  find(job: ReadyJob, nowNs: number, unitsLeft: readonly number[], granted: number): void {
    this.#clear();
    for (let a = 0; a < this.#accelerators.length; a++) this.#consider(a, job, nowNs, unitsLeft[a]!, granted);
  }

  /** The same on one accelerator, by its index. */
  findOn(place: number, job: ReadyJob, nowNs: number, unitsLeft: readonly number[], granted: number): void {
    this.#clear();
    this.#consider(place, job, nowNs, unitsLeft[place]!, granted);
  }

  #clear(): void {
    this.place = -1;
    this.remainingNs = Infinity;
    this.meetsDeadline = false;
  }

  #consider(place: number, job: ReadyJob, nowNs: number, unitsLeft: number, granted: number): void {
    const accelerator = this.#accelerators[place]!;
    const need = fewestUnits(job, accelerator, job.deadlineNs - nowNs);
    const meetsDeadline = need > 0 && need <= unitsLeft;
    const units = meetsDeadline ? need : ableUnits(job, accelerator, Math.min(granted, unitsLeft));
    if (units === 0) return;
    const room = unitsLeft - units;
    const remainingNs = job.remainingNowNs(accelerator, units);
    if (this.place >= 0 && !this.#isBetter(room, remainingNs, meetsDeadline)) return;
    this.place = place;
    this.units = units;
    this.remainingNs = remainingNs;
    this.meetsDeadline = meetsDeadline;
    this.#room = room;
  }

  #isBetter(room: number, remainingNs: number, meetsDeadline: boolean): boolean {
    if (meetsDeadline !== this.meetsDeadline) return meetsDeadline;
    if (room !== this.#room) return room > this.#room;
    return meetsDeadline ? remainingNs > this.remainingNs : remainingNs < this.remainingNs;
  }
}
