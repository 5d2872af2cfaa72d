// Hot: start and finish of every layer.
/**
 * What runs: a lane is a place where one job can run. An accelerator has as many lanes as units (one without fission),
 * so lanes are numbered like the cost table's columns. A segment is the work between two events on a lane: a layer or
 * the rest of one, with the transfer of the job's live activations in front (and behind, where a checkpoint saves them).
 */
import type { Clock } from "./clock.ts";
import { IN_MEMORY, type JobPool, NOWHERE } from "./job-pool.ts";
import type { Program } from "./program.ts";

export const stop = { none: 0, drain: 1, checkpoint: 2 } as const;

export class Lanes {
  readonly acceleratorOf: Int32Array;
  /** Slot of the job that runs; -1: free. */
  readonly slot: Int32Array;
  /** End of the running segment; Infinity: free. */
  readonly endNs: Float64Array;
  readonly units: Int32Array;
  readonly column: Int32Array;
  /** Index of the running layer's costs. */
  readonly costAt: Int32Array;
  /** When the job was dispatched; segments follow each other from there. */
  readonly dispatchedNs: Float64Array;
  readonly segmentStartNs: Float64Array;
  readonly switchInNs: Float64Array;
  readonly switchOutNs: Float64Array;
  /** Energy of the transfers of the running segment. */
  readonly switchPjSoFar: Float64Array;
  /** Progress of the layer when a checkpoint ends the running segment; 1 otherwise. */
  readonly progressAfter: Float64Array;
  /** Dispatched layers after the running one. */
  readonly layersAfter: Int32Array;
  readonly stop: Uint8Array;
  /** Of each accelerator. */
  readonly freeUnits: Int32Array;
  /** Accelerators with a free unit. */
  idleAccelerators: number;
  /** Lanes that run something. */
  running = 0;
  /** Slot whose activations an accelerator without fission holds; -1: none. */
  readonly resident: Int32Array;
  readonly busyNs: Float64Array;
  readonly energyPj: Float64Array;
  readonly contextSwitches: Float64Array;
  readonly #program: Program;
  readonly #pool: JobPool;
  readonly #clock: Clock;
  readonly #isSwitchCharged: boolean;
  readonly #bandwidthGBs: number;
  readonly #pjPerByte: number;
  readonly #bufferBytes: Float64Array;

  constructor(program: Program, pool: JobPool, clock: Clock) {
    const { columns, units, firstColumn, system } = program;
    const accelerators = system.accelerators.length;
    this.acceleratorOf = new Int32Array(columns);
    for (let a = 0; a < accelerators; a++) {
      this.acceleratorOf.fill(a, firstColumn[a]!, firstColumn[a]! + units[a]!);
    }
    this.slot = new Int32Array(columns).fill(-1);
    this.endNs = new Float64Array(columns).fill(Infinity);
    this.units = new Int32Array(columns);
    this.column = new Int32Array(columns);
    this.costAt = new Int32Array(columns);
    this.dispatchedNs = new Float64Array(columns);
    this.segmentStartNs = new Float64Array(columns);
    this.switchInNs = new Float64Array(columns);
    this.switchOutNs = new Float64Array(columns);
    this.switchPjSoFar = new Float64Array(columns);
    this.progressAfter = new Float64Array(columns).fill(1);
    this.layersAfter = new Int32Array(columns);
    this.stop = new Uint8Array(columns);
    this.freeUnits = Int32Array.from(units);
    this.idleAccelerators = accelerators;
    this.resident = new Int32Array(accelerators).fill(-1);
    this.busyNs = new Float64Array(accelerators);
    this.energyPj = new Float64Array(accelerators);
    this.contextSwitches = new Float64Array(accelerators);
    this.#program = program;
    this.#pool = pool;
    this.#clock = clock;
    this.#isSwitchCharged = system.contextSwitch === "on";
    this.#bandwidthGBs = system.memory.bandwidthGBs;
    this.#pjPerByte = system.memory.energyPjPerByte;
    this.#bufferBytes = Float64Array.from(system.accelerators, (accelerator) => accelerator.globalBufferBytes);
  }

  /** Earliest end of a segment; Infinity where nothing runs. */
  nextEndNs(): number {
    const { endNs } = this;
    let next = endNs[0]!;
    for (let lane = 1; lane < endNs.length; lane++) if (endNs[lane]! < next) next = endNs[lane]!;
    return next;
  }

  isStopping(lane: number): boolean {
    return lane >= 0 && this.stop[lane] !== stop.none;
  }

