/**
 * Late jobs: they can only be missed, but an unfinished one is charged its worst-case energy, and its children are lost.
 * So they run on what would idle, and make room at once when a job that can be in time needs it.
 */
import type { AcceleratorView, ReadyJob, RunningJob, RunningView, View } from "../../core/scheduler.ts";
import type { Dispatcher } from "./dispatcher.ts";
import type { Memory } from "./memory.ts";
import type { Waiting } from "./waiting.ts";

export class Background {
  readonly #waiting: Waiting;
  readonly #memory: Memory;
  readonly #backlog: number;

  /** `backlog`: late jobs of one task that may wait. */
  constructor(waiting: Waiting, memory: Memory, backlog: number) {
    this.#waiting = waiting;
    this.#memory = memory;
    this.#backlog = backlog;
  }

  /** A late job beyond the backlog of its task: the oldest that has not started, else the oldest; undefined: none. */
  surplus(): ReadyJob | undefined {
    const { jobs, lateOf } = this.#waiting;
    const taskIndex = lateOf.findIndex((count) => count > this.#backlog);
    if (taskIndex < 0) return undefined;
    let victim: ReadyJob | undefined;
    for (const job of jobs) {
      if (job.task.index !== taskIndex || !this.#isLate(job)) continue;
      if (victim === undefined || isSacrificed(job, victim)) victim = job;
    }
    return victim;
  }

  /** Idle accelerators, and those that late work has left or could leave; undefined if there is no such work to stop. */
  openAccelerators({ readyJobs, runningJobs, accelerators, nowNs }: RunningView): AcceleratorView[] | undefined {
    if (readyJobs.length === 0 || !runningJobs.some((job) => this.#canStop(job, nowNs))) return undefined;
    const closed = runningJobs.filter((job) => !job.isStopping && !this.#canStop(job, nowNs));
    return accelerators.filter((accelerator) => closed.every((job) => job.accelerator !== accelerator));
  }

  /** Idle accelerators, and those that will be as soon as what late work has done is saved. */
  freeAccelerators({ idleAccelerators, runningJobs }: View): readonly AcceleratorView[] {
    const stopping = runningJobs.filter(({ isStopping }) => isStopping);
    return stopping.length === 0 ? idleAccelerators : [...idleAccelerators, ...stopping.map(({accelerator}) => accelerator)];
  }

  /** The late job that has to stop for the dispatcher's choice; undefined: none. */
  stoppedFor({ runningJobs }: RunningView, { job, accelerator }: Dispatcher): RunningJob | undefined {
    if (job === undefined || this.#isLate(job) || accelerator!.freeUnits > 0) return undefined;
    return runningJobs.find((running) => running.accelerator === accelerator && !running.isStopping);
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
