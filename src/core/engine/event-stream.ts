// Hot: several calls per dispatched layer, mostly without an observer.
/**
 * Makes events for an observer. Each method only checks whether there is an observer; a second method builds the event,
 * so that V8 can inline the check. Events are object literals without spreads of parts, which take V8 twice as long.
 */
import type {
  DecisionExplained,
  DispatchEnded,
  JobCompleted,
  JobDispatched,
  JobDropped,
  Observer,
  SegmentEnded,
} from "../events.ts";
import type { Program } from "../program.ts";
import type { DropReason, JobRecord, ReadRecord, ReasonRecord, Segment, SegmentExtras } from "../records.ts";
import type { PreemptionKind } from "../system.ts";
import type { Clock } from "./clock.ts";
import type { Frame } from "./frame.ts";
import type { Lane } from "./lane.ts";
import type { Lanes } from "./lanes.ts";
import { sourceNsOf } from "./latest-outputs.ts";
import type { LiveJob } from "./live-job.ts";
import { ownIsolatedNs } from "./own-path.ts";

export class EventStream {
  /** Whether the observer wants the reasons of decisions. */
  readonly explains: boolean;
  private readonly program: Program;
  private readonly seed: number;
  private readonly clock: Clock;
  private readonly lanes: Lanes;
  private readonly observer: Observer;
  /** Whether a job's time alone depends on its draws. */
  private readonly hasOwnTimes: boolean;
  /** Whether some task reads another one. Records then name the source of what jobs make. */
  private readonly hasReads: boolean;
  private readonly observesDispatches: boolean;
  private readonly observesBegins: boolean;
  private readonly observesSegments: boolean;
  private readonly observesDispatchEnds: boolean;

  constructor(program: Program, seed: number, clock: Clock, lanes: Lanes, observer: Observer) {
    this.program = program;
    this.seed = seed;
    this.clock = clock;
    this.lanes = lanes;
    this.observer = observer;
    this.hasOwnTimes = !program.branches.isEmpty || program.spreads !== undefined;
    this.hasReads = program.tasks.some(({ task }) => task.reads !== undefined);
    this.explains = observer.decisionExplained !== undefined;
    this.observesDispatches = observer.jobDispatched !== undefined;
    this.observesBegins = observer.segmentBegun !== undefined;
    this.observesSegments = observer.segmentEnded !== undefined;
    this.observesDispatchEnds = observer.dispatchEnded !== undefined;
  }

  jobReleased(job: LiveJob): void {
    this.observer.jobReleased?.({
      kind: "jobReleased",
      timeNs: this.clock.nowNs,
      taskIndex: job.taskIndex,
      jobIndex: job.jobIndex,
      frameReleaseNs: Math.round(job.frameNs),
      deadlineNs: job.deadlineNs,
      priority: job.priority,
      ...(job.scale !== 1 && { scale: job.scale }),
    });
  }

  /** A job has been put on a lane, and its first segment has begun. */
  jobDispatched(lane: Lane, job: LiveJob): void {
    if (this.observesDispatches) this.emitDispatch(lane, job);
  }

  private emitDispatch(lane: Lane, job: LiveJob): void {
    const event: JobDispatched = {
      kind: "jobDispatched",
      timeNs: this.clock.nowNs,
      taskIndex: job.taskIndex,
      jobIndex: job.jobIndex,
      acceleratorIndex: lane.acceleratorIndex,
      lane: lane.number,
      units: lane.units,
      variantIndex: job.variantIndex,
      layerIndex: job.layerIndex,
      layers: lane.layersAfter + 1,
      progressBefore: job.progress,
      ...(job.stoppedBy !== undefined && { resumesAfter: job.stoppedBy }),
      transfers: lane.transfers,
      switchInNs: 0,
      addedPj: lane.addedPj,
    };
    this.observer.jobDispatched!(this.withExtras(event, lane));
  }

