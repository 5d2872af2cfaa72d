/**
 * Late jobs: they can only be missed, but an unfinished one is charged its worst-case energy, and its children are lost.
 * So they run on what would idle, and make room at once when a job that can be in time needs it. Stopping takes a moment,
 * for what has been done is saved: the job that is to have the accelerator waits for it.
 */
import type { AcceleratorView, ReadyJob, RunningJob, RunningView, View } from "../../core/scheduler.ts";
import type { Configuration } from "./configuration.ts";
import type { Dispatcher } from "./dispatcher.ts";
import type { Memory } from "./memory.ts";
import type { Waiting } from "./waiting.ts";

/** What the dispatcher has chosen from. */
type Choice = Parameters<Dispatcher["choose"]>;

export class Background {
  readonly #waiting: Waiting;
  readonly #memory: Memory;
  readonly #dispatcher: Dispatcher;
  readonly #backlog: number;

  /** `backlog`: late jobs of one task that may wait. */
  constructor(waiting: Waiting, memory: Memory, dispatcher: Dispatcher, backlog: number) {
    this.#waiting = waiting;
    this.#memory = memory;
    this.#dispatcher = dispatcher;
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

  /** Whether any late work could be stopped for a waiting job. */
  canMakeRoom({ readyJobs, runningJobs, nowNs }: RunningView): boolean {
    return readyJobs.length > 0 && runningJobs.some((job) => this.#canStop(job, nowNs));
  }

  /**
   * Names the late work that has to stop, and for whom: where the dispatcher would run the waiting jobs if what late work
   * holds were idle, one after the other.
   */
  makeRoom(view: RunningView, configuration: Configuration, stop: (late: RunningJob, job: ReadyJob) => void): void {
    const { nowNs, runningJobs, accelerators } = view;
    const stoppable = runningJobs.filter((job) => this.#canStop(job, nowNs));
    const idle = accelerators.filter(({ freeUnits }) => freeUnits > 0);
    const leaving = runningJobs.filter(isLeaving);
    let choice: Choice = [
      nowNs,
      this.#waiting.jobs,
      [...idle, ...placesOf(leaving), ...placesOf(stoppable)],
      configuration,
    ];
    for (;;) {
      this.#dispatcher.choose(...choice);
      const { job, accelerator } = this.#dispatcher;
      if (job === undefined || this.#isLate(job)) return;
      const late = stoppable.find((running) => running.accelerator === accelerator);
      if (late !== undefined) stop(late, job);
      choice = without(choice, this.#dispatcher);
    }
  }

  /** Lets the dispatcher choose, and says from what. A job that is to have what late work is leaving waits for it. */
  choose({ nowNs, idleAccelerators, runningJobs }: View, configuration: Configuration): Choice {
    const left = placesOf(runningJobs.filter(isLeaving));
    const free = left.length === 0 ? idleAccelerators : [...idleAccelerators, ...left];
    let choice: Choice = [nowNs, this.#waiting.jobs, free, configuration];
    this.#dispatcher.choose(...choice);
    while (this.#dispatcher.accelerator?.freeUnits === 0) {
      choice = without(choice, this.#dispatcher);
      this.#dispatcher.choose(...choice);
    }
    return choice;
  }

  #isLate({ slot }: ReadyJob): boolean {
    return this.#memory.isLate[slot]!;
  }

  #canStop(job: RunningJob, nowNs: number): boolean {
    return this.#isLate(job) && !job.isStopping && job.accelerator.canCheckpoint && job.layerEndNs > nowNs;
  }
}

const isLeaving = ({ isStopping }: RunningJob): boolean => isStopping;

const placesOf = (jobs: readonly RunningJob[]): readonly AcceleratorView[] =>
  jobs.map(({ accelerator }) => accelerator);

/** What is left to choose from once a job has got its accelerator. */
const without = ([nowNs, jobs, free, configuration]: Choice, { job, accelerator }: Dispatcher): Choice => [
  nowNs,
  jobs.filter((each) => each !== job),
  free.filter((each) => each !== accelerator),
  configuration,
];

/** A job that has not started goes before one that has, then the older one: its result is the less useful. */
function isSacrificed(job: ReadyJob, before: ReadyJob): boolean {
  if (job.hasStarted !== before.hasStarted) return before.hasStarted;
  return job.jobIndex < before.jobIndex;
}
