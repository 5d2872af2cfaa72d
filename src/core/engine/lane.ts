// Hot: runs at the start and end of every layer.
/**
 * One job at a time runs on a lane of an accelerator. A segment is the work between two events on a lane: a layer
 * or a part of one, with what effects add before and after it.
 */
import type { Program } from "../program.ts";
import type { OperatingPoint } from "../system.ts";
import type { Clock } from "./clock.ts";
import type { LiveJob } from "./live-job.ts";

export const stop = { none: 0, drain: 1, checkpoint: 2 } as const;

type Stop = (typeof stop)[keyof typeof stop];

export class Lane {
  /** Among all lanes; also its column in the cost table's numbering. */
  readonly index: number;
  readonly acceleratorIndex: number;
  /** Among those of its accelerator. */
  readonly number: number;
  job: LiveJob | undefined = undefined;
  units = 0;
  /** When the job was dispatched; its segments follow each other without gaps. */
  dispatchedNs = Number.NaN;
  /** Whether the segment follows another one of the same dispatch. */
  isContinuing = false;
  /** Dispatched layers after the running one. */
  layersAfter = 0;
  /** Moves of the job's live activations before the dispatch: 0, 1 (read) or 2 (write and read). */
  transfers = 0;
  startNs = Number.NaN;
  /** Added to the segment by effects: time before and after the work, and energy. */
  beforeNs = Number.NaN;
  afterNs = Number.NaN;
  addedPj = Number.NaN;
  /** Share of the layer that is done when the work begins, and when it ends. */
  progressBefore = Number.NaN;
  progressAfter = Number.NaN;
  /** Energy of the segment, once it has ended. */
  energyPj = Number.NaN;
  stop: Stop = stop.none;
  /** Index of the operating point; -1: the one that the costs are for. */
  operatingPoint = -1;
  speed = 1;
  energyFactor = 1;
  /** Work of the job relative to its model's costs. */
  workScale = 1;
  /** Bytes that effects move over the shared memory for the segment, and their part of `beforeNs`. */
  movedBytes = 0;
  movingNs = 0;
  /** Current speed as a share of full speed, and the time that this segment has lost by being slower. */
  rate = 1;
  lagNs = Number.NaN;
  /** Index of the layer's costs, `[row * columns + column]`. */
  costAt = 0;
  /** Latency of the whole layer at its operating point. */
  latencyNs = Number.NaN;
  /** Time of the whole layer at scale 1, and what policies expect, where an effect sets them; NaN: both are its latency. */
  private ownNs = Number.NaN;
  private expectedNs = Number.NaN;
  /** Time of the whole layer / what policies expect. */
  private stretch = 1;
  /** `progressBefore` as policies see it, by the time that they expect. */
  private seenBefore = Number.NaN;
  private column = 0;
  /** Time into the layer at which the work begins. */
  private positionNs = Number.NaN;
  /** Whether the fields still have the values of a whole layer. Most layers need no reset. */
  private isPlain = false;
  private readonly program: Program;
  private readonly clock: Clock;

  constructor(index: number, acceleratorIndex: number, program: Program, clock: Clock) {
    this.index = index;
    this.acceleratorIndex = acceleratorIndex;
    this.number = index - program.firstColumn[acceleratorIndex]!;
    this.program = program;
    this.clock = clock;
  }

  /** Starts a job for 1 + layersAfter layers, on that many units of the accelerator. */
  take(job: LiveJob, units: number, layersAfter: number): void {
    this.job = job;
    this.units = units;
    this.column = this.index - this.number + units - 1;
    this.dispatchedNs = this.clock.nowNs;
    this.layersAfter = layersAfter;
    this.isContinuing = false;
    this.beforeNs = 0;
    this.addedPj = 0;
  }

  /** Continues with the next layer of the dispatch: nothing comes before it. */
  goOn(): void {
    this.layersAfter -= 1;
    this.isContinuing = true;
    this.beforeNs = 0;
    this.addedPj = 0;
  }