  inputsRead({ taskIndex, jobIndex }: LiveJob, reads: readonly ReadRecord[]): void {
    this.observer.inputsRead?.({ kind: "inputsRead", timeNs: this.clock.nowNs, taskIndex, jobIndex, reads });
  }

  segmentBegun(lane: Lane, job: LiveJob): void {
    if (this.observesBegins) this.emitBegin(lane, job);
  }

  private emitBegin(lane: Lane, job: LiveJob): void {
    this.observer.segmentBegun!({
      kind: "segmentBegun",
      timeNs: this.clock.nowNs,
      taskIndex: job.taskIndex,
      jobIndex: job.jobIndex,
      acceleratorIndex: lane.acceleratorIndex,
      lane: lane.number,
      units: lane.units,
      variantIndex: job.variantIndex,
      layerIndex: job.layerIndex,
      progressBefore: lane.progressBefore,
      ...(lane.operatingPoint >= 0 && { operatingPoint: lane.operatingPoint }),
      powerMw: lane.powerMw(lane.speed, lane.energyFactor),
      plannedEndNs: this.lanes.endNs[lane.index]!,
    });
  }

  jobPreempted(lane: Lane, job: LiveJob, how: PreemptionKind): void {
    this.observer.jobPreempted?.({
      kind: "jobPreempted",
      timeNs: this.clock.nowNs,
      taskIndex: job.taskIndex,
      jobIndex: job.jobIndex,
      acceleratorIndex: lane.acceleratorIndex,
      lane: lane.number,
      units: lane.units,
      how,
    });
  }

  /** Before the job moves on from its layer. */
  segmentEnded(lane: Lane, job: LiveJob, end: Segment["end"]): void {
    if (this.observesSegments) this.emitSegment(lane, job, end);
  }

  private emitSegment(lane: Lane, job: LiveJob, end: Segment["end"]): void {
    const event: SegmentEnded = {
      kind: "segmentEnded",
      timeNs: this.clock.nowNs,
      taskIndex: job.taskIndex,
      jobIndex: job.jobIndex,
      acceleratorIndex: lane.acceleratorIndex,
      lane: lane.number,
      units: lane.units,
      variantIndex: job.variantIndex,
      layerIndex: job.layerIndex,
      startNs: lane.startNs,
      switchInNs: 0,
      switchOutNs: 0,
      endNs: this.clock.nowNs,
      energyPj: lane.energyPj,
      progressBefore: lane.progressBefore,
      progressAfter: lane.progressAfter,
      end,
    };
    this.observer.segmentEnded!(this.withExtras(event, lane));
  }

  dispatchEnded(lane: Lane, job: LiveJob, why: DispatchEnded["why"]): void {
    if (this.observesDispatchEnds) this.emitDispatchEnd(lane, job, why);
  }

  private emitDispatchEnd(lane: Lane, job: LiveJob, why: DispatchEnded["why"]): void {
    this.observer.dispatchEnded!({
      kind: "dispatchEnded",
      timeNs: this.clock.nowNs,
      taskIndex: job.taskIndex,
      jobIndex: job.jobIndex,
      acceleratorIndex: lane.acceleratorIndex,
      lane: lane.number,
      units: lane.units,
      why,
    });
  }

  variantChosen(job: LiveJob, previousVariantIndex: number): void {
    this.observer.variantChosen?.({
      kind: "variantChosen",
      timeNs: this.clock.nowNs,
      taskIndex: job.taskIndex,
      jobIndex: job.jobIndex,
      variantIndex: job.variantIndex,
      previousVariantIndex,
    });
  }

  jobCompleted(job: LiveJob): void {
    this.observer.jobCompleted?.(this.endOf(job, undefined) as JobCompleted);
  }

  jobDropped(job: LiveJob, dropReason: DropReason): void {
    this.observer.jobDropped?.(this.endOf(job, dropReason) as JobDropped);
  }

