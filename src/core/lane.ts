// Hot: start and end of every layer.
/**
 * A place where one job can run. A segment is the work between two events on a lane: a layer or the rest of one, with
 * the transfer of the job's live activations in front (and behind, where a checkpoint saves them).
 */
import type { Clock } from "./clock.ts";
import type { LiveJob } from "./live-job.ts";
import type { Program } from "./program.ts";

export const stop = { none: 0, drain: 1, checkpoint: 2 } as const;

type Stop = (typeof stop)[keyof typeof stop];

export class Lane {
  /** Also its column in the cost table's numbering. */
  readonly index: number;
  readonly acceleratorIndex: number;
  job: LiveJob | undefined = undefined;
  units = 0;
  column = 0;
  /** When the job was dispatched; segments follow each other from there. */
  dispatchedNs = Number.NaN;
  /** Dispatched layers after the running one. */
  layersAfter = 0;
  startNs = Number.NaN;
  /** Transfer of live activations before the work, and after it where a checkpoint saves them. */
  switchInNs = Number.NaN;
  switchOutNs = Number.NaN;
  /** Energy of the transfers. */
  switchPj = Number.NaN;
  /** Share of the layer done when the work begins, and when it ends. */
  progressBefore = Number.NaN;
  progressAfter = Number.NaN;
  stop: Stop = stop.none;
  readonly #program: Program;
  readonly #clock: Clock;
  /** Index of the running layer's costs. */
  #costAt = 0;
  /** Time into the layer at which the work begins. */
  #positionNs = Number.NaN;

  constructor(index: number, acceleratorIndex: number, program: Program, clock: Clock) {
    this.index = index;
    this.acceleratorIndex = acceleratorIndex;
    this.#program = program;
    this.#clock = clock;
  }

  /** Begins the next layer of the job, or what is left of it; the segment's end. */
  begin(job: LiveJob): number {
    this.startNs = this.#clock.nowNs;
    this.stop = stop.none;
    this.switchOutNs = 0;
    this.progressAfter = 1;
    this.progressBefore = 0;
    this.#positionNs = 0;
    this.#costAt = job.row * this.#program.columns + this.column;
    if (job.progress > 0) this.#resume(job.progress);
    return this.startNs + this.switchInNs + this.#program.latencyNs[this.#costAt]! - this.#positionNs;
  }

  /** Goes on where a checkpoint stopped; on an accelerator of other tiles, with the tile that was begun. */
  #resume(progress: number): void {
    const tiles = this.#program.tiles[this.#costAt]!;
    this.progressBefore = tiles === 0 ? progress : steadyFloor(progress * tiles) / tiles;
    this.#positionNs = this.#position(this.progressBefore);
  }

  /** Whole ns into the layer: rounded down, so that no way of stopping and moving gains time. */
  #position(progress: number): number {
    return steadyFloor(progress * this.#program.latencyNs[this.#costAt]!);
  }

  /** Energy of the segment if it ended with `progressAfter` of its layer done. */
  energyPj(progressAfter: number): number {
    return this.switchPj + (progressAfter - this.progressBefore) * this.#program.energyPj[this.#costAt]!;
  }

  get progressNow(): number {
    const workedNs = this.#workedNs;
    if (workedNs <= 0) return this.progressBefore;
    return Math.min(1, (this.#positionNs + workedNs) / this.#program.latencyNs[this.#costAt]!);
  }

  /** Work since the segment began; negative while activations are on their way. */
  get #workedNs(): number {
    return this.#clock.nowNs - this.startNs - this.switchInNs;
  }

  /** The running layer will be the last. */
  drain(): void {
    this.stop = stop.drain;
    this.layersAfter = 0;
  }

  /** Plans a stop at the end of the running tile (now where there are no tiles); when that is. */
  checkpoint(): number {
    this.stop = stop.checkpoint;
    this.layersAfter = 0;
    const workedNs = this.#workedNs;
    this.progressAfter = this.progressBefore;
    if (workedNs <= 0) return this.#clock.nowNs;
    const tiles = this.#program.tiles[this.#costAt]!;
    const progress = this.progressNow;
    this.progressAfter = tiles === 0 ? progress : steadyCeil(progress * tiles) / tiles;
    const stopPositionNs = tiles === 0 ? this.#positionNs + workedNs : this.#position(this.progressAfter);
    const stopNs = this.startNs + this.switchInNs + stopPositionNs - this.#positionNs;
    return Math.max(this.#clock.nowNs, stopNs);
  }

  /** Whether the segment leaves its activations in memory: it saved them, or had just read them from there. */
  get isContextInMemory(): boolean {
    return this.progressAfter > this.progressBefore || this.switchInNs > 0;
  }
}

/** Shares of tiles and layers are binary fractions: what is within 1e-9 of a whole number is that number. */
const steady = (x: number): number => Math.round(x * 1e9) / 1e9;
const steadyCeil = (x: number): number => Math.ceil(steady(x));
const steadyFloor = (x: number): number => Math.floor(steady(x));
