// Hot: called at every dispatch.
/**
 * The cost of moving a job's live activations to the accelerator that runs it next, and of saving them when a
 * checkpoint stops it. See docs/semantics.md, context switches.
 */
import type { Activations } from "../engine/activations.ts";
import type { Effect } from "../engine/effect.ts";
import { type Lane, stop } from "../engine/lane.ts";
import type { LiveJob } from "../engine/live-job.ts";
import type { Program } from "../program.ts";
import type { SegmentExtras } from "../records.ts";
import type { MakeEffect } from "./make-effect.ts";

export const contextSwitch: MakeEffect = ({ program, activations, lanes }) =>
  program.system.contextSwitch === "on" ? new ContextSwitch(program, activations, lanes.length) : undefined;

class ContextSwitch implements Effect {
  readonly #program: Program;
  readonly #activations: Activations;
  readonly #bandwidthGBs: number;
  readonly #pjPerByte: number;
  readonly #bufferBytes: readonly number[];
  /** Of each lane: time of the transfers before its dispatch, and after its checkpoint. */
  readonly #inNs: Float64Array;
  readonly #outNs: Float64Array;

  constructor(program: Program, activations: Activations, lanes: number) {
    const { accelerators, memory } = program.system;
    this.#program = program;
    this.#activations = activations;
    this.#bandwidthGBs = memory.bandwidthGBs;
    this.#pjPerByte = memory.energyPjPerByte;
    this.#bufferBytes = accelerators.map((accelerator) => accelerator.globalBufferBytes);
    this.#inNs = new Float64Array(lanes);
    this.#outNs = new Float64Array(lanes);
  }

  dispatched(lane: Lane, job: LiveJob): void {
    const transfers = this.#activations.transfers(job, lane.acceleratorIndex);
    this.#inNs[lane.index] = 0;
    if (transfers === 0) return;
    const bytes = this.#bytes(job);
    const ns = transfers * Math.round(bytes / this.#bandwidthGBs);
    this.#inNs[lane.index] = ns;
    lane.addBefore(ns, transfers * bytes * this.#pjPerByte);
  }

  /** Each transfer is rounded separately. */
  moveNs(job: LiveJob, acceleratorIndex: number): number {
    const transfers = this.#activations.transfers(job, acceleratorIndex);
    return transfers * Math.round(this.#bytes(job) / this.#bandwidthGBs);
  }

  movePj(job: LiveJob, acceleratorIndex: number): number {
    return this.#activations.transfers(job, acceleratorIndex) * this.#bytes(job) * this.#pjPerByte;
  }

  /** A checkpoint saves the live activations. */
  stopping(lane: Lane, job: LiveJob): void {
    const bytes = lane.hasWorked ? this.#liveBytes(job) : 0;
    this.#outNs[lane.index] = Math.round(bytes / this.#bandwidthGBs);
    lane.addAfter(this.#outNs[lane.index]!, bytes * this.#pjPerByte);
  }

  /** Activations that had just been read, or were still being read, are in memory as well. */
  stopped(lane: Lane, job: LiveJob): void {
    if (this.#timeInFront(lane) > 0) this.#activations.saveToMemory(job);
  }

  recordOf(lane: Lane): Partial<SegmentExtras> {
    const switchOutNs = lane.stop === stop.checkpoint ? this.#outNs[lane.index]! : 0;
    return { switchInNs: this.#timeInFront(lane), switchOutNs };
  }

  #timeInFront({ index, isContinuing }: Lane): number {
    return isContinuing ? 0 : this.#inNs[index]!;
  }

  /** The outputs of the layer before; in the middle of a layer, its inputs and outputs. */
  #bytes(job: LiveJob): number {
    return job.progress === 0 ? this.#program.boundaryBytes[job.row]! : this.#liveBytes(job);
  }

  #liveBytes(job: LiveJob): number {
    const bytes = this.#program.liveBytes[job.row]!;
    return Math.min(bytes, this.#bufferBytes[job.lastAccelerator] ?? bytes);
  }
}
