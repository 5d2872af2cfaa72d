/** Terastal's accuracy constraint, as far as rtmm knows accuracy: how many jobs of a task run a lighter variant. */
import type { Platform, ReadyJob, TaskView } from "../../core/scheduler.ts";

export class LighterJobs {
  readonly #share: number;
  /** By task. */
  readonly #variants: readonly (readonly number[])[];
  readonly #released: number[];
  readonly #lighter: number[];
  /** By slot: whether the job is counted as lighter. */
  readonly #isLighter: boolean[] = [];

  /** `share`: greatest share of a task's released jobs that may run a lighter variant, 0 to 1. */
  constructor({ tasks }: Platform, share: number) {
    this.#share = share;
    this.#variants = tasks.map(originalFirst);
    this.#released = tasks.map(() => 0);
    this.#lighter = tasks.map(() => 0);
  }

  jobReleased(job: ReadyJob): void {
    this.#released[job.task.index]! += 1;
    this.#isLighter[job.slot] = false;
  }

  /** The variants that a job may run now, the original and then the heaviest first; only its own if it has no choice. */
  variantsFor(job: ReadyJob): readonly number[] {
    const variants = this.#variants[job.task.index]!;
    if (variants.length < 2 || job.hasStarted || !job.canChooseVariant) return [job.variantIndex];
    return this.#mayBeLighter(job) ? variants : variants.slice(0, 1);
  }

  /** Counts a choice that has been made. */
  chosen(job: ReadyJob, variantIndex: number): void {
    const isLighter = variantIndex !== this.#variants[job.task.index]![0];
    if (isLighter === this.#isLighter[job.slot]) return;
    this.#isLighter[job.slot] = isLighter;
    this.#lighter[job.task.index]! += isLighter ? 1 : -1;
  }

  #mayBeLighter({ slot, task }: ReadyJob): boolean {
    return this.#isLighter[slot]! || this.#lighter[task.index]! + 1 <= this.#share * this.#released[task.index]!;
  }
}

/** The variants each of whose layers some accelerator can run: the original, then the others by their least time. */
function originalFirst(task: TaskView): readonly number[] {
  const leastNs = task.variantNames.map((_, index) => task.layerCosts(index).minRemainingNs(0));
  const able = leastNs.flatMap((ns, index) => (ns < Infinity ? [index] : []));
  return able.sort((a, b) => Number(b === 0) - Number(a === 0) || leastNs[b]! - leastNs[a]! || a - b);
}