  /** Transfers of its live activations that a job needs to run on an accelerator: 0, 1 (read) or 2 (write and read). */
  transfers(slot: number, acceleratorIndex: number): number {
    const place = this.#pool.place[slot]!;
    if (place === NOWHERE) return 0;
    if (place === IN_MEMORY) return 1;
    if (place !== acceleratorIndex) return 2;
    return this.#program.units[acceleratorIndex]! > 1 || this.resident[acceleratorIndex] === slot ? 0 : 2;
  }

  switchNs(slot: number, acceleratorIndex: number): number {
    if (!this.#isSwitchCharged) return 0;
    return this.transfers(slot, acceleratorIndex) * Math.round(this.#liveBytes(slot) / this.#bandwidthGBs);
  }

  switchPj(slot: number, acceleratorIndex: number): number {
    if (!this.#isSwitchCharged) return 0;
    return this.transfers(slot, acceleratorIndex) * this.#liveBytes(slot) * this.#pjPerByte;
  }

  /** Puts a job on a free lane of an accelerator that has `units` free, for 1 + layersAfter layers. */
  start(slot: number, acceleratorIndex: number, units: number, layersAfter: number): void {
    const { firstColumn } = this.#program;
    let lane = firstColumn[acceleratorIndex]!;
    while (this.slot[lane] !== -1) lane += 1;
    this.slot[lane] = slot;
    this.units[lane] = units;
    this.column[lane] = firstColumn[acceleratorIndex]! + units - 1;
    this.dispatchedNs[lane] = this.#clock.nowNs;
    this.layersAfter[lane] = layersAfter;
    const unitsLeft = this.freeUnits[acceleratorIndex]! - units;
    this.freeUnits[acceleratorIndex] = unitsLeft;
    if (unitsLeft === 0) this.idleAccelerators -= 1;
    this.running += 1;
    this.#pool.lane[slot] = lane;
    this.switchInNs[lane] = 0;
    this.switchPjSoFar[lane] = 0;
    if (this.transfers(slot, acceleratorIndex) > 0) this.#switchIn(lane, slot, acceleratorIndex);
    this.resident[acceleratorIndex] = slot;
    this.#pool.place[slot] = acceleratorIndex;
    this.#begin(lane);
  }

  #switchIn(lane: number, slot: number, acceleratorIndex: number): void {
    this.switchInNs[lane] = this.switchNs(slot, acceleratorIndex);
    this.switchPjSoFar[lane] = this.switchPj(slot, acceleratorIndex);
    this.contextSwitches[acceleratorIndex] = this.contextSwitches[acceleratorIndex]! + 1;
    this.#pool.contextSwitches[slot] = this.#pool.contextSwitches[slot]! + 1;
  }

  /** Goes on with the next layer of the job on a lane. */
  continue(lane: number): void {
    this.layersAfter[lane] = this.layersAfter[lane]! - 1;
    this.switchInNs[lane] = 0;
    this.switchPjSoFar[lane] = 0;
    this.#begin(lane);
  }

  #begin(lane: number): void {
    const { nowNs } = this.#clock;
    this.segmentStartNs[lane] = nowNs;
    this.costAt[lane] = this.#pool.row[this.slot[lane]!]! * this.#program.columns + this.column[lane]!;
    this.endNs[lane] = nowNs + this.switchInNs[lane]! + this.#workNs(lane);
  }

  /** Time of what is left of the layer on a lane. */
  #workNs(lane: number): number {
    const at = this.costAt[lane]!;
    const latencyNs = this.#program.latencyNs[at]!;
    const progress = this.#pool.progress[this.slot[lane]!]!;
    if (progress === 0) return latencyNs;
    const tiles = this.#program.tiles[at]!;
    // Progress kept on this very column gives back the same whole ns (or tiles): rounding undoes the division.
    if (tiles === 0) return Math.round((1 - progress) * latencyNs);
    return Math.round((steadyCeil((1 - progress) * tiles) * latencyNs) / tiles);
  }

  /** Energy of the running segment if it ended with `progressAfter` of its layer done. */
  segmentPj(lane: number, progressAfter: number): number {
    const done = progressAfter - this.#pool.progress[this.slot[lane]!]!;
    return this.switchPjSoFar[lane]! + done * this.#program.energyPj[this.costAt[lane]!]!;
  }

