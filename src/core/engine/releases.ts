/** Releases jobs: those of root tasks at their release times, dependent ones as soon as their parents allow. */
import { deadlineOf, type ReleaseCursor, releaseCursor } from "../arrivals.ts";
import type { Program } from "../program.ts";
import type { Clock } from "./clock.ts";
import { NO_SOURCE_NS } from "./frame.ts";
import type { Jobs } from "./jobs.ts";

export class Releases {
  /** The next release of a root job; Infinity: there is none. */
  nextNs = Infinity;
  private readonly program: Program;
  private readonly clock: Clock;
  private readonly jobs: Jobs;
  private readonly hasReads: boolean;
  /** Of each task; undefined for a dependent one. */
  private readonly cursors: readonly (ReleaseCursor | undefined)[];

  constructor(program: Program, seed: number, clock: Clock, jobs: Jobs) {
    this.program = program;
    this.clock = clock;
    this.jobs = jobs;
    this.hasReads = program.tasks.some(({ task }) => task.reads !== undefined);
    this.cursors = program.tasks.map(({ task }, index) =>
      task.release.kind === "after" ? undefined : releaseCursor(program.scenario, index, seed),
    );
    this.findNext();
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
        this.jobs.release(frame, deadlineOf(task, frame.frameNs, frame.framePeriodNs), task.priority);
      }
      const cursor = this.cursors[taskIndex];
      if (cursor !== undefined) this.releaseRoots(taskIndex, cursor);
    }
    due.length = 0;
    this.findNext();
  }

  private releaseRoots(taskIndex: number, cursor: ReleaseCursor): void {
    while (cursor.releaseNs === this.clock.nowNs) {
      const { jobIndex, frameNs, periodNs: framePeriodNs, deadlineNs, priority } = cursor;
      const sourceNs = this.hasReads ? this.sourceNsOf(taskIndex, frameNs) : NO_SOURCE_NS;
      this.jobs.release({ taskIndex, jobIndex, frameNs, framePeriodNs, sourceNs }, deadlineNs, priority);
      cursor.advance();
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
