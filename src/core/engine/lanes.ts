// Hot: runs at the start and end of every layer.
/**
 * The lanes of a system, with the free units and the use of each accelerator. An accelerator has as many lanes as units
 * (one without fission), so lanes are numbered like the cost table's columns.
 */
import type { Program } from "../program.ts";
import type { Activations } from "./activations.ts";
import type { Clock } from "./clock.ts";
import type { Effect, EffectContext } from "./effect.ts";
import { EffectHooks } from "./effect-hooks.ts";
import { Lane } from "./lane.ts";
import type { LiveJob } from "./live-job.ts";
import { PowerMeter } from "./power-meter.ts";

export class Lanes {
  readonly all: readonly Lane[];
  /** End of each lane's segment; Infinity: free. In one array, because every event reads all of them. */
  readonly endNs: Float64Array;
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
  readonly effects: readonly Effect[];
  readonly hasEffects: boolean;
  /** undefined: the peak power is not measured. */
  readonly meter: PowerMeter | undefined;
  private readonly firstLane: Int32Array;
  private readonly clock: Clock;
  private readonly activations: Activations;
  /** Hot: without effects, one comparison replaces their hooks. */
  private readonly hooks: EffectHooks | undefined;

  constructor(
    program: Program,
    clock: Clock,
    activations: Activations,
    meter: "on" | "off",
    makeEffects: (context: EffectContext) => readonly Effect[],
  ) {
    const { units, firstColumn } = program;
    const lanes = program.system.accelerators.flatMap((_, a) =>
      Array.from({ length: units[a]! }, (_, unit) => new Lane(firstColumn[a]! + unit, a, program, clock)),
    );
    this.all = lanes;
    this.endNs = new Float64Array(lanes.length).fill(Infinity);
    this.freeUnits = Int32Array.from(units);
    this.idleAccelerators = units.length;
    this.busyNs = new Float64Array(units.length);
    this.energyPj = new Float64Array(units.length);
    this.contextSwitches = new Float64Array(units.length);
    this.firstLane = firstColumn;
    this.clock = clock;
    this.activations = activations;
    this.meter = meter === "on" ? new PowerMeter(program.system, lanes) : undefined;
    const settle = (lane: Lane) => this.settle(lane);
    this.effects = makeEffects({ program, clock, lanes, endNs: this.endNs, activations, settle });
    this.hasEffects = this.effects.length > 0;
    this.hooks = this.effects.length === 0 ? undefined : new EffectHooks(this.effects);
  }

  /** Earliest end of a segment; Infinity if nothing runs. */
  nextEndNs(): number {
    const { endNs } = this;
    let next = endNs[0]!;
    for (let lane = 1; lane < endNs.length; lane++) if (endNs[lane]! < next) next = endNs[lane]!;
    return next;
  }

  /** The clock is about to advance. */
  timePassing(): void {
    if (this.meter !== undefined) this.meter.timePassing();
  }

  /** Tells the effects which segments end at this instant, before anything follows them. */
  endDue(): void {
    if (this.hooks !== undefined) this.hooks.endDue(this.all, this.endNs, this.clock);
  }

  /** Puts a job on a free lane of an accelerator that has `units` free, for 1 + layersAfter layers. */
  start(job: LiveJob, acceleratorIndex: number, units: number, layersAfter: number): Lane {
    let index = this.firstLane[acceleratorIndex]!;
    while (this.endNs[index] !== Infinity) index += 1;
    const lane = this.all[index]!;
    lane.take(job, units, layersAfter);
    job.laneIndex = index;
    this.occupy(acceleratorIndex, units);
    if (this.hooks !== undefined) this.hooks.dispatched(lane, job);
    this.moveActivations(lane, job);
    this.begin(lane, job);
    return lane;
  }

  private occupy(acceleratorIndex: number, units: number): void {
    const unitsLeft = this.freeUnits[acceleratorIndex]! - units;
    this.freeUnits[acceleratorIndex] = unitsLeft;
    if (unitsLeft === 0) this.idleAccelerators -= 1;
    this.running += 1;
  }

