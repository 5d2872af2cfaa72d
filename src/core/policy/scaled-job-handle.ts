// Hot where jobs differ in work: policies call these several times a decision.
/** A job as policies see it where jobs may be more or less work than their model's costs say: they know how much. */
import type { Lanes } from "../engine/lanes.ts";
import type { LiveJob } from "../engine/live-job.ts";
import type { Program } from "../program.ts";
import type { AcceleratorView, TaskView } from "../scheduler.ts";
import { JobHandle } from "./job-handle.ts";

/** What the base class makes of other estimates (`meanRemainingNowNs`, `minRemainingNowNs`) follows from those here. */
export class ScaledJobHandle extends JobHandle {
  readonly #job: LiveJob;

  constructor(
    job: LiveJob,
    lanes: Lanes,
    estimates: Program,
    tasks: readonly TaskView[],
    accelerators: readonly AcceleratorView[],
  ) {
    super(job, lanes, estimates, tasks, accelerators);
    this.#job = job;
  }

  override latencyNs(accelerator: AcceleratorView, units?: number): number {
    return super.latencyNs(accelerator, units) * this.#job.scale;
  }
  override energyPj(accelerator: AcceleratorView, units?: number): number {
    return super.energyPj(accelerator, units) * this.#job.scale;
  }
  override blockNs(layers: number, accelerator: AcceleratorView, units?: number): number {
    if (layers >= this.layersLeft) return this.remainingNs(accelerator, units);
    return super.blockNs(layers, accelerator, units) * this.#job.scale;
  }
  override blockPj(layers: number, accelerator: AcceleratorView, units?: number): number {
    if (layers >= this.layersLeft) return this.remainingPj(accelerator, units);
    return super.blockPj(layers, accelerator, units) * this.#job.scale;
  }
  override remainingNs(accelerator: AcceleratorView, units?: number): number {
    return super.remainingNs(accelerator, units) * this.#job.scale;
  }
  override remainingPj(accelerator: AcceleratorView, units?: number): number {
    return super.remainingPj(accelerator, units) * this.#job.scale;
  }
  override remainingNowNs(accelerator: AcceleratorView, units?: number): number {
    return super.remainingNowNs(accelerator, units) * this.#job.scale;
  }
  override get meanLatencyNs(): number {
    return super.meanLatencyNs * this.#job.scale;
  }
  override get meanRemainingNs(): number {
    return super.meanRemainingNs * this.#job.scale;
  }
  override get minRemainingNs(): number {
    return super.minRemainingNs * this.#job.scale;
  }
  protected override get minLatencyNs(): number {
    return super.minLatencyNs * this.#job.scale;
  }
  override get isolatedNs(): number {
    return super.isolatedNs * this.#job.scale;
  }
}
