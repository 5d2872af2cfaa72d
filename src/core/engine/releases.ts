/** Releases jobs: those of root tasks at their release times, dependent ones as soon as their parents allow. */
import { deadlineOf, type ReleaseCursor, releaseCursor } from "../arrivals.ts";
import { ClosedCursor } from "../closed-loop.ts";
import { SchedulerError } from "../errors.ts";
import type { Program } from "../program.ts";
import type { Clock } from "./clock.ts";
import { NO_SOURCE_NS } from "./frame.ts";
import type { EndedJob, EndListener, Jobs } from "./jobs.ts";

/** Clients whose jobs end unserved, and who do not think, would hardly let the time pass. */
const MOST_FRUITLESS = 100_000;

export class Releases implements EndListener {
  /** The next release of a root job; Infinity: there is none. */
  nextNs = Infinity;
  private readonly program: Program;
  private readonly clock: Clock;
  private readonly jobs: Jobs;
  private readonly hasReads: boolean;
  /** Of each task; undefined for a dependent one. */
  private readonly cursors: readonly (ReleaseCursor | undefined)[];
  /** Of each task; undefined for one that is no closed loop. */
  private readonly loops: readonly (ClosedCursor | undefined)[];
  /** Jobs of closed loops in a row that ended unserved and were followed by the next one within 1 ns. */
  private fruitless = 0;

  constructor(program: Program, seed: number, clock: Clock, jobs: Jobs) {
    this.program = program;
    this.clock = clock;
    this.jobs = jobs;
    const { scenario } = program;
    this.hasReads = program.tasks.some(({ task }) => task.reads !== undefined);
    this.loops = program.tasks.map(({ task: { release } }, index) =>
      release.kind === "closed" ? new ClosedCursor(scenario, index, release, seed) : undefined,
    );
    this.cursors = program.tasks.map(({ task }, index) =>
      task.release.kind === "after" ? undefined : (this.loops[index] ?? releaseCursor(scenario, index, seed)),
    );
    if (this.loops.some((loop) => loop !== undefined)) jobs.endListener = this;
    this.findNext();
  }

  /** A client of a closed loop goes on from the end of its job. */
  jobEnded({ taskIndex, jobIndex, releaseNs, hasStarted }: EndedJob): void {
    const loop = this.loops[taskIndex];
    if (loop === undefined) return;
    const endNs = this.clock.nowNs;
    const nextNs = loop.jobEnded({ jobIndex, releaseNs, endNs });
    const isUnserved = !hasStarted || endNs === releaseNs;
    this.fruitless = isUnserved && nextNs <= releaseNs + 1 ? this.fruitless + 1 : 0;
    if (this.fruitless > MOST_FRUITLESS) this.failFruitless(taskIndex);
    if (loop.releaseNs < this.nextNs) this.nextNs = loop.releaseNs;
  }

  private failFruitless(taskIndex: number): never {
    const { id } = this.program.tasks[taskIndex]!.task;
    throw new SchedulerError(
      `at ${this.clock.nowNs / 1e6} ms: the last ${MOST_FRUITLESS} jobs of closed loops, such as task "${id}", ended without service, and their clients did not wait before the next; give a longer thinkMs or a longer queue, or choose a scheduler that does not drop them at once`,
    );
  }

  /** Releases root jobs and the dependents of this instant's completions, by task, then job. */
  releaseDue(): void {
    if (this.nextNs <= this.clock.nowNs || this.jobs.due.length > 0) this.releaseAll();
  }

  private releaseAll(): void {
    const { due } = this.jobs;
    if (due.length > 1) due.sort((a, b) => a.taskIndex - b.taskIndex || a.jobIndex - b.jobIndex);
    let nextDue = 0;
    for (let taskIndex = 0; taskIndex < this.cursors.length; taskIndex++) {
      const { task } = this.program.tasks[taskIndex]!;
      for (; due[nextDue]?.taskIndex === taskIndex; nextDue++) {
        const frame = due[nextDue]!;
        this.jobs.release(frame, deadlineOf(task, frame.frameNs, frame.framePeriodNs), task.priority, 1);
      }
      const cursor = this.cursors[taskIndex];
      if (cursor !== undefined) this.releaseRoots(taskIndex, cursor);
    }
    due.length = 0;
    this.findNext();
  }

  private releaseRoots(taskIndex: number, cursor: ReleaseCursor): void {
    while (cursor.releaseNs === this.clock.nowNs) {
      const { jobIndex, frameNs, periodNs: framePeriodNs, deadlineNs, priority, scale } = cursor;
      const sourceNs = this.hasReads ? this.sourceNsOf(taskIndex, frameNs) : NO_SOURCE_NS;
      // First: a full queue may end a job at once, and so wake a client of this very loop.
      cursor.advance();
      this.jobs.release({ taskIndex, jobIndex, frameNs, framePeriodNs, sourceNs }, deadlineNs, priority, scale);
    }
  }

  /** The clock of a task that reads is no source: what it makes is made of what it reads. */
  private sourceNsOf(taskIndex: number, frameNs: number): number {
    return this.program.tasks[taskIndex]!.task.reads === undefined ? frameNs : -Infinity;
  }

  private findNext(): void {
    this.nextNs = Infinity;
    for (const cursor of this.cursors) {
      if (cursor !== undefined && cursor.releaseNs < this.nextNs) this.nextNs = cursor.releaseNs;
    }
  }
}
