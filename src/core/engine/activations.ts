// Hot: called at every dispatch.
/**
 * Where the live activations of each job are, and how often they must be moved for it to run on an accelerator.
 * Adaptation: they stay in an accelerator's buffer until another job runs there. Jobs share the buffer of a fissionable
 * accelerator, so there they stay until the job leaves.
 */
import type { Program } from "../program.ts";
import { IN_MEMORY, type LiveJob, NOWHERE } from "./live-job.ts";

export class Activations {
  private readonly units: Int32Array;
  /** Job whose activations an accelerator without fission holds. */
  private readonly residents: (LiveJob | undefined)[];

  constructor({ system, units }: Program) {
    this.units = units;
    this.residents = system.accelerators.map(() => undefined);
  }

  /** Transfers that a job needs to run on an accelerator: 0, 1 (read) or 2 (write and read). */
  transfers(job: LiveJob, acceleratorIndex: number): number {
    const { activationsAt } = job;
    if (activationsAt === NOWHERE) return 0;
    if (activationsAt === IN_MEMORY) return 1;
    if (activationsAt !== acceleratorIndex) return 2;
    return this.residents[acceleratorIndex] === job || this.units[acceleratorIndex]! > 1 ? 0 : 2;
  }

  /** The job runs on an accelerator, so its activations are there now. */
  moveTo(job: LiveJob, acceleratorIndex: number): void {
    this.residents[acceleratorIndex] = job;
    job.activationsAt = acceleratorIndex;
  }

  saveToMemory(job: LiveJob): void {
    this.forget(job);
    job.activationsAt = IN_MEMORY;
  }

  /** A job that was killed or has ended leaves nothing behind. */
  discard(job: LiveJob): void {
    this.forget(job);
    job.activationsAt = NOWHERE;
  }

  /** Slots are reused: the next job in this slot must not be mistaken for this one. */
  private forget(job: LiveJob): void {
    const last = job.lastAccelerator;
    if (last >= 0 && this.residents[last] === job) this.residents[last] = undefined;
  }
}
