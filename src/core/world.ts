// Hot: every release, dispatch and end of a layer passes here.
/** The state of a run and what can happen to it. Decides nothing: that is the policy's part. */
import type { Clock } from "./clock.ts";
import { Dependencies } from "./dependencies.ts";
import { type Lane, stop } from "./lane.ts";
import { Lanes } from "./lanes.ts";
import { JobPool, type LiveJob, state, switchPointOf } from "./live-job.ts";
import { ownIsolatedNs } from "./own-path.ts";
import type { PolicyCalls } from "./policy-calls.ts";
import type { Program } from "./program.ts";
import { ReadyList } from "./ready-list.ts";
import type { DropReason, Observer, RunTotals, Segment } from "./records.ts";
import type { PreemptionKind } from "./system.ts";
import { endedJob, endedSegment, orphan } from "./told.ts";
import { AcceleratorHandle, JobHandle, TaskHandle } from "./views.ts";

/** Frame of a task; the last two of its root. */
export interface Frame {
  readonly taskIndex: number;
  readonly jobIndex: number;
  readonly frameNs: number;
  readonly framePeriodNs: number;
}

/** A job that its parent takes along was never ready. */
type OwnDropReason = Exclude<DropReason, "parent">;

/** What a run is given beside its program. */
export interface WorldOptions {
  readonly clock: Clock;
  readonly calls: PolicyCalls;
  readonly seed: number;
  readonly observer: Observer;
  readonly meter: "on" | "off";
}

export class World {
  readonly clock: Clock;
  endNs = 0;
  layers = 0;
  /** Jobs that completed or were dropped. */
  endedJobs = 0;
  /** Dependent jobs to release at this instant. */
  readonly due: Frame[] = [];
  readonly program: Program;
  readonly pool: JobPool;
  readonly lanes: Lanes;
  readonly accelerators: readonly AcceleratorHandle[];
  readonly tasks: readonly TaskHandle[];
  readonly ready: ReadyList;
  readonly #dependencies: Dependencies;
  readonly #observer: Observer;
  readonly #calls: PolicyCalls;
  readonly #seed: number;
  /** No job skips, exits or varies in length. */
  readonly #isStatic: boolean;
  /** No unstarted ready job has an earlier deadline, so most instants need no look for late ones. */
  #nextLateNs = Infinity;

  constructor(program: Program, { clock, calls, seed, observer, meter }: WorldOptions) {
    this.program = program;
    this.clock = clock;
    this.lanes = new Lanes(program, clock, meter);
    this.accelerators = program.system.accelerators.map((a, index) => new AcceleratorHandle(index, a, this.lanes));
    this.tasks = program.tasks.map((_, index) => new TaskHandle(index, program));
    this.pool = new JobPool((job) => new JobHandle(job, this.lanes, program, this.tasks, this.accelerators));
    this.ready = new ReadyList();
    this.#dependencies = new Dependencies(program, seed);
    this.#observer = observer;
    this.#calls = calls;
    this.#seed = seed;
    this.#isStatic = program.branches.isEmpty;
  }

