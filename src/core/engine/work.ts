// Hot: runs at every dispatch and every end of a layer.
/** The work of jobs on lanes: dispatch, end of each segment, preemption. */
import type { PreemptionKind } from "../system.ts";
import type { Activations } from "./activations.ts";
import type { Clock } from "./clock.ts";
import type { EventStream } from "./event-stream.ts";
import type { Jobs } from "./jobs.ts";
import { type Lane, stop } from "./lane.ts";
import type { Lanes } from "./lanes.ts";
import { type LiveJob, state } from "./live-job.ts";

export const UNKNOWN = -1;

/** What a policy would decide when a job has run what was dispatched, where that is known without asking it. */
export interface KnownDecisions {
  /** Number of layers of each dispatch. */
  readonly layers: number;
  /**
   * The accelerator of the job, which leaves its lane, if its dispatch there is all that will happen at this instant;
   * else UNKNOWN. Counts the calls that it replaces.
   */
  next(lane: Lane, job: LiveJob): number;
}

/** Whether everything that happens at an instant has happened. */
type Instant = "open" | "decided";

export class Work {
  /** Layers begun, continued ones included. */
  layers = 0;
  /** undefined: nothing is known. */
  known: KnownDecisions | undefined;
  private readonly clock: Clock;
  private readonly jobs: Jobs;
  private readonly lanes: Lanes;
  private readonly activations: Activations;
  private readonly events: EventStream;

  constructor(clock: Clock, jobs: Jobs, lanes: Lanes, activations: Activations, events: EventStream) {
    this.clock = clock;
    this.jobs = jobs;
    this.lanes = lanes;
    this.activations = activations;
    this.events = events;
  }

  /** Puts a ready job on an accelerator that has the units free. */
  dispatch(job: LiveJob, acceleratorIndex: number, units: number, layers: number): void {
    this.jobs.leaveReady(job);
    this.start(job, acceleratorIndex, units, layers);
  }

  private start(job: LiveJob, acceleratorIndex: number, units: number, layers: number): void {
    job.state = state.running;
    if (!job.hasStarted) {
      job.hasStarted = true;
      job.startNs = this.clock.nowNs;
      this.jobs.started(job);
    }
    if (job.lastAccelerator !== acceleratorIndex && !job.accelerators.includes(acceleratorIndex)) {
      job.accelerators.push(acceleratorIndex);
    }
    const lane = this.lanes.start(job, acceleratorIndex, units, Math.min(layers, job.endRow - job.row) - 1);
    job.lastAccelerator = acceleratorIndex;
    this.events.jobDispatched(lane, job);
    this.jobs.readInputs(job);
    this.events.segmentBegun(lane, job);
    job.stoppedBy = undefined;
    this.layers += 1;
  }

  /** Ends every segment that is due now, by lane. */
  endDueSegments(): Instant {
    const { endNs, all } = this.lanes;
    const { nowNs } = this.clock;
    this.lanes.endDue();
    for (let lane = 0; lane < endNs.length; lane++) {
      if (endNs[lane] === nowNs && this.endSegment(all[lane]!) === "decided") return "decided";
    }
    return "open";
  }

  private endSegment(lane: Lane): Instant {
    const job = lane.job!;
    this.lanes.settle(lane);
    lane.end();
    job.energyPj += lane.energyPj;
    job.lastRanNs = this.clock.nowNs;
    if (lane.stop !== stop.checkpoint) return this.endLayer(lane, job);
    this.endAtCheckpoint(lane, job);
    return "open";
  }

  /** A layer is complete: the job continues as dispatched, or leaves the lane. */
  private endLayer(lane: Lane, job: LiveJob): Instant {
    this.events.segmentEnded(lane, job, "completed");
    this.jobs.completeLayer(job);
    if (lane.layersAfter === 0 || job.row === job.endRow) return this.endDispatch(lane, job);
    this.lanes.book(lane);
    this.lanes.continue(lane, job);
    this.events.segmentBegun(lane, job);
    this.layers += 1;
    return "open";
  }

  /** A job has run what was dispatched: it ends, or is ready again. */
  private endDispatch(lane: Lane, job: LiveJob): Instant {
    const isComplete = job.row === job.endRow;
    const isDrained = !isComplete && lane.stop === stop.drain;
    this.events.dispatchEnded(lane, job, isComplete ? "completed" : isDrained ? "drain" : "layersDone");
    if (this.known !== undefined && !isComplete && !isDrained) return this.dispatchKnown(lane, job, this.known);
    this.lanes.free(lane, job);
    if (isDrained) this.countDrain(job);
    if (isComplete) this.jobs.end(job, undefined);
    else this.jobs.makeReady(job);
    return "open";
  }

  /** Dispatches a job that has left its lane, if the decision is known; else it is ready. */
  private dispatchKnown(lane: Lane, job: LiveJob, known: KnownDecisions): Instant {
    const { hasEffects, freeUnits } = this.lanes;
    // Without effects, a job that stays need not leave.
    if (hasEffects) this.lanes.free(lane, job);
    const next = known.next(lane, job);
    if (next === lane.acceleratorIndex && !hasEffects) {
      this.dispatchAgain(lane, job, known.layers);
      return "decided";
    }
    if (!hasEffects) this.lanes.free(lane, job);
    if (next === UNKNOWN) {
      this.jobs.makeReady(job);
      return "open";
    }
    this.start(job, next, freeUnits[next]!, known.layers);
    return "decided";
  }

  /** As if the job had left its lane and come back. */
  private dispatchAgain(lane: Lane, job: LiveJob, layers: number): void {
    this.lanes.book(lane);
    this.lanes.startAgain(lane, job, Math.min(layers, job.endRow - job.row) - 1);
    this.events.jobDispatched(lane, job);
    this.events.segmentBegun(lane, job);
    this.layers += 1;
  }

  private countDrain(job: LiveJob): void {
    job.drains += 1;
    job.stoppedBy = "drain";
  }

  /** A checkpoint has ended: the job is ready again with its progress. */
  private endAtCheckpoint(lane: Lane, job: LiveJob): void {
    this.events.segmentEnded(lane, job, "checkpoint");
    this.events.dispatchEnded(lane, job, "checkpoint");
    this.lanes.save(lane, job);
    this.lanes.free(lane, job);
    job.progress = lane.progressAfter;
    job.seenProgress = lane.seenProgressAfter;
    job.checkpoints += 1;
    job.stoppedBy = "checkpoint";
    this.jobs.makeReady(job);
  }

  /** Stops a running job. What can end now ends now. */
  preempt(job: LiveJob, how: PreemptionKind): void {
    const lane = this.lanes.all[job.laneIndex]!;
    this.events.jobPreempted(lane, job, how);
    if (how === "kill") {
      this.kill(lane, job);
      return;
    }
    if (how === "drain") lane.drain();
    else this.lanes.checkpoint(lane, job);
    if (this.lanes.endNs[lane.index] === this.clock.nowNs) this.endSegment(lane);
  }

  private kill(lane: Lane, job: LiveJob): void {
    this.lanes.settle(lane);
    lane.endNow();
    this.events.segmentEnded(lane, job, "kill");
    this.events.dispatchEnded(lane, job, "kill");
    this.lanes.free(lane, job);
    this.activations.discard(job);
    job.energyPj += lane.energyPj;
    job.lastRanNs = this.clock.nowNs;
    job.kills += 1;
    job.stoppedBy = "kill";
    this.jobs.startOver(job);
    this.jobs.makeReady(job);
  }
}
