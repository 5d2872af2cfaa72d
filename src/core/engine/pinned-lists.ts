// Hot where tasks are pinned: one insertion and one removal per dispatch.
/** The ready jobs of each accelerator, where each task is pinned to one: those of busy accelerators need no look. */
import type { LiveJob } from "./live-job.ts";
import { isBefore, ReadyList } from "./ready-list.ts";

/** Accelerator indexes by task; NOWHERE: no accelerator is the task's. */
export type Pins = readonly number[];

export const NOWHERE = -1;

export class PinnedLists {
  private readonly pins: Pins;
  private readonly lists: readonly ReadyList[];

  constructor(pins: Pins, accelerators: number) {
    this.pins = pins;
    this.lists = Array.from({ length: accelerators }, () => new ReadyList());
  }

  insert(job: LiveJob): void {
    const index = this.pins[job.taskIndex]!;
    if (index !== NOWHERE) this.lists[index]!.insert(job);
  }

  remove(job: LiveJob): void {
    const index = this.pins[job.taskIndex]!;
    if (index !== NOWHERE) this.lists[index]!.remove(job);
  }

  /** The first job in order of an accelerator. */
  first(index: number): LiveJob | undefined {
    const list = this.lists[index]!;
    return list.length === 0 ? undefined : list.jobAt(0);
  }

  /** The first job in order of all accelerators with free units. */
  firstOnIdle(freeUnits: Int32Array): LiveJob | undefined {
    let first: LiveJob | undefined;
    for (let index = 0; index < freeUnits.length; index++) {
      const job = freeUnits[index] === 0 ? undefined : this.first(index);
      if (job !== undefined && (first === undefined || isBefore(job, first))) first = job;
    }
    return first;
  }
}