  releaseJob(frame: Frame, deadlineNs: number, priority: number): void {
    const job = this.pool.acquire();
    job.task = this.program.tasks[frame.taskIndex]!;
    job.taskIndex = frame.taskIndex;
    job.jobIndex = frame.jobIndex;
    job.releaseNs = this.clock.nowNs;
    job.frameNs = frame.frameNs;
    job.framePeriodNs = frame.framePeriodNs;
    job.deadlineNs = deadlineNs;
    job.priority = priority;
    job.reset();
    if (!this.#isStatic) this.#arrive(job, "jumped");
    this.#calls.jobReleased(job.handle);
    if (deadlineNs < this.#nextLateNs) this.#nextLateNs = deadlineNs;
    this.#makeReady(job);
  }

  /** Takes the jumps that are drawn for the row a job has come to. */
  #arrive(job: LiveJob, arrival: "ran" | "jumped"): void {
    const { row, exitIndex } = this.program.branches.next(job.row, arrival, this.#seed, job.taskIndex, job.jobIndex);
    job.row = row;
    if (exitIndex >= 0) job.exitIndex = exitIndex;
  }

  #makeReady(job: LiveJob): void {
    job.state = state.ready;
    job.rank = this.#calls.rank(job.handle);
    this.ready.insert(job);
  }

  /** Puts a ready job on an accelerator that has the units free. */
  dispatch(job: LiveJob, acceleratorIndex: number, units: number, layers: number): void {
    this.ready.remove(job);
    job.state = state.running;
    if (!job.hasStarted) {
      job.hasStarted = true;
      job.startNs = this.clock.nowNs;
    }
    if (job.lastAccelerator !== acceleratorIndex && !job.accelerators.includes(acceleratorIndex)) {
      job.accelerators.push(acceleratorIndex);
    }
    this.lanes.start(job, acceleratorIndex, units, Math.min(layers, job.endRow - job.row) - 1);
    job.lastAccelerator = acceleratorIndex;
    this.layers += 1;
  }

  /** Ends every segment that is due now, by lane. */
  endSegments(): void {
    const { endNs, all } = this.lanes;
    const { nowNs } = this.clock;
    this.lanes.dropEndingPower();
    for (let lane = 0; lane < endNs.length; lane++) if (endNs[lane] === nowNs) this.#endSegment(all[lane]!);
  }

  #endSegment(lane: Lane): void {
    const job = lane.job!;
    this.lanes.settle(lane);
    const energyPj = lane.energyPj(lane.progressAfter);
    job.energyPj += energyPj;
    job.lastRanNs = this.clock.nowNs;
    if (lane.stop === stop.checkpoint) this.#suspend(lane, job, energyPj);
    else this.#endLayer(lane, job, energyPj);
  }

