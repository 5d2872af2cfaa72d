/**
 * Late jobs: they can only be missed, but an unfinished one is charged its worst-case energy, and its children are lost.
 * So they run on what would idle, and make room at once when a job that can be in time needs it.
 */
import type { AcceleratorView, ReadyJob, RunningJob, RunningView, View } from "../../core/scheduler.ts";
import type { Dispatcher } from "./dispatcher.ts";
import type { Memory } from "./memory.ts";
import type { Work } from "./work-table.ts";

export class Background {
  readonly #dispatcher: Dispatcher;
  readonly #work: Work;
  readonly #memory: Memory;
  readonly #backlog: number;

  /** `backlog`: late jobs of one task that may wait. */
  constructor(dispatcher: Dispatcher, work: Work, memory: Memory, backlog: number) {
    this.#work = work;
    this.#dispatcher = dispatcher;
    this.#memory = memory;
    this.#backlog = backlog;
  }

  /** Notes which waiting jobs are late, and what moving them costs. */
  findLate({ readyJobs, nowNs }: RunningView): void {
    for (let i = 0; i < readyJobs.length; i++) {
      const job = readyJobs.at(i);
      this.#work.learnMove(job);
      this.#memory.isLate[job.slot] = this.#dispatcher.isHopeless(job, nowNs);
    }
  }

  /** A late job beyond the backlog of its task: the oldest that has not started, else the oldest; undefined: none. */
  surplus({ readyJobs }: View): ReadyJob | undefined {
    for (let i = 0; i < readyJobs.length; i++) {
      const job = readyJobs.at(i);
      if (!this.#isLate(job)) continue;
      let count = 0;
      let victim = job;
      for (let k = 0; k < readyJobs.length; k++) {
        const other = readyJobs.at(k);
        if (other.task !== job.task || !this.#isLate(other)) continue;
        count += 1;
        if (isSacrificed(other, victim)) victim = other;
      }
      if (count > this.#backlog) return victim;
    }
    return undefined;
  }

  /** Idle accelerators, and those whose late work could be stopped; undefined if there is no such work to stop. */
  openAccelerators({
    readyJobs,
    runningJobs,
    accelerators,
    nowNs,
  }: RunningView): readonly AcceleratorView[] | undefined {
    if (readyJobs.length === 0) return undefined;
    const stoppable = runningJobs.filter((job) => this.#canStop(job, nowNs)).map(({ accelerator }) => accelerator);
    if (stoppable.length === 0) return undefined;
    return accelerators.filter((accelerator) => accelerator.freeUnits > 0 || stoppable.includes(accelerator));
  }

  /** The late job that has to stop for the dispatcher's choice; undefined: none. */
  stoppedFor({ runningJobs }: RunningView, { job, accelerator }: Dispatcher): RunningJob | undefined {
    if (job === undefined || this.#isLate(job) || accelerator!.freeUnits > 0) return undefined;
    return runningJobs.find((running) => running.accelerator === accelerator);
  }

  #isLate({ slot }: ReadyJob): boolean {
    return this.#memory.isLate[slot]!;
  }

  #canStop(job: RunningJob, nowNs: number): boolean {
    return this.#isLate(job) && !job.isStopping && job.accelerator.canCheckpoint && job.layerEndNs > nowNs;
  }
}

/** A job that has not started goes before one that has, then the older one: its result is the less useful. */
function isSacrificed(job: ReadyJob, before: ReadyJob): boolean {
  if (job.hasStarted !== before.hasStarted) return before.hasStarted;
  return job.jobIndex < before.jobIndex;
}
