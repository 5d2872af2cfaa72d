// Hot: start and end of every layer.
/**
 * A place where one job can run. A segment is the work between two events on a lane: a layer or the rest of one, with
 * the transfer of the job's live activations in front (and behind, where a checkpoint saves them).
 */
import type { Clock } from "./clock.ts";
import type { LiveJob } from "./live-job.ts";
import type { Program } from "./program.ts";
import type { OperatingPoint } from "./system.ts";

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
  /** Waiting for the decision, before anything else. */
  overheadNs = Number.NaN;
  /** Transfer of live activations before the work, and after it where a checkpoint saves them. */
  switchInNs = Number.NaN;
  switchOutNs = Number.NaN;
  /** Energy of the transfers. */
  switchPj = Number.NaN;
  /** Share of the layer done when the work begins, and when it ends. */
  progressBefore = Number.NaN;
  progressAfter = Number.NaN;
  stop: Stop = stop.none;
  /** Index of the operating point; -1: the one that the costs are for. */
  operatingPoint = -1;
  speed = 1;
  energyFactor = 1;
  /** How much of its full speed memory contention leaves it, and what that has cost this segment so far. */
  rate = 1;
  lagNs = Number.NaN;
  readonly #program: Program;
  readonly #clock: Clock;
  /** Index of the running layer's costs. */
  #costAt = 0;
  /** Of the whole layer, at the operating point. */
  #latencyNs = Number.NaN;
  /** Time into the layer at which the work begins. */
  #positionNs = Number.NaN;
  /** All that a plain layer leaves as it finds it is set for one: most layers need nothing undone. */
  #isAsMade = false;

  constructor(index: number, acceleratorIndex: number, program: Program, clock: Clock) {
    this.index = index;
    this.acceleratorIndex = acceleratorIndex;
    this.#program = program;
    this.#clock = clock;
  }

  /** Begins the next layer of the job, or what is left of it; the segment's end. */
  begin(job: LiveJob): number {
    const { nowNs } = this.#clock;
    this.startNs = nowNs;
    this.aim(job);
    const latencyNs = this.#program.latencyNs[this.#costAt]!;
    if (this.#isAsMade && job.progress === 0) this.#latencyNs = latencyNs;
    else this.#beginAnew(job, latencyNs);
    return nowNs + this.overheadNs + this.switchInNs + this.#latencyNs - this.#positionNs;
  }

  /** Undoes what a stop, a rest of a layer, contention or an operating point has set. */
  #beginAnew(job: LiveJob, latencyNs: number): void {
    this.stop = stop.none;
    this.switchOutNs = 0;
    this.progressAfter = 1;
    this.progressBefore = 0;
    this.#positionNs = 0;
    this.rate = 1;
    this.lagNs = 0;
    this.#latencyNs = this.speed === 1 ? latencyNs : Math.round(latencyNs / this.speed);
    if (job.progress > 0) this.#resume(job.progress);
    this.#isAsMade = this.speed === 1 && job.progress === 0;
  }

  /** Contention: its speed from now on, and what that has cost so far. */
  slow(rate: number, lagNs: number): void {
    this.rate = rate;
    this.lagNs = lagNs;
    this.#isAsMade = false;
  }

  setOperatingPoint(index: number, { speed, energyFactor }: OperatingPoint): void {
    this.operatingPoint = index;
    this.speed = speed;
    this.energyFactor = energyFactor;
    this.#isAsMade = false;
  }

  /** Looks up the costs of the job's next layer. */
  aim(job: LiveJob): void {
    this.#costAt = job.row * this.#program.columns + this.column;
  }

  /** Power of the running layer at a speed and an energy relative to its costs, mW. */
  powerMw(speed: number, energyFactor: number): number {
    const latencyNs = this.#program.latencyNs[this.#costAt]!;
    return latencyNs === 0 ? 0 : (this.#program.energyPj[this.#costAt]! * energyFactor * speed) / latencyNs;
  }

  /** Off-chip bandwidth that the running layer takes at full speed, bytes per ns (GB/s). */
  get demandGBs(): number {
    return this.#latencyNs === 0 ? 0 : this.#program.offChipBytes[this.#costAt]! / this.#latencyNs;
  }

  /** Goes on where a checkpoint stopped; on an accelerator of other tiles, with the tile that was begun. */
  #resume(progress: number): void {
    const tiles = this.#program.tiles[this.#costAt]!;
    this.progressBefore = tiles === 0 ? progress : steadyFloor(progress * tiles) / tiles;
    this.#positionNs = this.#position(this.progressBefore);
  }

  /**
   * Whole ns into the layer, rounded down: to stop and to go on in one place costs no time and gains none. Between
   * accelerators of other latencies a move may gain a ns.
   */
  #position(progress: number): number {
    return steadyFloor(progress * this.#latencyNs);
  }

  /** Energy of the segment if it ended with `progressAfter` of its layer done. */
  energyPj(progressAfter: number): number {
    const workPj = (progressAfter - this.progressBefore) * this.#program.energyPj[this.#costAt]!;
    return this.switchPj + workPj * this.energyFactor;
  }

  get progressNow(): number {
    const workedNs = this.#workedNs;
    if (workedNs <= 0) return this.progressBefore;
    return Math.min(1, (this.#positionNs + workedNs) / this.#latencyNs);
  }

  /** Work since the segment began; negative while activations are on their way. */
  get #workedNs(): number {
    return this.#clock.nowNs - this.startNs - this.overheadNs - this.switchInNs - this.lagNs;
  }

  /** The running layer will be the last. */
  drain(): void {
    this.#isAsMade = false;
    this.stop = stop.drain;
    this.layersAfter = 0;
  }

  /** Plans a stop at the end of the running tile (now where there are no tiles); when that is. */
  checkpoint(): number {
    this.#isAsMade = false;
    this.stop = stop.checkpoint;
    this.layersAfter = 0;
    const workedNs = this.#workedNs;
    this.progressAfter = this.progressBefore;
    if (workedNs <= 0) return this.#clock.nowNs;
    const tiles = this.#program.tiles[this.#costAt]!;
    const progress = this.progressNow;
    this.progressAfter = tiles === 0 ? progress : steadyCeil(progress * tiles) / tiles;
    if (tiles === 0) return this.#clock.nowNs;
    const leftNs = this.#position(this.progressAfter) - this.#positionNs - workedNs;
    return this.#clock.nowNs + Math.max(0, Math.ceil(leftNs / this.rate));
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
