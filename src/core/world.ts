// Hot: every release, dispatch and end of a layer passes here.
/** The state of a run and what can happen to it. Decides nothing: that is the policy's part. */
import { Clock } from "./clock.ts";
import { Dependencies } from "./dependencies.ts";
import { IN_MEMORY, JobPool, NOWHERE, state } from "./job-pool.ts";
import { Lanes, stop } from "./lanes.ts";
import type { Program } from "./program.ts";
import { ReadyList } from "./ready-list.ts";
import type { DropReason, JobRecord, Observer, RunTotals, Segment } from "./records.ts";
import type { Policy } from "./scheduler.ts";
import { AcceleratorHandle, JobHandle, TaskHandle } from "./views.ts";

/** A dependent job that its parents have released or dropped at this instant. */
interface Due {
  readonly taskIndex: number;
  readonly jobIndex: number;
  readonly frameNs: number;
}

/** What to do about a rank that is no number. */
type FailRank = (job: JobHandle, rank: unknown) => never;

/** A job that its parent takes along was never ready. */
type OwnDropReason = Exclude<DropReason, "parent">;

export class World {
  readonly clock = new Clock();
  endNs = 0;
  layers = 0;
  /** Dependent jobs to release at this instant. */
  readonly due: Due[] = [];
  readonly program: Program;
  readonly pool = new JobPool();
  readonly lanes: Lanes;
  readonly accelerators: readonly AcceleratorHandle[];
  readonly tasks: readonly TaskHandle[];
  readonly ready: ReadyList<JobHandle>;
  readonly #handles: JobHandle[] = [];
  readonly #dependencies: Dependencies;
  readonly #observer: Observer;
  readonly #failRank: FailRank;
  #policy: Policy | undefined;
  /** Read once: policies of many shapes pass here in one process. */
  #rank: ((job: JobHandle) => number) | undefined;
  /** No unstarted ready job has an earlier deadline, so most instants need no look for late ones. */
  #nextLateNs = Infinity;

  constructor(program: Program, seed: number, observer: Observer, failRank: FailRank) {
    this.program = program;
    this.lanes = new Lanes(program, this.pool, this.clock);
    this.accelerators = program.system.accelerators.map((a, index) => new AcceleratorHandle(index, a, this.lanes));
    this.tasks = program.tasks.map((_, index) => new TaskHandle(index, program));
    this.ready = new ReadyList(this.pool);
    this.#dependencies = new Dependencies(program, seed);
    this.#observer = observer;
    this.#failRank = failRank;
  }

  set policy(policy: Policy) {
    this.#policy = policy;
    this.#rank = policy.rank?.bind(policy);
  }

  /** The handle of a live job; undefined for anything else. */
  liveJob(slot: number): JobHandle | undefined {
    return this.pool.state[slot] === state.free ? undefined : this.#handles[slot];
  }

  releaseJob(taskIndex: number, jobIndex: number, frameNs: number, deadlineNs: number, priority: number): void {
    const { pool } = this;
    const slot = pool.acquire();
    const { firstRow, endRow } = this.program.tasks[taskIndex]!;
    pool.taskIndex[slot] = taskIndex;
    pool.jobIndex[slot] = jobIndex;
    pool.releaseNs[slot] = this.clock.nowNs;
    pool.frameNs[slot] = frameNs;
    pool.deadlineNs[slot] = deadlineNs;
    pool.priority[slot] = priority;
    pool.variantIndex[slot] = 0;
    pool.row[slot] = firstRow[0]!;
    pool.endRow[slot] = endRow[0]!;
    pool.progress[slot] = 0;
    pool.startNs[slot] = Number.NaN;
    pool.lastRanNs[slot] = this.clock.nowNs;
    pool.lastAccelerator[slot] = -1;
    pool.place[slot] = NOWHERE;
    pool.lane[slot] = -1;
    pool.energyPj[slot] = 0;
    pool.contextSwitches[slot] = 0;
    pool.checkpoints[slot] = 0;
    pool.kills[slot] = 0;
    pool.drains[slot] = 0;
    pool.accelerators[slot]!.length = 0;
    const handle = this.#handleOf(slot);
    this.#policy!.jobReleased?.(handle, this.clock.nowNs);
    if (deadlineNs < this.#nextLateNs) this.#nextLateNs = deadlineNs;
    this.#makeReady(slot);
  }

  #handleOf(slot: number): JobHandle {
    this.#handles[slot] ??= new JobHandle(slot, this.pool, this.lanes, this.program, this.tasks, this.accelerators);
    return this.#handles[slot];
  }

