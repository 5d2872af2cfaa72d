/**
 * Expects the next releases of tasks that have a rate. A periodic task releases one period after its last release. One
 * that has been seen to release at irregular times is expected a mean gap from now, as gaps of a Poisson process have
 * no memory. A task without rate (traces, closed loops) is not expected, nor one that seems to have stopped.
 */
import type { Platform, ReadyJob, TaskView } from "../../core/scheduler.ts";
import { nominalOf } from "./memory.ts";
import type { Situation } from "./situation.ts";

/** Share of the period by which a gap may differ from it before the task counts as irregular. */
const REGULAR = 0.25;
/** Periods without a release after which a task counts as stopped: by chance e^-10 of the gaps are longer. */
const STOPPED = 10;
/** Releases that are expected at most: a plan takes a bounded time, whatever the rates. */
const MOST = 48;

/** Weight of a job that is expected right at the horizon: it counts where nothing else does. */
const LEAST_WEIGHT = 0.02;

export class Predictor {
  readonly #roots: readonly TaskView[];
  /** How far it looks: all roots together release `MOST` jobs in this time. */
  readonly #reachNs: number;
  readonly #fades: boolean;
  // Of each task.
  readonly #lastNs: number[] = [];
  readonly #isIrregular: boolean[] = [];

  /** `fades`: whether a job counts less the later it comes. */
  constructor({ tasks }: Platform, fades: boolean) {
    this.#fades = fades;
    this.#roots = tasks.filter(({ parents, ratePerS }) => parents.length === 0 && ratePerS !== undefined);
    const ratePerS = this.#roots.reduce((sum, root) => sum + root.ratePerS!, 0);
    this.#reachNs = (MOST / ratePerS) * 1e9;
  }

  released(job: ReadyJob): void {
    const { index, ratePerS, parents } = job.task;
    if (parents.length > 0 || ratePerS === undefined) return;
    const nominalNs = nominalOf(job);
    const gaps = (nominalNs - this.#lastNs[index]!) * (ratePerS / 1e9);
    if (Math.abs(gaps - 1) > REGULAR) this.#isIrregular[index] = true;
    this.#lastNs[index] = nominalNs;
  }

  /** Adds the expected releases to a situation, which ends where they do. */
  predict(situation: Situation): void {
    situation.endNs = Math.min(situation.endNs, situation.nowNs + this.#reachNs);
    for (const task of this.#roots) if (this.#lastNs[task.index] !== undefined) this.#predictOf(task, situation);
  }

  #predictOf({ index, ratePerS }: TaskView, situation: Situation): void {
    const { nowNs, endNs } = situation;
    const periodNs = 1e9 / ratePerS!;
    const lastNs = this.#lastNs[index]!;
    const overduePeriods = (nowNs - lastNs) / periodNs;
    if (overduePeriods > (this.#isIrregular[index] ? STOPPED : 2)) return;
    const fromNs = this.#isIrregular[index] ? Math.max(lastNs, nowNs) : lastNs;
    for (let k = 1; fromNs + k * periodNs < endNs; k++) {
      const nominalNs = fromNs + k * periodNs;
      const weight = this.#fades ? Math.max(LEAST_WEIGHT, (endNs - nominalNs) / (endNs - nowNs)) : 1;
      situation.expect(index, nominalNs, Math.max(nominalNs, nowNs + 1), Math.min(1, weight));
    }
  }
}
