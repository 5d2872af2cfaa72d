// Hot: runs for every job that is released, ready or ended.
/** The life of jobs: release, waiting in order, progress through layers, end, and what the end means for dependents. */
import { deadlineOf } from "../arrivals.ts";
import { Dependencies } from "../dependencies.ts";
import type { Program } from "../program.ts";
import type { OwnDropReason } from "../records.ts";
import type { ReadyJob } from "../scheduler.ts";
import type { Activations } from "./activations.ts";
import type { Clock } from "./clock.ts";
import type { EventStream } from "./event-stream.ts";
import { type Frame, NO_SOURCE_NS } from "./frame.ts";
import type { JobPool } from "./job-pool.ts";
import { LatestOutputs, sourceNsOf } from "./latest-outputs.ts";
import { type LiveJob, state, switchPointOf } from "./live-job.ts";
import type { PinnedLists } from "./pinned-lists.ts";
import { Queues } from "./queues.ts";
import { ReadyList } from "./ready-list.ts";

/** The policy's part in the life of a job. */
export interface JobCalls {
  rank(job: ReadyJob): number;
  jobReleased(job: ReadyJob): void;
  jobEnded(job: ReadyJob, dropReason: OwnDropReason | undefined): void;
  orphanDropped(taskIndex: number, jobIndex: number): void;
}

/** A job that has ended, as far as a closed loop needs it. */
export type EndedJob = Pick<LiveJob, "taskIndex" | "jobIndex" | "releaseNs" | "hasStarted">;

/** Whoever waits for the end of jobs, released or not: closed loops do. */
export interface EndListener {
  jobEnded(job: EndedJob): void;
}

export interface JobsOptions {
  readonly program: Program;
  readonly seed: number;
  readonly clock: Clock;
  readonly pool: JobPool;
  readonly activations: Activations;
  readonly calls: JobCalls;
  readonly events: EventStream;
}

export class Jobs {
  readonly ready = new ReadyList();
  /** Of the same jobs; undefined: no task is pinned. */
  pinned: PinnedLists | undefined = undefined;
  /** Dependent jobs to release at this instant. */
  readonly due: Frame[] = [];
  endListener: EndListener | undefined = undefined;
  /** When the last job ended. */
  endNs = Number.NaN;
  /** Jobs that completed or were dropped. */
  ended = 0;
  private readonly program: Program;
  private readonly seed: number;
  private readonly clock: Clock;
  private readonly pool: JobPool;
  private readonly activations: Activations;
  private readonly calls: JobCalls;
  private readonly events: EventStream;
  private readonly dependencies: Dependencies;
  /** Hot: where no task reads, and none has a queue, one comparison takes their place. */
  private readonly outputs: LatestOutputs | undefined;
  private readonly queues: Queues | undefined;
  /** No job skips, exits or varies in length. */
  private readonly isStatic: boolean;
  /** No unstarted ready job has an earlier deadline, so most instants need no search for late jobs. */
  private nextLateNs = Infinity;

  constructor({ program, seed, clock, pool, activations, calls, events }: JobsOptions) {
    this.endNs = 0;
    this.program = program;
    this.seed = seed;
    this.clock = clock;
    this.pool = pool;
    this.activations = activations;
    this.calls = calls;
    this.events = events;
    this.dependencies = new Dependencies(program, seed);
    this.outputs = LatestOutputs.of(program);
    this.queues = Queues.of(program);
    this.isStatic = program.branches.isEmpty;
  }

  release(frame: Frame, deadlineNs: number, priority: number, scale: number): void {
    const overflow = this.queues === undefined ? undefined : this.queues.overflow(frame.taskIndex);
    if (overflow === "refuse") {
      this.dropUnreleased(frame, deadlineNs, priority, scale, "refused");
      return;
    }
    if (overflow === "drop-oldest") this.drop(this.queues!.oldest(frame.taskIndex), "queue");
    const job = this.released(frame, deadlineNs, priority, scale);
    if (overflow === "drop-newest") {
      this.end(job, "queue");
      return;
    }
    if (this.queues !== undefined) this.queues.enter(job);
    if (deadlineNs < this.nextLateNs) this.nextLateNs = deadlineNs;
    this.makeReady(job);
  }

  private released(frame: Frame, deadlineNs: number, priority: number, scale: number): LiveJob {
    const { taskIndex, jobIndex, frameNs, framePeriodNs, sourceNs } = frame;
    const job = this.pool.acquire();
    job.task = this.program.tasks[taskIndex]!;
    job.taskIndex = taskIndex;
    job.jobIndex = jobIndex;
    job.releaseNs = this.clock.nowNs;
    job.frameNs = frameNs;
    job.framePeriodNs = framePeriodNs;
    job.sourceNs = sourceNs;
    job.deadlineNs = deadlineNs;
    job.priority = priority;
    job.scale = scale;
    job.reset();
    if (!this.isStatic) this.comeToRow(job, "jumped");
    this.events.jobReleased(job);
    this.calls.jobReleased(job.handle);
    return job;
  }

  /** A job is dispatched for the first time. */
  started(job: LiveJob): void {
    if (this.queues !== undefined) this.queues.leave(job);
  }

  /** A dispatched job takes what its task reads, unless it has it from an earlier dispatch. */
  readInputs(job: LiveJob): void {
    if (this.outputs !== undefined && job.reads === undefined) this.readLatest(job, this.outputs);
  }

  private readLatest(job: LiveJob, outputs: LatestOutputs): void {
    const { reads } = job.task.task;
    if (reads === undefined) return;
    job.reads = outputs.take(reads);
    this.events.inputsRead(job, job.reads);
  }

