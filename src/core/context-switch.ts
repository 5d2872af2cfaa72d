// Hot: asked at every dispatch.
/**
 * What it takes to bring a job's live activations to the accelerator that runs it next (design section 2, rule 7).
 * Adaptation: they stay in an accelerator's buffer until another job runs there; on a fissionable one, whose buffer
 * jobs share, they stay until the job leaves.
 */
import { IN_MEMORY, type LiveJob, NOWHERE } from "./live-job.ts";
import type { Program } from "./program.ts";

export class ContextSwitch {
  readonly #program: Program;
  readonly #isCharged: boolean;
  readonly #bandwidthGBs: number;
  readonly #pjPerByte: number;
  readonly #bufferBytes: readonly number[];
  /** Job whose activations an accelerator without fission holds. */
  readonly #residents: (LiveJob | undefined)[];

  constructor(program: Program) {
    const { accelerators, contextSwitch, memory } = program.system;
    this.#program = program;
    this.#isCharged = contextSwitch === "on";
    this.#bandwidthGBs = memory.bandwidthGBs;
    this.#pjPerByte = memory.energyPjPerByte;
    this.#bufferBytes = accelerators.map((accelerator) => accelerator.globalBufferBytes);
    this.#residents = accelerators.map(() => undefined);
  }

  /** Transfers that a job needs to run on an accelerator: 0, 1 (read) or 2 (write and read). */
  transfers(job: LiveJob, acceleratorIndex: number): number {
    const { place } = job;
    if (place === NOWHERE) return 0;
    if (place === IN_MEMORY) return 1;
    if (place !== acceleratorIndex) return 2;
    return this.#residents[acceleratorIndex] === job || this.#program.units[acceleratorIndex]! > 1 ? 0 : 2;
  }

  ns(job: LiveJob, acceleratorIndex: number): number {
    if (!this.#isCharged) return 0;
    return this.transfers(job, acceleratorIndex) * Math.round(this.#bytes(job) / this.#bandwidthGBs);
  }

  pj(job: LiveJob, acceleratorIndex: number): number {
    if (!this.#isCharged) return 0;
    return this.transfers(job, acceleratorIndex) * this.#bytes(job) * this.#pjPerByte;
  }

  /** What a checkpoint in the middle of a layer writes to memory. */
  saveNs(job: LiveJob): number {
    return this.#isCharged ? Math.round(this.#liveBytes(job) / this.#bandwidthGBs) : 0;
  }

  savePj(job: LiveJob): number {
    return this.#isCharged ? this.#liveBytes(job) * this.#pjPerByte : 0;
  }

  /** The job runs on an accelerator: its activations are there now. */
  moved(job: LiveJob, acceleratorIndex: number): void {
    this.#residents[acceleratorIndex] = job;
    job.place = acceleratorIndex;
  }

  savedToMemory(job: LiveJob): void {
    this.#forget(job);
    job.place = IN_MEMORY;
  }

  /** A job that was killed or has ended leaves nothing behind. */
  discarded(job: LiveJob): void {
    this.#forget(job);
    job.place = NOWHERE;
  }

  /** Jobs are pooled: the next one in this slot must not be taken for this one. */
  #forget(job: LiveJob): void {
    const last = job.lastAccelerator;
    if (last >= 0 && this.#residents[last] === job) this.#residents[last] = undefined;
  }

  /** The outputs of its last layer, or in the middle of a layer its inputs and outputs. */
  #bytes(job: LiveJob): number {
    return job.progress === 0 ? this.#program.boundaryBytes[job.row]! : this.#liveBytes(job);
  }

  #liveBytes(job: LiveJob): number {
    const bytes = this.#program.liveBytes[job.row]!;
    return Math.min(bytes, this.#bufferBytes[job.lastAccelerator] ?? bytes);
  }
}
