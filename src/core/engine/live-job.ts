// Hot: pooled objects with plain fields, which are faster here than parallel arrays (docs/performance.md).
/** A job from its release to its end. */
import type { TaskProgram } from "../program.ts";
import type { ReadRecord } from "../records.ts";
import type { RunningJob } from "../scheduler.ts";
import type { PreemptionKind } from "../system.ts";
import { NO_SOURCE_NS } from "./frame.ts";

/** Where a job's live activations are: an accelerator index, or one of these. */
export const NOWHERE = -1;
export const IN_MEMORY = -2;

export const state = { free: 0, ready: 1, running: 2 } as const;

type State = (typeof state)[keyof typeof state];

/** Times and energies start as NaN, not 0, so that V8 stores them as doubles from the first job on. */
export class LiveJob {
  /** Small whole number, unique among live jobs. */
  readonly slot: number;
  /** What policies see of the job. */
  handle!: RunningJob;
  task!: TaskProgram;
  taskIndex = 0;
  jobIndex = 0;
  releaseNs = Number.NaN;
  /** Nominal release of the root frame, not rounded. */
  frameNs = Number.NaN;
  /** Period of the root at that frame; NaN without a rate. */
  framePeriodNs = Number.NaN;
  /** Nominal release of the newest source frame that reached it by its parents, not rounded; -Infinity: none did. */
  sourceNs = NO_SOURCE_NS;
  /** What it has taken of the tasks that its own one reads, since it last started; undefined: nothing yet. */
  reads: readonly ReadRecord[] | undefined = undefined;
  deadlineNs = Number.NaN;
  priority = Number.NaN;
  /** Its work relative to its model's costs: time, energy and traffic of each layer. */
  scale = Number.NaN;
  /** Sort key while ready. */
  rank = Number.NaN;
  state: State = state.free;
  variantIndex = 0;
  /** Row of the next or running layer. */
  row = 0;
  /** Row after the last layer of the variant. */
  endRow = 0;
  /** Early exit taken; -1: none. */
  exitIndex = -1;
  /** Share of the current layer that a checkpoint kept. */
  progress = Number.NaN;
  /** Likewise as policies see it, by the expected latency: how long a layer really takes, nobody knows before its end. */
  seenProgress = Number.NaN;
  hasStarted = false;
  /** First dispatch. */
  startNs = Number.NaN;
  lastRanNs = Number.NaN;
  /** -1: none. */
  lastAccelerator = -1;
  activationsAt: number = NOWHERE;
  /** Index of the lane that the job runs on; -1: it waits. */
  laneIndex = -1;
  /** How it was last stopped, until it is dispatched again. */
  stoppedBy: PreemptionKind | undefined = undefined;
  energyPj = Number.NaN;
  contextSwitches = 0;
  checkpoints = 0;
  kills = 0;
  drains = 0;
  /** Loads of weights, and the time that it waited for them. */
  weightLoads = 0;
  weightWaitNs = Number.NaN;
  /** Accelerators that it ran on, in order of first use. */
  readonly accelerators: number[] = [];

  constructor(slot: number) {
    this.slot = slot;
  }

  /** Turns it into a job released now. Its task and frame must be set before. */
  reset(): void {
    this.variantIndex = 0;
    this.row = this.task.firstRow[0]!;
    this.endRow = this.task.endRow[0]!;
    this.exitIndex = -1;
    this.progress = 0;
    this.seenProgress = 0;
    this.reads = undefined;
    this.hasStarted = false;
    this.startNs = Number.NaN;
    this.lastRanNs = this.releaseNs;
    this.lastAccelerator = -1;
    this.activationsAt = NOWHERE;
    this.laneIndex = -1;
    this.stoppedBy = undefined;
    this.energyPj = 0;
    this.contextSwitches = 0;
    this.checkpoints = 0;
    this.kills = 0;
    this.drains = 0;
    this.weightLoads = 0;
    this.weightWaitNs = 0;
    this.accelerators.length = 0;
  }

  get layerIndex(): number {
    return this.row - this.task.firstRow[this.variantIndex]!;
  }
}

/** The switch point at which the job is, between two layers; undefined: at none. */
export function switchPointOf(job: LiveJob): readonly number[] | undefined {
  if (job.progress > 0) return undefined;
  const { layerIndex, variantIndex } = job;
  return job.task.task.model.switchPoints?.find((point) => point[variantIndex] === layerIndex);
}
