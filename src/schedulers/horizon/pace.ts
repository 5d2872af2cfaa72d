/**
 * How long layers take relative to what a policy is told, learned from the layers that end: for each variant of a task on
 * each accelerator one factor. A wrong profile, contention, and waits that no estimate knows are alike to it.
 */
import type { AcceleratorView, ReadyJob, RunningJob } from "../../core/scheduler.ts";
import type { Work } from "./work-table.ts";

/** About so much estimated work is remembered: what is older fades. */
const REMEMBERED_NS = 20e6;
/** A factor that differs by less from the one in use is not worth a change: it is rounding. */
const NOISE = 0.01;

/** Of the layer that a job runs, or has run last. */
interface Run {
  /** Where the sums of its variant on its accelerator are; -1: none is known. */
  at: number;
  startNs: number;
  /** Of the time from there to its end. */
  estimateNs: number;
}

export class Pace {
  readonly #work: Work;
  readonly #isLearning: boolean;
  readonly #runs: Run[] = [];
  // [variant * accelerators + accelerator]: time that ended layers took, and what was estimated.
  readonly #takenNs: Float64Array;
  readonly #estimatedNs: Float64Array;

  constructor(work: Work, isLearning: boolean) {
    this.#work = work;
    this.#isLearning = isLearning;
    this.#takenNs = new Float64Array(work.pace.length);
    this.#estimatedNs = new Float64Array(work.pace.length);
  }

  released({ slot }: ReadyJob): void {
    const run = this.#runs[slot];
    if (run === undefined) this.#runs[slot] = { at: -1, startNs: 0, estimateNs: 0 };
    else run.at = -1;
  }

  /** The next layer of a job begins now on an accelerator. */
  dispatched(job: ReadyJob, accelerator: AcceleratorView, nowNs: number): void {
    this.#learn(job, job.lastRanNs);
    const run = this.#runs[job.slot]!;
    run.at = this.#work.paceAt(job, accelerator.index);
    run.startNs = nowNs + job.switchNs(accelerator);
    run.estimateNs = job.blockNs(1, accelerator);
  }

  completed(job: ReadyJob, nowNs: number): void {
    this.#learn(job, nowNs);
  }

  /** When the layer that a job runs is expected to end. */
  endNs({ slot, layerEndNs }: RunningJob): number {
    const { at, startNs, estimateNs } = this.#runs[slot]!;
    const pace = this.#work.pace[at]!;
    return pace === 1 ? layerEndNs : startNs + estimateNs * pace;
  }

  /** From the last layer of a job, unless it was stopped. */
  #learn({ slot, layerProgress }: ReadyJob, endNs: number): void {
    const { at, startNs, estimateNs } = this.#runs[slot]!;
    if (!this.#isLearning || at < 0 || layerProgress > 0 || !(estimateNs > 0)) return;
    const kept = Math.min(1, REMEMBERED_NS / (this.#estimatedNs[at]! + estimateNs));
    this.#takenNs[at] = (this.#takenNs[at]! + Math.max(endNs - startNs, 0)) * kept;
    this.#estimatedNs[at] = (this.#estimatedNs[at]! + estimateNs) * kept;
    const pace = this.#takenNs[at]! / this.#estimatedNs[at]!;
    if (Math.abs(pace / this.#work.pace[at]! - 1) > NOISE) this.#work.setPace(at, pace);
  }
}