  #makeReady(slot: number): void {
    const handle = this.#handles[slot]!;
    this.pool.state[slot] = state.ready;
    const rank = this.#rank === undefined ? 0 : this.#rank(handle);
    this.pool.rank[slot] = rank;
    // It has no place in an order, and the list would lose jobs.
    if (Number.isNaN(this.pool.rank[slot])) this.#failRank(handle, rank);
    this.ready.insert(handle);
  }

  /** Puts a ready job on an accelerator that has the units free. */
  dispatch(job: JobHandle, acceleratorIndex: number, units: number, layers: number): void {
    const { slot } = job;
    const { pool } = this;
    this.ready.remove(job);
    pool.state[slot] = state.running;
    if (Number.isNaN(pool.startNs[slot]!)) pool.startNs[slot] = this.clock.nowNs;
    if (pool.lastAccelerator[slot] !== acceleratorIndex) {
      const used = pool.accelerators[slot]!;
      if (!used.includes(acceleratorIndex)) used.push(acceleratorIndex);
    }
    const layersLeft = pool.endRow[slot]! - pool.row[slot]!;
    this.lanes.start(slot, acceleratorIndex, units, Math.min(layers, layersLeft) - 1);
    pool.lastAccelerator[slot] = acceleratorIndex;
    this.layers += 1;
  }

  /** Ends every segment that is due now, by lane. */
  endSegments(): void {
    const { endNs } = this.lanes;
    const { nowNs } = this.clock;
    for (let lane = 0; lane < endNs.length; lane++) if (endNs[lane] === nowNs) this.#endSegment(lane);
  }

  #endSegment(lane: number): void {
    const { lanes, pool } = this;
    const slot = lanes.slot[lane]!;
    const energyPj = lanes.segmentPj(lane, lanes.progressAfter[lane]!);
    pool.energyPj[slot] = pool.energyPj[slot]! + energyPj;
    pool.lastRanNs[slot] = this.clock.nowNs;
    if (lanes.stop[lane] === stop.checkpoint) this.#suspend(lane, slot, energyPj);
    else this.#endLayer(lane, slot, energyPj);
  }

  /** A layer is complete: the job ends, goes on as dispatched, or is ready again. */
  #endLayer(lane: number, slot: number, energyPj: number): void {
    const { lanes, pool } = this;
    if (this.#observer.segmentEnded !== undefined) this.#tellSegment(lane, energyPj, 1, "completed");
    pool.progress[slot] = 0;
    pool.row[slot] = pool.row[slot]! + 1;
    if (pool.row[slot] === pool.endRow[slot]) {
      lanes.free(lane, energyPj);
      this.#completeJob(slot);
    } else if (lanes.layersAfter[lane]! > 0) {
      lanes.book(lane, energyPj);
      lanes.continue(lane);
      this.layers += 1;
    } else {
      if (lanes.stop[lane] === stop.drain) pool.drains[slot] = pool.drains[slot]! + 1;
      lanes.free(lane, energyPj);
      this.#makeReady(slot);
    }
  }

  /** A checkpoint is done: the job is ready again, its activations are in memory. */
  #suspend(lane: number, slot: number, energyPj: number): void {
    const { lanes, pool } = this;
    const progressAfter = lanes.progressAfter[lane]!;
    if (this.#observer.segmentEnded !== undefined) this.#tellSegment(lane, energyPj, progressAfter, "checkpoint");
    if (lanes.isContextInMemory(lane)) pool.place[slot] = IN_MEMORY;
    lanes.free(lane, energyPj);
    pool.progress[slot] = progressAfter;
    pool.checkpoints[slot] = pool.checkpoints[slot]! + 1;
    this.#makeReady(slot);
  }

  /** Stops a running job; whatever can end now, ends now. */
  preempt(job: JobHandle, how: "checkpoint" | "kill" | "drain"): void {
    const { lanes, pool } = this;
    const lane = pool.lane[job.slot]!;
    if (how === "kill") this.#kill(lane, job.slot);
    else if (how === "drain") lanes.drain(lane);
    else lanes.checkpoint(lane);
    if (lanes.endNs[lane] === this.clock.nowNs) this.#endSegment(lane);
  }

  #kill(lane: number, slot: number): void {
    const { lanes, pool } = this;
    const progress = lanes.progressNow(lane);
    const energyPj = lanes.segmentPj(lane, progress);
    if (this.#observer.segmentEnded !== undefined) this.#tellSegment(lane, energyPj, progress, "kill");
    lanes.free(lane, energyPj);
    pool.energyPj[slot] = pool.energyPj[slot]! + energyPj;
    pool.lastRanNs[slot] = this.clock.nowNs;
    pool.progress[slot] = 0;
    pool.row[slot] = this.program.tasks[pool.taskIndex[slot]!]!.firstRow[pool.variantIndex[slot]!]!;
    pool.place[slot] = NOWHERE;
    pool.kills[slot] = pool.kills[slot]! + 1;
    this.#makeReady(slot);
  }

  chooseVariant(job: JobHandle, variantIndex: number): void {
    const { pool } = this;
    const { slot } = job;
    const { firstRow, endRow } = this.program.tasks[pool.taskIndex[slot]!]!;
    this.ready.remove(job);
    pool.variantIndex[slot] = variantIndex;
    pool.row[slot] = firstRow[variantIndex]!;
    pool.endRow[slot] = endRow[variantIndex]!;
    this.#makeReady(slot);
  }

  /** Drops every ready job that has not started and whose deadline has passed. */
  dropLateJobs(): void {
    if (this.clock.nowNs <= this.#nextLateNs) return;
    const late: JobHandle[] = [];
    this.#nextLateNs = Infinity;
    for (let i = 0; i < this.ready.length; i++) {
      const job = this.ready.at(i);
      if (job.hasStarted) continue;
      if (job.deadlineNs < this.clock.nowNs) late.push(job);
      else if (job.deadlineNs < this.#nextLateNs) this.#nextLateNs = job.deadlineNs;
    }
    for (const job of late) this.dropJob(job, "late");
  }

  /** Drops a ready job, and with it what it would have triggered. */
  dropJob(job: JobHandle, reason: OwnDropReason): void {
    this.ready.remove(job);
    this.#endJob(job.slot, reason);
  }

  #completeJob(slot: number): void {
    this.#endJob(slot, undefined);
  }

  #endJob(slot: number, dropReason: OwnDropReason | undefined): void {
    const { pool } = this;
    const taskIndex = pool.taskIndex[slot]!;
    const jobIndex = pool.jobIndex[slot]!;
    const frameNs = pool.frameNs[slot]!;
    this.endNs = this.clock.nowNs;
    this.#policy!.jobEnded?.(this.#handles[slot]!, this.clock.nowNs, dropReason);
    this.#observer.jobEnded?.(this.#recordOf(slot, dropReason));
    // Slots are reused: an accelerator must not take the next job in this slot for the one that was here.
    const { resident } = this.lanes;
    const last = pool.lastAccelerator[slot]!;
    if (last >= 0 && resident[last] === slot) resident[last] = -1;
    pool.release(slot);
    this.#tellChildren(taskIndex, jobIndex, frameNs, dropReason === undefined ? "completed" : "dropped");
  }

  #tellChildren(taskIndex: number, jobIndex: number, frameNs: number, end: "completed" | "dropped"): void {
    const { children } = this.program.tasks[taskIndex]!;
    for (let i = 0; i < children.length; i++) {
      const child = children[i]!;
      const fate = this.#dependencies.parentEnded(child, jobIndex, frameNs, end);
      if (fate?.kind === "released") this.due.push({ taskIndex: child, jobIndex, frameNs: fate.frameNs });
      if (fate?.kind === "dropped") this.#dropUnreleased(child, jobIndex, fate.frameNs);
    }
  }

  /** A job whose parent was dropped counts as released and dropped at this instant. */
  #dropUnreleased(taskIndex: number, jobIndex: number, frameNs: number): void {
    const { task } = this.program.tasks[taskIndex]!;
    this.endNs = this.clock.nowNs;
    this.#observer.jobEnded?.({
      taskIndex,
      jobIndex,
      releaseNs: this.clock.nowNs,
      frameReleaseNs: Math.round(frameNs),
      deadlineNs: Math.round(frameNs + task.deadlineNs),
      priority: task.priority,
      startNs: undefined,
      completionNs: undefined,
      dropNs: this.clock.nowNs,
      dropReason: "parent",
      variantIndex: 0,
      energyPj: 0,
      accelerators: [],
      contextSwitches: 0,
      preemptions: { checkpoint: 0, kill: 0, drain: 0 },
    });
    this.#tellChildren(taskIndex, jobIndex, frameNs, "dropped");
  }

  /** The one place where a job's array slots become a record. */
  #recordOf(slot: number, dropReason: DropReason | undefined): JobRecord {
    const { pool } = this;
    const startNs = pool.startNs[slot]!;
    return {
      taskIndex: pool.taskIndex[slot]!,
      jobIndex: pool.jobIndex[slot]!,
      releaseNs: pool.releaseNs[slot]!,
      frameReleaseNs: Math.round(pool.frameNs[slot]!),
      deadlineNs: pool.deadlineNs[slot]!,
      priority: pool.priority[slot]!,
      startNs: Number.isNaN(startNs) ? undefined : startNs,
      completionNs: dropReason === undefined ? this.clock.nowNs : undefined,
      dropNs: dropReason === undefined ? undefined : this.clock.nowNs,
      dropReason,
      variantIndex: pool.variantIndex[slot]!,
      energyPj: pool.energyPj[slot]!,
      accelerators: [...pool.accelerators[slot]!],
      contextSwitches: pool.contextSwitches[slot]!,
      preemptions: { checkpoint: pool.checkpoints[slot]!, kill: pool.kills[slot]!, drain: pool.drains[slot]! },
    };
  }

  #tellSegment(lane: number, energyPj: number, progressAfter: number, end: Segment["end"]): void {
    const { lanes, pool } = this;
    const slot = lanes.slot[lane]!;
    const variantIndex = pool.variantIndex[slot]!;
    this.#observer.segmentEnded!({
      taskIndex: pool.taskIndex[slot]!,
      jobIndex: pool.jobIndex[slot]!,
      acceleratorIndex: lanes.acceleratorOf[lane]!,
      units: lanes.units[lane]!,
      variantIndex,
      layerIndex: pool.row[slot]! - this.program.tasks[pool.taskIndex[slot]!]!.firstRow[variantIndex]!,
      startNs: lanes.segmentStartNs[lane]!,
      switchInNs: lanes.switchInNs[lane]!,
      switchOutNs: lanes.switchOutNs[lane]!,
      endNs: this.clock.nowNs,
      energyPj,
      progressBefore: pool.progress[slot]!,
      progressAfter,
      end,
    });
  }

  totals(decisions: number, events: number): RunTotals {
    const { busyNs, energyPj, contextSwitches } = this.lanes;
    return {
      endNs: this.endNs,
      layers: this.layers,
      decisions,
      events,
      accelerators: this.accelerators.map(({ index }) => ({
        busyNs: busyNs[index]!,
        energyPj: energyPj[index]!,
        contextSwitches: contextSwitches[index]!,
      })),
    };
  }
}
