/** What the policy remembers of live jobs, by slot, and of tasks: who is late, and what the plan gives up. */
import type { AcceleratorView, Platform, ReadyJob } from "../../core/scheduler.ts";
import { type Mode, standing } from "./rules.ts";

export class Memory {
  /** [slot] */
  readonly isLate: boolean[] = [];
  /** [slot]: what the plan has chosen for the job. */
  readonly mode: Mode[] = [];
  /** [task]: the variant that its jobs start in. */
  readonly variant: Int32Array;
  /** [accelerator]: slot of the job that it ran last; -1: none. */
  readonly lastSlot: Int32Array;

  constructor({ tasks, accelerators }: Platform) {
    this.variant = new Int32Array(tasks.length);
    this.lastSlot = new Int32Array(accelerators.length).fill(-1);
  }

  released({ slot }: ReadyJob): void {
    this.isLate[slot] = false;
    this.mode[slot] = standing.normal;
  }

  dispatched({ slot }: ReadyJob, { index }: AcceleratorView): void {
    this.lastSlot[index] = slot;
  }

  standingOf({ slot }: ReadyJob): number {
    return this.isLate[slot]! ? standing.late : this.mode[slot]!;
  }

  variantOf({ task }: ReadyJob): number {
    return this.variant[task.index]!;
  }
}

/** Whether the plan decides which variant a job runs. */
export const hasFreeVariant = ({ hasStarted, canChooseVariant }: ReadyJob): boolean => !hasStarted && canChooseVariant;

/** When the frame of a job was due to begin: its release without jitter, as far as its deadline tells. */
export const nominalOf = ({ deadlineNs, task, releaseNs }: ReadyJob): number =>
  deadlineNs < Infinity && task.deadlineNs < Infinity ? deadlineNs - task.deadlineNs : releaseNs;
