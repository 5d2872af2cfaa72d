/** What the policy remembers of live jobs, by slot, and of tasks: who is late, and what the plan gives up. */
import type { AcceleratorView, Platform, ReadyJob } from "../../core/scheduler.ts";
import { standing } from "./rules.ts";
import type { TaskFacts } from "./task-facts.ts";

export class Memory {
  /** [slot] */
  readonly isLate: boolean[] = [];
  /** [slot]: whether the plan gives up the job. */
  readonly isGivenUp: boolean[] = [];
  /** [task]: whether the plan gives up all jobs of the frames that begin at this root; 0 or 1. */
  readonly givesUpRoot: Uint8Array;
  /** [accelerator]: slot of the job that it ran last; -1: none. */
  readonly lastSlot: Int32Array;
  readonly #facts: TaskFacts;

  constructor({ tasks, accelerators }: Platform, facts: TaskFacts) {
    this.givesUpRoot = new Uint8Array(tasks.length);
    this.lastSlot = new Int32Array(accelerators.length).fill(-1);
    this.#facts = facts;
  }

  released({ slot }: ReadyJob): void {
    this.isLate[slot] = false;
    this.isGivenUp[slot] = false;
  }

  dispatched({ slot }: ReadyJob, { index }: AcceleratorView): void {
    this.lastSlot[index] = slot;
  }

  standingOf({ slot, task }: ReadyJob): number {
    if (this.isLate[slot]!) return standing.late;
    return this.isGivenUp[slot]! || this.givesUpRoot[this.#facts.root[task.index]!] === 1
      ? standing.givenUp
      : standing.served;
  }
}

/** When the frame of a job was due to begin: its release without jitter, as far as its deadline tells. */
export const nominalOf = ({ deadlineNs, task, releaseNs }: ReadyJob): number =>
  deadlineNs < Infinity && task.deadlineNs < Infinity ? deadlineNs - task.deadlineNs : releaseNs;
