// Hot: passes the waiting jobs at every decision.
/**
 * The waiting jobs that decisions and plans consider, however many wait: in order of their deadlines, those that are
 * late, and of those that can be in time the first ones.
 */
import type { Platform, ReadyJob, RunningView } from "../../core/scheduler.ts";
import type { Dispatcher } from "./dispatcher.ts";
import type { Memory } from "./memory.ts";
import type { Work } from "./work-table.ts";

/** Jobs in time that are considered: more than accelerators can serve in the time that a plan overlooks. */
const MOST = 48;

export class Waiting {
  readonly jobs: ReadyJob[] = [];
  /** [task]: its late jobs. */
  readonly lateOf: Int32Array;
  readonly #dispatcher: Dispatcher;
  readonly #work: Work;
  readonly #memory: Memory;

  constructor({ tasks }: Platform, dispatcher: Dispatcher, work: Work, memory: Memory) {
    this.lateOf = new Int32Array(tasks.length);
    this.#dispatcher = dispatcher;
    this.#work = work;
    this.#memory = memory;
  }

  /** Notes which of them are late, and what moving them costs. Before a plan, a job is late only if no variant helps. */
  look({ readyJobs, nowNs }: RunningView, isPlanDue: boolean): void {
    this.jobs.length = 0;
    this.lateOf.fill(0);
    let inTime = 0;
    for (let i = 0; i < readyJobs.length && inTime < MOST; i++) {
      const job = readyJobs.at(i);
      const isLate = isPlanDue ? this.#dispatcher.isHopelessInAll(job, nowNs) : this.#dispatcher.isHopeless(job, nowNs);
      this.#work.learnMove(job);
      this.#memory.isLate[job.slot] = isLate;
      this.jobs.push(job);
      if (isLate) this.lateOf[job.task.index] = this.lateOf[job.task.index]! + 1;
      else inTime += 1;
    }
  }
}