  /** Looks up the costs of the job's next layer. */
  lookUpCosts(job: LiveJob): void {
    this.costAt = job.row * this.program.columns + this.column;
  }

  /** Begins the layer that was looked up, or the rest of it. Returns the segment's end. */
  begin(job: LiveJob): number {
    const { nowNs } = this.clock;
    this.startNs = nowNs;
    const latencyNs = this.program.latencyNs[this.costAt]!;
    if (this.isPlain && job.progress === 0) this.latencyNs = latencyNs;
    else this.beginAnew(job, latencyNs);
    return nowNs + this.beforeNs + this.latencyNs - this.positionNs;
  }

  /** Resets the fields that a stop, a partial layer or an effect has set. */
  private beginAnew(job: LiveJob, latencyNs: number): void {
    this.stop = stop.none;
    this.afterNs = 0;
    this.progressAfter = 1;
    this.progressBefore = 0;
    this.positionNs = 0;
    this.rate = 1;
    this.lagNs = 0;
    const { speed, workScale } = this;
    const isAsCosted = speed === 1 && workScale === 1;
    const isPlainTime = Number.isNaN(this.ownNs);
    const wholeNs = isPlainTime ? latencyNs : this.ownNs;
    this.stretch = isPlainTime || this.expectedNs === 0 ? 1 : wholeNs / this.expectedNs;
    this.latencyNs = isAsCosted ? wholeNs : Math.round((wholeNs * workScale) / speed);
    this.seenBefore = 0;
    if (job.progress > 0) this.resume(job);
    this.isPlain = isAsCosted && job.progress === 0 && isPlainTime;
  }

  /**
   * Continues where a checkpoint stopped; on an accelerator with other tiles, from the start of the tile in progress.
   */
  private resume({ progress, seenProgress }: LiveJob): void {
    const tiles = this.program.tiles[this.costAt]!;
    this.progressBefore = tiles === 0 ? progress : steadyFloor(progress * tiles) / tiles;
    this.positionNs = this.positionOf(this.progressBefore);
    const isSeenAsItIs = seenProgress === progress;
    this.seenBefore = isSeenAsItIs ? this.progressBefore : seenProgress * (this.progressBefore / progress);
  }

  /** An effect adds time and energy before the work. Call it before `begin`, or move the end of the segment as well. */
  addBefore(ns: number, pj: number): void {
    this.beforeNs += ns;
    this.addedPj += pj;
  }

  /** An effect moves bytes over the shared memory during `ns` of the time before the work. Valid until the next call. */
  setTraffic(bytes: number, ns: number): void {
    this.movedBytes = bytes;
    this.movingNs = ns;
  }

  /** An effect adds time and energy after the work. Call it once the stop is planned. */
  addAfter(ns: number, pj: number): void {
    this.afterNs += ns;
    this.addedPj += pj;
  }

  /** An effect changes the speed from now on; the lag is the time lost so far. */
  slow(rate: number, lagNs: number): void {
    this.rate = rate;
    this.lagNs = lagNs;
    this.isPlain = false;
  }

  /** An effect sets the operating point of the layer that was looked up. Call it before `begin`. */
  setOperatingPoint(index: number, { speed, energyFactor }: OperatingPoint): void {
    this.operatingPoint = index;
    this.speed = speed;
    this.energyFactor = energyFactor;
    this.isPlain = false;
  }

  /** An effect sets the work of the job, relative to the costs of its model. Call it before `begin`. */
  setWorkScale(scale: number): void {
    if (scale === this.workScale) return;
    this.workScale = scale;
    this.isPlain = false;
  }

  /** An effect sets the time of the whole layer that was looked up, and the time that policies expect, both for a job of scale 1. Call it before `begin`. */
  setTimes(ownNs: number, expectedNs: number): void {
    this.ownNs = ownNs;
    this.expectedNs = expectedNs;
    this.isPlain = false;
  }