  /** Takes the jumps that are drawn for the row that a job has reached. */
  private comeToRow(job: LiveJob, by: "ran" | "jumped"): void {
    const { row, exitIndex } = this.program.branches.next(job.row, by, this.seed, job.taskIndex, job.jobIndex);
    job.row = row;
    if (exitIndex >= 0) job.exitIndex = exitIndex;
  }

  makeReady(job: LiveJob): void {
    job.state = state.ready;
    job.rank = this.calls.rank(job.handle);
    this.ready.insert(job);
    if (this.pinned !== undefined) this.pinned.insert(job);
  }

  /** A ready job is dispatched, is dropped, or changes its place in order. */
  leaveReady(job: LiveJob): void {
    this.ready.remove(job);
    if (this.pinned !== undefined) this.pinned.remove(job);
  }

  /** The layer of a job is complete: the job moves to the next layer, or ends. */
  completeLayer(job: LiveJob): void {
    job.progress = 0;
    job.seenProgress = 0;
    job.row += 1;
    if (!this.isStatic) this.comeToRow(job, "ran");
  }

  /** Restarts the variant: a killed job has lost all progress. */
  startOver(job: LiveJob): void {
    job.progress = 0;
    job.seenProgress = 0;
    job.reads = undefined;
    job.row = job.task.firstRow[job.variantIndex]!;
    if (!this.isStatic) this.comeToRow(job, "jumped");
  }

  /**
   * For a job that has not started or is at a switch point, where it continues with that variant's layer of the same
   * point.
   */
  chooseVariant(job: LiveJob, variantIndex: number): void {
    this.leaveReady(job);
    const previousIndex = job.variantIndex;
    const layer = job.hasStarted ? switchPointOf(job)![variantIndex]! : 0;
    job.variantIndex = variantIndex;
    job.row = job.task.firstRow[variantIndex]! + layer;
    job.endRow = job.task.endRow[variantIndex]!;
    if (!this.isStatic) this.comeToRow(job, "jumped");
    this.events.variantChosen(job, previousIndex);
    this.makeReady(job);
  }

  /** Whether a ready job that has not started may be past its deadline. */
  get mayBeLate(): boolean {
    return this.clock.nowNs > this.nextLateNs;
  }

  /** Drops every ready job that has not started and whose deadline has passed. */
  dropLate(): void {
    const { nowNs } = this.clock;
    if (nowNs <= this.nextLateNs) return;
    const late: LiveJob[] = [];
    this.nextLateNs = Infinity;
    for (let i = 0; i < this.ready.length; i++) {
      const job = this.ready.jobAt(i);
      if (job.hasStarted) continue;
      if (job.deadlineNs < nowNs) late.push(job);
      else if (job.deadlineNs < this.nextLateNs) this.nextLateNs = job.deadlineNs;
    }
    for (const job of late) this.drop(job, "late");
  }

  /** Drops a ready job, and the dependents that it would have triggered. */
  drop(job: LiveJob, reason: OwnDropReason): void {
    this.leaveReady(job);
    if (this.queues !== undefined && !job.hasStarted) this.queues.leave(job);
    this.end(job, reason);
  }

  /** Ends a job that neither waits nor runs. Without a drop reason it has completed. */
  end(job: LiveJob, dropReason: OwnDropReason | undefined): void {
    this.ended += 1;
    this.endNs = this.clock.nowNs;
    const { taskIndex, jobIndex, frameNs, framePeriodNs } = job;
    const sourceNs = this.outputs === undefined ? NO_SOURCE_NS : sourceNsOf(job);
    if (this.outputs !== undefined && dropReason === undefined) this.outputs.finished(job, this.clock.nowNs);
    if (dropReason === undefined) this.events.jobCompleted(job);
    else this.events.jobDropped(job, dropReason);
    this.calls.jobEnded(job.handle, dropReason);
    this.activations.discard(job);
    if (this.endListener !== undefined) this.endListener.jobEnded(job);
    this.pool.release(job);
    const end = dropReason === undefined ? "completed" : "dropped";
    this.endForDependents({ taskIndex, jobIndex, frameNs, framePeriodNs, sourceNs }, end);
  }

  private endForDependents(parent: Frame, end: "completed" | "dropped"): void {
    const { jobIndex } = parent;
    for (const child of this.program.tasks[parent.taskIndex]!.children) {
      const fate = this.dependencies.parentEnded(child, parent, end);
      if (fate === undefined || fate.kind === "waits") continue;
      const { frameNs, framePeriodNs, sourceNs } = fate;
      const frame = { taskIndex: child, jobIndex, frameNs, framePeriodNs, sourceNs };
      if (fate.kind === "released") this.due.push(frame);
      else this.dropOrphan(frame);
    }
  }

  private dropOrphan(frame: Frame): void {
    const { task } = this.program.tasks[frame.taskIndex]!;
    this.dropUnreleased(frame, deadlineOf(task, frame.frameNs, frame.framePeriodNs), task.priority, 1, "parent");
  }

  /** Drops a job that never was released. It counts as released and dropped now. */
  private dropUnreleased(
    frame: Frame,
    deadlineNs: number,
    priority: number,
    scale: number,
    reason: "parent" | "refused",
  ): void {
    const { taskIndex, jobIndex } = frame;
    this.endNs = this.clock.nowNs;
    this.events.unreleasedDropped(frame, deadlineNs, priority, scale, reason);
    this.calls.orphanDropped(taskIndex, jobIndex);
    if (this.endListener !== undefined)
      this.endListener.jobEnded({ taskIndex, jobIndex, releaseNs: this.clock.nowNs, hasStarted: false });
    this.endForDependents(frame, "dropped");
  }
}
