// Hot: one addition per released job.
/**
 * Detects a change of the workload: a task's releases in a window differ from their mean by more than their usual
 * spread. Source: ours; the paper says only that a new workload restarts the search.
 * Adaptation: more than one job and three standard deviations of the windows since the last change, from the fourth
 * window on. A periodic task may have one job more or less in a window; a random one spreads.
 */

const FEWEST_WINDOWS = 3;
const DEVIATIONS = 3;

export class WorkloadChange {
  readonly #counts: Float64Array;
  /** Over the windows since the last change: mean, and sum of squared distances from it (Welford). */
  readonly #means: Float64Array;
  readonly #squares: Float64Array;
  #windows = 0;

  constructor(tasks: number) {
    this.#counts = new Float64Array(tasks);
    this.#means = new Float64Array(tasks);
    this.#squares = new Float64Array(tasks);
  }

  released(taskIndex: number): void {
    this.#counts[taskIndex] = this.#counts[taskIndex]! + 1;
  }

  /** Ends a window. Returns whether its workload differs from that of the windows before; if so, it forgets those. */
  closeWindow(): boolean {
    const isChanged = this.#windows >= FEWEST_WINDOWS && this.#counts.some((count, task) => this.#isOff(task, count));
    if (isChanged) this.#forget();
    else this.#learn();
    this.#counts.fill(0);
    return isChanged;
  }

  #isOff(task: number, count: number): boolean {
    const deviation = Math.sqrt(this.#squares[task]! / this.#windows);
    return Math.abs(count - this.#means[task]!) > 1 + DEVIATIONS * deviation;
  }

  #forget(): void {
    this.#windows = 0;
    this.#means.fill(0);
    this.#squares.fill(0);
  }

  #learn(): void {
    this.#windows += 1;
    for (let task = 0; task < this.#counts.length; task++) {
      const distance = this.#counts[task]! - this.#means[task]!;
      this.#means[task] = this.#means[task]! + distance / this.#windows;
      this.#squares[task] = this.#squares[task]! + distance * (this.#counts[task]! - this.#means[task]!);
    }
  }
}