  /** Share of its layer that the job on a lane has done by now. */
  progressNow(lane: number): number {
    const elapsedNs = this.#clock.nowNs - this.segmentStartNs[lane]! - this.switchInNs[lane]!;
    const progress = this.#pool.progress[this.slot[lane]!]!;
    if (elapsedNs <= 0) return progress;
    return Math.min(1, progress + elapsedNs / this.#program.latencyNs[this.costAt[lane]!]!);
  }

  /** The running layer will be the last. */
  drain(lane: number): void {
    this.stop[lane] = stop.drain;
    this.layersAfter[lane] = 0;
  }

  /** Stops the running segment at the next tile end (at once where there are no tiles) and saves the live activations. */
  checkpoint(lane: number): void {
    const { nowNs } = this.#clock;
    const at = this.costAt[lane]!;
    const tiles = this.#program.tiles[at]!;
    const latencyNs = this.#program.latencyNs[at]!;
    const workStartNs = this.segmentStartNs[lane]! + this.switchInNs[lane]!;
    const elapsedNs = Math.max(0, nowNs - workStartNs);
    const doneTiles = tiles === 0 || elapsedNs === 0 ? 0 : steadyCeil((elapsedNs * tiles) / latencyNs);
    const workedNs = tiles === 0 ? elapsedNs : Math.round((doneTiles * latencyNs) / tiles);
    const stopNs = Math.max(nowNs, workStartNs + workedNs);
    if (workedNs > 0 && stopNs >= this.endNs[lane]!) {
      this.drain(lane);
      return;
    }
    this.stop[lane] = stop.checkpoint;
    this.layersAfter[lane] = 0;
    const share = workedNs === 0 ? 0 : tiles === 0 ? workedNs / latencyNs : doneTiles / tiles;
    this.progressAfter[lane] = this.#pool.progress[this.slot[lane]!]! + share;
    this.endNs[lane] = workedNs === 0 ? nowNs : stopNs + this.#save(lane);
  }

  /** Charges the transfer of the live activations to memory; its time. */
  #save(lane: number): number {
    if (!this.#isSwitchCharged) return 0;
    const bytes = this.#cappedLiveBytes(this.slot[lane]!);
    this.switchOutNs[lane] = Math.round(bytes / this.#bandwidthGBs);
    this.switchPjSoFar[lane] = this.switchPjSoFar[lane]! + bytes * this.#pjPerByte;
    return this.switchOutNs[lane]!;
  }

  /** Whether the running segment leaves its activations in memory: it saved them, or had just read them from there. */
  isContextInMemory(lane: number): boolean {
    const hasWorked = this.progressAfter[lane]! > this.#pool.progress[this.slot[lane]!]!;
    return hasWorked || this.switchInNs[lane]! > 0;
  }

  /** Frees a lane whose segment ends now and books its energy on the accelerator. */
  free(lane: number, energyPj: number): void {
    const accelerator = this.book(lane, energyPj);
    this.#pool.lane[this.slot[lane]!] = -1;
    this.slot[lane] = -1;
    this.endNs[lane] = Infinity;
    if (this.stop[lane] !== stop.none) this.#forgetStop(lane);
    if (this.freeUnits[accelerator] === 0) this.idleAccelerators += 1;
    this.freeUnits[accelerator] = this.freeUnits[accelerator]! + this.units[lane]!;
    this.running -= 1;
  }

  #forgetStop(lane: number): void {
    this.stop[lane] = stop.none;
    this.switchOutNs[lane] = 0;
    this.progressAfter[lane] = 1;
  }

  /** Books a segment that ends now; returns the accelerator. */
  book(lane: number, energyPj: number): number {
    const accelerator = this.acceleratorOf[lane]!;
    const busyNs = (this.#clock.nowNs - this.segmentStartNs[lane]!) * this.units[lane]!;
    this.busyNs[accelerator] = this.busyNs[accelerator]! + busyNs;
    this.energyPj[accelerator] = this.energyPj[accelerator]! + energyPj;
    return accelerator;
  }

  /** What a job has to take along: the outputs of its last layer, or in the middle of a layer its inputs and outputs. */
  #liveBytes(slot: number): number {
    const row = this.#pool.row[slot]!;
    return this.#pool.progress[slot] === 0 ? this.#program.boundaryBytes[row]! : this.#cappedLiveBytes(slot);
  }

  #cappedLiveBytes(slot: number): number {
    const bytes = this.#program.liveBytes[this.#pool.row[slot]!]!;
    return Math.min(bytes, this.#bufferBytes[this.#pool.lastAccelerator[slot]!] ?? bytes);
  }
}

/** Ceiling that takes what is within 1e-9 of a whole number for that number: shares of tiles are binary fractions. */
function steadyCeil(x: number): number {
  return Math.ceil(Math.round(x * 1e9) / 1e9);
}