  /** Mean power of the layer that was looked up, at a speed and an energy relative to its costs, mW. */
  powerMw(speed: number, energyFactor: number): number {
    const latencyNs = this.program.latencyNs[this.costAt]!;
    return latencyNs === 0 ? 0 : (this.program.energyPj[this.costAt]! * energyFactor * speed) / latencyNs;
  }

  /** The segment has ended with `progressAfter` of its layer done. Computes its energy. */
  end(): void {
    const layerPj = this.program.energyPj[this.costAt]!;
    const workPj = this.isPlain ? layerPj : this.shareOf(layerPj);
    this.energyPj = this.addedPj + workPj * this.energyFactor;
  }

  /** No work takes no energy, even of a layer whose energy is not known. */
  private shareOf(layerPj: number): number {
    const share = this.progressAfter - this.progressBefore;
    return share === 0 ? 0 : share * layerPj * this.workScale;
  }

  /** A kill ends the segment now. */
  endNow(): void {
    this.isPlain = false;
    this.progressAfter = this.progressNow;
    this.end();
  }

  get progressNow(): number {
    const workedNs = this.workedNs;
    if (workedNs <= 0) return this.progressBefore;
    return Math.min(1, (this.positionNs + workedNs) / this.latencyNs);
  }

  /** As policies see it, who know an expectation and the time: at most 1, however long the layer takes. */
  get seenProgressNow(): number {
    return this.seen(this.progressNow);
  }

  /** `progressAfter` as policies see it. */
  get seenProgressAfter(): number {
    return this.seen(this.progressAfter);
  }

  private seen(progress: number): number {
    if (this.stretch === 1 && this.seenBefore === this.progressBefore) return progress;
    return Math.min(1, this.seenBefore + (progress - this.progressBefore) * this.stretch);
  }

  /** When the segment ends as far as policies can know, where an effect has set its times; not before now. */
  get expectedEndNs(): number {
    const frontNs = Math.max(0, -this.workedNs);
    const restNs = ((1 - this.seenProgressNow) * this.expectedNs * this.workScale) / this.speed;
    return this.clock.nowNs + steadyCeil((frontNs + restNs) / this.rate);
  }

  /** Time of work since the segment began; negative during what comes before the work. */
  private get workedNs(): number {
    return this.clock.nowNs - this.startNs - this.beforeNs - this.lagNs;
  }

  /** The running layer will be the last. */
  drain(): void {
    this.isPlain = false;
    this.stop = stop.drain;
    this.layersAfter = 0;
  }

  /** Plans a stop at the end of the running tile (now without tiles). Returns when the work then ends. */
  checkpoint(): number {
    this.isPlain = false;
    this.stop = stop.checkpoint;
    this.layersAfter = 0;
    const workedNs = this.workedNs;
    this.progressAfter = this.progressBefore;
    if (workedNs <= 0) return this.clock.nowNs;
    const tiles = this.program.tiles[this.costAt]!;
    const progress = this.progressNow;
    this.progressAfter = tiles === 0 ? progress : steadyCeil(progress * tiles) / tiles;
    if (tiles === 0) return this.clock.nowNs;
    const leftNs = this.positionOf(this.progressAfter) - this.positionNs - workedNs;
    return this.clock.nowNs + Math.max(0, Math.ceil(leftNs / this.rate));
  }

  /** Whether any of the layer is done by the end of the segment. */
  get hasWorked(): boolean {
    return this.progressAfter > this.progressBefore;
  }

  /**
   * Whole ns into the layer, rounded down. A stop and a restart on one accelerator neither cost nor gain time. A move
   * between accelerators with different latencies may gain one ns.
   */
  private positionOf(progress: number): number {
    return steadyFloor(progress * this.latencyNs);
  }
}

/** Shares are binary fractions, so a number within 1e-9 of a whole number counts as that number. */
const steady = (x: number): number => Math.round(x * 1e9) / 1e9;
const steadyCeil = (x: number): number => Math.ceil(steady(x));
const steadyFloor = (x: number): number => Math.floor(steady(x));