  /** A job whose parent was dropped, or that its queue refuses, counts as released and dropped at that instant. */
  unreleasedDropped(
    { taskIndex, jobIndex, frameNs, sourceNs }: Frame,
    deadlineNs: number,
    priority: number,
    scale: number,
    dropReason: "parent" | "refused",
  ): void {
    const { nowNs } = this.clock;
    this.observer.jobDropped?.({
      kind: "jobDropped",
      timeNs: nowNs,
      taskIndex,
      jobIndex,
      releaseNs: nowNs,
      frameReleaseNs: Math.round(frameNs),
      deadlineNs,
      priority,
      startNs: undefined,
      completionNs: undefined,
      dropNs: nowNs,
      dropReason,
      variantIndex: 0,
      ...(scale !== 1 && { scale }),
      energyPj: 0,
      accelerators: [],
      contextSwitches: 0,
      preemptions: { checkpoint: 0, kill: 0, drain: 0 },
      ...(this.hasReads && { sourceReleaseNs: Math.round(sourceNs) }),
    });
  }

  decisionExplained(decision: DecisionExplained["decision"], job: LiveJob | undefined, reason: ReasonRecord): void {
    this.observer.decisionExplained?.({
      kind: "decisionExplained",
      timeNs: this.clock.nowNs,
      decision,
      ...(job !== undefined && { taskIndex: job.taskIndex, jobIndex: job.jobIndex }),
      reason,
    });
  }

  /** The event, with what effects have added to the segment on its lane. */
  private withExtras<Event extends Partial<SegmentExtras>>(event: Event, lane: Lane): Event {
    for (const effect of this.lanes.effects) {
      if (effect.recordOf !== undefined) Object.assign(event, effect.recordOf(lane));
    }
    return event;
  }

  /** Whether the isolated time of a job differs from its variant's. */
  private hasOwnTime({ scale }: LiveJob): boolean {
    return scale !== 1 || this.hasOwnTimes;
  }

  /** The record of a job that ends now. Fields that few jobs have are added last, so that the others share one shape. */
  private endOf(job: LiveJob, dropReason: DropReason | undefined): JobEnd {
    const { nowNs } = this.clock;
    const isComplete = dropReason === undefined;
    const record: JobEnd = {
      kind: isComplete ? "jobCompleted" : "jobDropped",
      timeNs: nowNs,
      taskIndex: job.taskIndex,
      jobIndex: job.jobIndex,
      releaseNs: job.releaseNs,
      frameReleaseNs: Math.round(job.frameNs),
      deadlineNs: job.deadlineNs,
      priority: job.priority,
      startNs: job.hasStarted ? job.startNs : undefined,
      completionNs: isComplete ? nowNs : undefined,
      dropNs: isComplete ? undefined : nowNs,
      dropReason,
      variantIndex: job.variantIndex,
      energyPj: job.energyPj,
      accelerators: job.accelerators.slice(),
      contextSwitches: job.contextSwitches,
      preemptions: { checkpoint: job.checkpoints, kill: job.kills, drain: job.drains },
    };
    this.addRare(record, job);
    return record;
  }

  private addRare(record: JobEnd, job: LiveJob): void {
    if (job.exitIndex >= 0) record.exitIndex = job.exitIndex;
    if (job.scale !== 1) record.scale = job.scale;
    if (this.hasOwnTime(job)) record.isolatedNs = ownIsolatedNs(this.program, this.seed, job);
    if (job.reads !== undefined) record.reads = job.reads;
    if (this.hasReads) record.sourceReleaseNs = Math.round(sourceNsOf(job));
    if (this.program.weights !== undefined) record.weights = { loads: job.weightLoads, waitNs: job.weightWaitNs };
  }
}

/** A `JobCompleted` or `JobDropped` while it is made. */
type JobEnd = { -readonly [Field in keyof JobRecord]: JobRecord[Field] } & {
  readonly kind: "jobCompleted" | "jobDropped";
  readonly timeNs: number;
};