  /** A layer is complete: the job ends, goes on as dispatched, or is ready again. */
  #endLayer(lane: Lane, job: LiveJob, energyPj: number): void {
    const { lanes } = this;
    if (this.#observer.segmentEnded !== undefined) this.#tell(lane, job, energyPj, 1, "completed");
    job.progress = 0;
    job.row += 1;
    if (!this.#isStatic) this.#arrive(job, "ran");
    if (job.row === job.endRow) {
      lanes.free(lane, job, energyPj);
      this.#endJob(job, undefined);
    } else if (lane.layersAfter > 0) {
      lanes.book(lane, energyPj);
      lanes.continue(lane, job);
      this.layers += 1;
    } else {
      if (lane.stop === stop.drain) job.drains += 1;
      lanes.free(lane, job, energyPj);
      this.#makeReady(job);
    }
  }

  /** A checkpoint is done: the job is ready again, its activations are in memory. */
  #suspend(lane: Lane, job: LiveJob, energyPj: number): void {
    const { progressAfter } = lane;
    if (this.#observer.segmentEnded !== undefined) this.#tell(lane, job, energyPj, progressAfter, "checkpoint");
    if (lane.isContextInMemory) this.lanes.context.savedToMemory(job);
    this.lanes.free(lane, job, energyPj);
    job.progress = progressAfter;
    job.checkpoints += 1;
    this.#makeReady(job);
  }

  /** Stops a running job; whatever can end now, ends now. */
  preempt(job: LiveJob, how: PreemptionKind): void {
    const lane = job.lane!;
    if (how === "kill") {
      this.#kill(lane, job);
      return;
    }
    if (how === "drain") lane.drain();
    else this.lanes.checkpoint(lane, job);
    if (this.lanes.endNs[lane.index] === this.clock.nowNs) this.#endSegment(lane);
  }

  #kill(lane: Lane, job: LiveJob): void {
    this.lanes.settle(lane);
    const progress = lane.progressNow;
    const energyPj = lane.energyPj(progress);
    if (this.#observer.segmentEnded !== undefined) this.#tell(lane, job, energyPj, progress, "kill");
    this.lanes.free(lane, job, energyPj);
    this.lanes.context.discarded(job);
    job.energyPj += energyPj;
    job.lastRanNs = this.clock.nowNs;
    job.progress = 0;
    job.row = job.task.firstRow[job.variantIndex]!;
    if (!this.#isStatic) this.#arrive(job, "jumped");
    job.kills += 1;
    this.#makeReady(job);
  }

  /** Of a job that has not started, or is at a switch point: it goes on with that variant's layer of the same place. */
  chooseVariant(job: LiveJob, variantIndex: number): void {
    this.ready.remove(job);
    const layer = job.hasStarted ? switchPointOf(job)![variantIndex]! : 0;
    job.variantIndex = variantIndex;
    job.row = job.task.firstRow[variantIndex]! + layer;
    job.endRow = job.task.endRow[variantIndex]!;
    if (!this.#isStatic) this.#arrive(job, "jumped");
    this.#makeReady(job);
  }

  /** Drops every ready job that has not started and whose deadline has passed. */
  dropLateJobs(): void {
    const { nowNs } = this.clock;
    if (nowNs <= this.#nextLateNs) return;
    const late: LiveJob[] = [];
    this.#nextLateNs = Infinity;
    for (let i = 0; i < this.ready.length; i++) {
      const job = this.ready.jobAt(i);
      if (job.hasStarted) continue;
      if (job.deadlineNs < nowNs) late.push(job);
      else if (job.deadlineNs < this.#nextLateNs) this.#nextLateNs = job.deadlineNs;
    }
    for (const job of late) this.dropJob(job, "late");
  }

  /** Drops a ready job, and with it what it would have triggered. */
  dropJob(job: LiveJob, reason: OwnDropReason): void {
    this.ready.remove(job);
    this.#endJob(job, reason);
  }

  #endJob(job: LiveJob, dropReason: OwnDropReason | undefined): void {
    this.endedJobs += 1;
    const { taskIndex, jobIndex, frameNs, framePeriodNs } = job;
    this.endNs = this.clock.nowNs;
    this.#calls.jobEnded(job.handle, dropReason);
    this.#observer.jobEnded?.(endedJob(job, this.clock.nowNs, dropReason, this.#ownIsolatedNs(job)));
    this.lanes.context.discarded(job);
    this.pool.release(job);
    this.#tellChildren(
      { taskIndex, jobIndex, frameNs, framePeriodNs },
      dropReason === undefined ? "completed" : "dropped",
    );
  }

  /** What this very job runs, alone on its fastest accelerator; undefined where every job runs all layers. */
  #ownIsolatedNs(job: LiveJob): number | undefined {
    return this.#isStatic ? undefined : ownIsolatedNs(this.program, this.#seed, job);
  }

  #tellChildren({ taskIndex, jobIndex, frameNs, framePeriodNs }: Frame, end: "completed" | "dropped"): void {
    for (const child of this.program.tasks[taskIndex]!.children) {
      const fate = this.#dependencies.parentEnded(child, jobIndex, frameNs, end);
      if (fate === undefined || fate.kind === "waits") continue;
      const frame = { taskIndex: child, jobIndex, frameNs: fate.frameNs, framePeriodNs };
      if (fate.kind === "released") this.due.push(frame);
      else this.#dropUnreleased(frame);
    }
  }

  #dropUnreleased(frame: Frame): void {
    this.endNs = this.clock.nowNs;
    this.#calls.orphanDropped(this.tasks[frame.taskIndex]!, frame.jobIndex);
    this.#observer.jobEnded?.(orphan(this.program.tasks[frame.taskIndex]!.task, frame, this.clock.nowNs));
    this.#tellChildren(frame, "dropped");
  }

  #tell(lane: Lane, job: LiveJob, energyPj: number, progressAfter: number, end: Segment["end"]): void {
    this.#observer.segmentEnded!(endedSegment(lane, job, this.clock.nowNs, { energyPj, progressAfter, end }));
  }

  totals(events: number): RunTotals {
    const { busyNs, energyPj, contextSwitches, peakPowerMw } = this.lanes;
    return {
      endNs: this.endNs,
      layers: this.layers,
      decisions: this.#calls.decisions,
      events,
      ...(peakPowerMw !== undefined && { peakPowerMw }),
      accelerators: this.accelerators.map(({ index }) => ({
        busyNs: busyNs[index]!,
        energyPj: energyPj[index]!,
        contextSwitches: contextSwitches[index]!,
      })),
    };
  }
}
