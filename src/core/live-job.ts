// Hot: pooled objects with plain fields; measured faster here than parallel arrays, see docs/performance.md.
/** The live jobs: each is taken from a pool at its release and given back at its end. */
import type { Lane } from "./lane.ts";
import type { TaskProgram } from "./program.ts";
import type { JobHandle } from "./views.ts";

/** Where a job's live activations are: an accelerator index, or one of these. */
export const NOWHERE = -1;
export const IN_MEMORY = -2;

export const state = { free: 0, ready: 1, running: 2 } as const;

type State = (typeof state)[keyof typeof state];

/** Times and energies start as NaN, not 0, so that the engine stores them as doubles from the first job on. */
export class LiveJob {
  /** Small whole number that names it among the live ones. */
  readonly slot: number;
  /** What policies see of it. */
  handle!: JobHandle;
  task!: TaskProgram;
  taskIndex = 0;
  jobIndex = 0;
  releaseNs = Number.NaN;
  /** Nominal release of the root frame, not rounded. */
  frameNs = Number.NaN;
  /** Of the root at that frame; NaN: it has no rate. */
  framePeriodNs = Number.NaN;
  deadlineNs = Number.NaN;
  priority = Number.NaN;
  /** Sort key while ready. */
  rank = Number.NaN;
  state: State = state.free;
  variantIndex = 0;
  /** Row of the next or running layer, and of the end of the variant. */
  row = 0;
  endRow = 0;
  /** Early exit taken; -1: none. */
  exitIndex = -1;
  /** Share of the current layer that a checkpoint kept. */
  progress = Number.NaN;
  hasStarted = false;
  /** First dispatch. */
  startNs = Number.NaN;
  lastRanNs = Number.NaN;
  /** -1: none. */
  lastAccelerator = -1;
  /** Where the live activations are. */
  place: number = NOWHERE;
  /** What runs it. */
  lane: Lane | undefined = undefined;
  energyPj = Number.NaN;
  contextSwitches = 0;
  checkpoints = 0;
  kills = 0;
  drains = 0;
  /** Accelerators that ran it, in order of first use. */
  readonly accelerators: number[] = [];

  constructor(slot: number) {
    this.slot = slot;
  }

  /** As a job that is released now; the other fields say when and for what. */
  reset(): void {
    this.variantIndex = 0;
    this.row = this.task.firstRow[0]!;
    this.endRow = this.task.endRow[0]!;
    this.exitIndex = -1;
    this.progress = 0;
    this.hasStarted = false;
    this.startNs = Number.NaN;
    this.lastRanNs = this.releaseNs;
    this.lastAccelerator = -1;
    this.place = NOWHERE;
    this.lane = undefined;
    this.energyPj = 0;
    this.contextSwitches = 0;
    this.checkpoints = 0;
    this.kills = 0;
    this.drains = 0;
    this.accelerators.length = 0;
  }
}

/** The switch point of its model that a job is at, between two layers; undefined: at none. */
export function switchPointOf({ task, row, variantIndex, progress }: LiveJob): readonly number[] | undefined {
  if (progress > 0) return undefined;
  const layer = row - task.firstRow[variantIndex]!;
  return task.task.model.switchPoints?.find((point) => point[variantIndex] === layer);
}

export class JobPool {
  /** All that ever lived, by slot. */
  readonly jobs: LiveJob[] = [];
  readonly #free: LiveJob[] = [];
  readonly #handleFor: (job: LiveJob) => JobHandle;

  constructor(handleFor: (job: LiveJob) => JobHandle) {
    this.#handleFor = handleFor;
  }

  acquire(): LiveJob {
    const used = this.#free.pop();
    if (used !== undefined) return used;
    const job = new LiveJob(this.jobs.length);
    job.handle = this.#handleFor(job);
    this.jobs.push(job);
    return job;
  }

  release(job: LiveJob): void {
    job.state = state.free;
    this.#free.push(job);
  }

  /** The live job in a slot; undefined for anything else. */
  live(slot: number): LiveJob | undefined {
    const job = this.jobs[slot];
    return job?.state === state.free ? undefined : job;
  }
}