  private moveActivations(lane: Lane, job: LiveJob): void {
    const { acceleratorIndex } = lane;
    lane.transfers = this.activations.transfers(job, acceleratorIndex);
    if (lane.transfers > 0) {
      this.contextSwitches[acceleratorIndex] = this.contextSwitches[acceleratorIndex]! + 1;
      job.contextSwitches += 1;
    }
    this.activations.moveTo(job, acceleratorIndex);
  }

  private begin(lane: Lane, job: LiveJob): void {
    lane.lookUpCosts(job);
    if (this.hooks !== undefined) this.hooks.beginning(lane);
    this.endNs[lane.index] = lane.begin(job);
    if (this.hooks !== undefined) this.hooks.begun(lane);
    if (this.meter !== undefined) this.meter.begun(lane);
  }

  /** Puts the job of a lane, whose activations are there, on it once more. */
  startAgain(lane: Lane, job: LiveJob, layersAfter: number): void {
    lane.take(job, lane.units, layersAfter);
    lane.transfers = 0;
    this.begin(lane, job);
  }

  /** Continues with the next layer of the job on a lane. */
  continue(lane: Lane, job: LiveJob): void {
    lane.goOn();
    this.begin(lane, job);
  }

  /** Stops the running segment at the next tile end; in its last tile, the layer is finished. */
  checkpoint(lane: Lane, job: LiveJob): void {
    this.settle(lane);
    const stopNs = lane.checkpoint();
    if (lane.hasWorked && stopNs >= this.endNs[lane.index]!) {
      lane.progressAfter = 1;
      lane.drain();
      return;
    }
    if (this.hooks !== undefined) this.hooks.stopping(lane, job, stopNs);
    this.endNs[lane.index] = stopNs + lane.afterNs;
  }

  /** A checkpoint has ended: the live activations are in memory. */
  save(lane: Lane, job: LiveJob): void {
    if (lane.hasWorked) this.activations.saveToMemory(job);
    if (this.hooks !== undefined) this.hooks.stopped(lane, job);
  }

  /** Brings the progress of a lane up to date. */
  settle(lane: Lane): void {
    if (this.hooks !== undefined) this.hooks.settle(lane);
  }

  /** Frees a lane whose segment ends now and books it. */
  free(lane: Lane, job: LiveJob): void {
    const { acceleratorIndex, units } = lane;
    this.book(lane);
    job.laneIndex = -1;
    lane.job = undefined;
    this.endNs[lane.index] = Infinity;
    const unitsFree = this.freeUnits[acceleratorIndex]!;
    if (unitsFree === 0) this.idleAccelerators += 1;
    this.freeUnits[acceleratorIndex] = unitsFree + units;
    this.running -= 1;
    if (this.hooks !== undefined) this.hooks.freed(lane, job);
  }

  /** Books time and energy of a segment that ends now on its accelerator. */
  book({ acceleratorIndex, startNs, units, energyPj }: Lane): void {
    const busyNs = (this.clock.nowNs - startNs) * units;
    this.busyNs[acceleratorIndex] = this.busyNs[acceleratorIndex]! + busyNs;
    this.energyPj[acceleratorIndex] = this.energyPj[acceleratorIndex]! + energyPj;
  }

  /** Whether another lane than this one runs something. */
  runsBeside({ job }: Lane): boolean {
    return this.running > (job === undefined ? 0 : 1);
  }

  /** Whether an accelerator other than this lane's is idle. */
  idlesBeside({ acceleratorIndex }: Lane): boolean {
    return this.idleAccelerators > (this.freeUnits[acceleratorIndex]! > 0 ? 1 : 0);
  }

  /** Time to bring a job to an accelerator now, ns. */
  moveNs(job: LiveJob, acceleratorIndex: number): number {
    return this.hooks === undefined ? 0 : this.hooks.moveNs(job, acceleratorIndex);
  }

  movePj(job: LiveJob, acceleratorIndex: number): number {
    return this.hooks === undefined ? 0 : this.hooks.movePj(job, acceleratorIndex);
  }
}
