/** What the policy remembers of live jobs, by slot, and of tasks: who is late, and what the plan gives up. */
import type { AcceleratorView, Platform, ReadyJob } from "../../core/scheduler.ts";
import { type Mode, standing } from "./rules.ts";
import type { TaskFacts } from "./task-facts.ts";

export class Memory {
  /** [slot] */
  readonly isLate: boolean[] = [];
  /** [slot]: what the plan has chosen for the job; normal: what it has chosen for its root. */
  readonly mode: Mode[] = [];
  /** [task]: what the last review has chosen for all jobs of the frames that begin at this root. */
  readonly rootMode: Int8Array;
  /** [task]: the variant that its jobs start in. */
  readonly variant: Int32Array;
  /** [accelerator]: slot of the job that it ran last; -1: none. */
  readonly lastSlot: Int32Array;
  readonly #facts: TaskFacts;

  constructor({ tasks, accelerators }: Platform, facts: TaskFacts) {
    this.rootMode = new Int8Array(tasks.length);
    this.variant = new Int32Array(tasks.length);
    this.lastSlot = new Int32Array(accelerators.length).fill(-1);
    this.#facts = facts;
  }

  released({ slot }: ReadyJob): void {
    this.isLate[slot] = false;
    this.mode[slot] = standing.normal;
  }

  dispatched({ slot }: ReadyJob, { index }: AcceleratorView): void {
    this.lastSlot[index] = slot;
  }

  standingOf({ slot, task }: ReadyJob): number {
    return this.isLate[slot]! ? standing.late : this.effectiveMode(this.mode[slot]!, task.index);
  }

  /** Whether a review gives up the frames of the task's root. */
  isTaskGivenUp(taskIndex: number): boolean {
    return this.rootMode[this.#facts.root[taskIndex]!] === standing.givenUp;
  }

  variantOf({ task }: ReadyJob): number {
    return this.variant[task.index]!;
  }

  /** A job's own mode comes before that of its root. */
  effectiveMode(own: number, taskIndex: number): number {
    return own === standing.normal ? this.rootMode[this.#facts.root[taskIndex]!]! : own;
  }
}

/** Whether the plan decides which variant a job runs. */
export const hasFreeVariant = ({ hasStarted, canChooseVariant }: ReadyJob): boolean => !hasStarted && canChooseVariant;

/** When the frame of a job was due to begin: its release without jitter, as far as its deadline tells. */
export const nominalOf = ({ deadlineNs, task, releaseNs }: ReadyJob): number =>
  deadlineNs < Infinity && task.deadlineNs < Infinity ? deadlineNs - task.deadlineNs : releaseNs;
