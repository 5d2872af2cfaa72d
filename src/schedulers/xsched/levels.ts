// Hot: called for each ready job that a decision looks at.
/** The priority of each job in XSched's LAX: 0 until it has used up its laxity, its own from then on. */
import type { ReadyJob } from "../../core/scheduler.ts";

/** XSched's PRIORITY_DEFAULT; tasks have more. */
export const laxPriority = 0;

export class Levels {
  readonly #reserve: number;
  /** By slot. */
  readonly #criticalNs: number[] = [];

  constructor(reserve: number) {
    this.#reserve = reserve;
  }

  begin({ slot, deadlineNs, minRemainingNs }: ReadyJob): void {
    // A job that no accelerator can run would else hold back all others.
    this.#criticalNs[slot] = minRemainingNs === Infinity ? Infinity : deadlineNs - this.#reserve * minRemainingNs;
  }

  /** When the job has used up its laxity. */
  criticalNs({ slot }: ReadyJob): number {
    return this.#criticalNs[slot]!;
  }

  of({ slot, priority }: ReadyJob, nowNs: number): number {
    return nowNs < this.#criticalNs[slot]! ? laxPriority : priority;
  }
}
