// Hot: start and end of every layer.
/**
 * The lanes of a system, and what is free and what was used of each accelerator. An accelerator has as many lanes as
 * units (one without fission), so lanes are numbered like the cost table's columns.
 */
import type { Clock } from "./clock.ts";
import { Contention } from "./contention.ts";
import { ContextSwitch } from "./context-switch.ts";
import { Lane } from "./lane.ts";
import type { LiveJob } from "./live-job.ts";
import { Power } from "./power.ts";
import type { Program } from "./program.ts";

export class Lanes {
  readonly all: readonly Lane[];
  /** End of each lane's segment; Infinity: free. In one array, because every event looks at all of them. */
  readonly endNs: Float64Array;
  readonly context: ContextSwitch;
  /** Of each accelerator. */
  readonly freeUnits: Int32Array;
  /** Accelerators with a free unit. */
  idleAccelerators: number;
  /** Lanes that run something. */
  running = 0;
  /** Of each accelerator: unit-time, energy and context switches so far. */
  readonly busyNs: Float64Array;
  readonly energyPj: Float64Array;
  readonly contextSwitches: Float64Array;
  readonly #firstLane: Int32Array;
  readonly #clock: Clock;
  readonly #overheadNs: number;
  /** undefined: each accelerator has the memory to itself. */
  readonly #contention: Contention | undefined;
  /** undefined: nobody asks for power, and there is nothing to choose. */
  readonly #power: Power | undefined;

  constructor(program: Program, clock: Clock, meter: "on" | "off") {
    const { units, firstColumn, system } = program;
    this.all = system.accelerators.flatMap((_, a) =>
      Array.from({ length: units[a]! }, (_, unit) => new Lane(firstColumn[a]! + unit, a, program, clock)),
    );
    this.endNs = new Float64Array(this.all.length).fill(Infinity);
    this.context = new ContextSwitch(program);
    this.freeUnits = Int32Array.from(units);
    this.idleAccelerators = units.length;
    this.busyNs = new Float64Array(units.length);
    this.energyPj = new Float64Array(units.length);
    this.contextSwitches = new Float64Array(units.length);
    this.#firstLane = firstColumn;
    this.#clock = clock;
    this.#overheadNs = system.decisionOverheadNs ?? 0;
    const isShared = system.contention === "on";
    const { bandwidthGBs } = system.memory;
    this.#contention = isShared ? new Contention(this.all, this.endNs, clock, bandwidthGBs) : undefined;
    const hasPoints = system.accelerators.some((accelerator) => accelerator.operatingPoints !== undefined);
    this.#power = hasPoints || meter === "on" ? new Power(program, this.all) : undefined;
  }

  /** Highest power so far, mW; undefined where it was not metered. */
  get peakPowerMw(): number | undefined {
    return this.#power?.peakMw;
  }

  /** Looks at the power that is drawn until the next event. */
  measurePower(): void {
    this.#power?.measure();
  }

  /** Layers that end now draw nothing any more, before the first of them is followed by another. */
  dropEndingPower(): void {
    if (this.#power === undefined) return;
    for (const lane of this.all) if (this.endNs[lane.index] === this.#clock.nowNs) this.#power.ended(lane);
  }

  /** Earliest end of a segment; Infinity where nothing runs. */
  nextEndNs(): number {
    const { endNs } = this;
    let next = endNs[0]!;
    for (let lane = 1; lane < endNs.length; lane++) if (endNs[lane]! < next) next = endNs[lane]!;
    return next;
  }

  /** Puts a job on a free lane of an accelerator that has `units` free, for 1 + layersAfter layers. */
  start(job: LiveJob, acceleratorIndex: number, units: number, layersAfter: number): void {
    const firstLane = this.#firstLane[acceleratorIndex]!;
    let index = firstLane;
    while (this.endNs[index] !== Infinity) index += 1;
    const lane = this.all[index]!;
    lane.job = job;
    lane.units = units;
    lane.column = firstLane + units - 1;
    lane.dispatchedNs = this.#clock.nowNs;
    lane.layersAfter = layersAfter;
    job.lane = lane;
    this.#take(acceleratorIndex, units);
    lane.overheadNs = this.#overheadNs;
    this.#switchIn(lane, job, acceleratorIndex);
    this.#begin(lane, job);
  }

  #begin(lane: Lane, job: LiveJob): void {
    if (this.#power !== undefined) {
      lane.aim(job);
      this.#power.choose(lane);
    }
    const endNs = lane.begin(job);
    this.endNs[lane.index] = endNs;
    this.#power?.begun(lane);
    this.#contention?.begun(lane, endNs);
  }

  #take(acceleratorIndex: number, units: number): void {
    const unitsLeft = this.freeUnits[acceleratorIndex]! - units;
    this.freeUnits[acceleratorIndex] = unitsLeft;
    if (unitsLeft === 0) this.idleAccelerators -= 1;
    this.running += 1;
  }

  #switchIn(lane: Lane, job: LiveJob, acceleratorIndex: number): void {
    const { context } = this;
    lane.switchInNs = 0;
    lane.switchPj = 0;
    if (context.transfers(job, acceleratorIndex) > 0) {
      lane.switchInNs = context.ns(job, acceleratorIndex);
      lane.switchPj = context.pj(job, acceleratorIndex);
      this.contextSwitches[acceleratorIndex] = this.contextSwitches[acceleratorIndex]! + 1;
      job.contextSwitches += 1;
    }
    context.moved(job, acceleratorIndex);
  }

  /** Goes on with the next layer of the job on a lane. */
  continue(lane: Lane, job: LiveJob): void {
    lane.layersAfter -= 1;
    lane.overheadNs = 0;
    lane.switchInNs = 0;
    lane.switchPj = 0;
    this.#begin(lane, job);
  }

  /** Stops the running segment at the next tile end and saves the live activations. */
  checkpoint(lane: Lane, job: LiveJob): void {
    this.#contention?.settle(lane);
    const stopNs = lane.checkpoint();
    const hasWorked = lane.progressAfter > lane.progressBefore;
    if (hasWorked && stopNs >= this.endNs[lane.index]!) {
      lane.progressAfter = 1;
      lane.drain();
      return;
    }
    if (hasWorked) {
      lane.switchOutNs = this.context.saveNs(job);
      lane.switchPj += this.context.savePj(job);
    }
    this.endNs[lane.index] = stopNs + lane.switchOutNs;
    this.#contention?.fixed(lane, stopNs);
  }

  /** Brings what a lane has done up to date. */
  settle(lane: Lane): void {
    this.#contention?.settle(lane);
  }

  /** Frees a lane whose segment ends now and books it. */
  free(lane: Lane, job: LiveJob, energyPj: number): void {
    const { acceleratorIndex, units } = lane;
    this.book(lane, energyPj);
    job.lane = undefined;
    lane.job = undefined;
    this.endNs[lane.index] = Infinity;
    const unitsFree = this.freeUnits[acceleratorIndex]!;
    if (unitsFree === 0) this.idleAccelerators += 1;
    this.freeUnits[acceleratorIndex] = unitsFree + units;
    this.running -= 1;
    this.#power?.ended(lane);
    this.#contention?.ended(lane);
  }

  /** Books time and energy of a segment that ends now on its accelerator. */
  book({ acceleratorIndex, startNs, units }: Lane, energyPj: number): void {
    const busyNs = (this.#clock.nowNs - startNs) * units;
    this.busyNs[acceleratorIndex] = this.busyNs[acceleratorIndex]! + busyNs;
    this.energyPj[acceleratorIndex] = this.energyPj[acceleratorIndex]! + energyPj;
  }
}
