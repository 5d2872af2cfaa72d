/** The jobs that wait for their start, of tasks that have room for a number of them. */
import type { Program } from "../program.ts";
import type { Queue } from "../scenario.ts";
import type { LiveJob } from "./live-job.ts";

export class Queues {
  /** Of each task with a queue, oldest first. */
  private readonly waiting: readonly (LiveJob[] | undefined)[];
  private readonly program: Program;

  private constructor(program: Program) {
    this.program = program;
    this.waiting = program.tasks.map(({ task }) => (task.queue === undefined ? undefined : []));
  }

  /** Undefined if no task has a queue. */
  static of(program: Program): Queues | undefined {
    return program.tasks.some(({ task }) => task.queue !== undefined) ? new Queues(program) : undefined;
  }

  /** What the task does with one job more; undefined: it has room. */
  overflow(taskIndex: number): Queue["overflow"] | undefined {
    const { queue } = this.program.tasks[taskIndex]!.task;
    return queue !== undefined && this.waiting[taskIndex]!.length >= queue.limit ? queue.overflow : undefined;
  }

  /** Of a queue that is full. */
  oldest(taskIndex: number): LiveJob {
    return this.waiting[taskIndex]![0]!;
  }

  enter(job: LiveJob): void {
    this.waiting[job.taskIndex]?.push(job);
  }

  /** A job starts, or is dropped before it has started. */
  leave(job: LiveJob): void {
    const waiting = this.waiting[job.taskIndex];
    waiting?.splice(waiting.indexOf(job), 1);
  }
}
