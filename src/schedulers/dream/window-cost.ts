// Hot: two additions per ended job.
/** UXCost of the jobs that have ended since the last call of `take`, from what a policy can see; formula in docs/metrics.md. */
import type { AcceleratorView, Platform, TaskView } from "../../core/scheduler.ts";

export class WindowCost {
  readonly #hasDeadline: readonly boolean[];
  /** Energy of the worst case of one job, by task. */
  readonly #worstPj: readonly number[];
  readonly #jobs: Float64Array;
  readonly #violations: Float64Array;
  readonly #spentPj: Float64Array;
  readonly #knowsEnergy: boolean;

  constructor({ tasks, accelerators }: Platform) {
    this.#hasDeadline = tasks.map((task) => task.deadlineNs < Infinity);
    this.#worstPj = tasks.map((task) => worstPj(task, accelerators));
    this.#knowsEnergy = tasks.every((task) => knowsEnergy(task, accelerators));
    this.#jobs = new Float64Array(tasks.length);
    this.#violations = new Float64Array(tasks.length);
    this.#spentPj = new Float64Array(tasks.length);
  }

  ended({ index }: TaskView, spentPj: number, isViolated: boolean): void {
    this.#jobs[index] = this.#jobs[index]! + 1;
    this.#spentPj[index] = this.#spentPj[index]! + spentPj;
    if (isViolated) this.#violations[index] = this.#violations[index]! + 1;
  }

  /**
   * The cost of the window, after which a new one begins; undefined if no job with a deadline ended. Without all energies
   * it is the sum of violation rates alone.
   */
  take(): number | undefined {
    let violationRates = 0;
    let energyShares = 0;
    for (let task = 0; task < this.#jobs.length; task++) {
      const jobs = this.#jobs[task]!;
      if (jobs === 0) continue;
      if (this.#hasDeadline[task]) violationRates += violationRate(this.#violations[task]!, jobs);
      if (this.#worstPj[task]! > 0) energyShares += this.#spentPj[task]! / (jobs * this.#worstPj[task]!);
    }
    this.#jobs.fill(0);
    this.#violations.fill(0);
    this.#spentPj.fill(0);
    if (violationRates === 0) return undefined;
    return this.#knowsEnergy ? violationRates * energyShares : violationRates;
  }
}

/** DLV': no violation counts as half a violation. */
const violationRate = (violations: number, jobs: number): number => (violations === 0 ? 0.5 : violations) / jobs;

/** Also of layers on accelerators that cannot run the whole job. */
const knowsEnergy = (task: TaskView, accelerators: readonly AcceleratorView[]): boolean =>
  task.variantNames.every((_, variant) =>
    accelerators.every((accelerator) => !Number.isNaN(task.isolatedPj(accelerator, variant))),
  );

/** Energy of a whole job on its most energy-hungry accelerator, heaviest variant. */
function worstPj(task: TaskView, accelerators: readonly AcceleratorView[]): number {
  const energiesPj = task.variantNames.flatMap((_, variant) =>
    accelerators
      .filter((accelerator) => task.isolatedNs(accelerator, variant) < Infinity)
      .map((accelerator) => task.isolatedPj(accelerator, variant)),
  );
  return Math.max(0, ...energiesPj);
}
