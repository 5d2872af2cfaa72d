/**
 * Decides which tasks as a whole are served before all others or after them. Giving up a task pays over many of its
 * periods, which a plan cannot see: it looks as far as the next deadlines. So while something is missed, now and then a
 * review looks farther, and all jobs that it expects count alike. What it gives up stays so until the next one.
 */
import type { Platform } from "../../core/scheduler.ts";
import type { Configuration } from "./configuration.ts";
import type { Memory } from "./memory.ts";
import { MODES, standing } from "./rules.ts";
import { isLess, type Trials } from "./trials.ts";

/** Tasks that one review gives up or boosts at most. */
const MOST_TASKS = 3;

export interface ReviewSetting {
  /** At least so long between two reviews; 0: none. */
  readonly intervalNs: number;
  /**
   * Share of the cost that must be saved: where tasks are alike, plans move single jobs, and so lose less than a rollout
   * without such moves foresees.
   */
  readonly leastGain: number;
}

export class Review {
  readonly #roots: readonly number[];
  readonly #trials: Trials;
  readonly #memory: Memory;
  readonly #intervalNs: number;
  readonly #leastGain: number;
  #nextNs = 0;

  constructor({ tasks }: Platform, trials: Trials, memory: Memory, { intervalNs, leastGain }: ReviewSetting) {
    this.#roots = tasks.filter(({ parents }) => parents.length === 0).map(({ index }) => index);
    this.#trials = trials;
    this.#memory = memory;
    this.#intervalNs = intervalNs;
    this.#leastGain = leastGain;
  }

  isDue(nowNs: number): boolean {
    return this.#intervalNs > 0 && nowNs >= this.#nextNs;
  }

  /** Whether any task is given up or boosted. */
  hasChosen(): boolean {
    return this.#roots.some((root) => this.#memory.rootMode[root] !== standing.normal);
  }

  /** Begins with all tasks alike, and keeps what comes of it if it is cheaper than the best rollout so far. */
  revise(nowNs: number, configuration: Configuration): void {
    const { rootMode } = this.#memory;
    const before = rootMode.slice();
    const costBefore = this.#trials.leastCost;
    this.#nextNs = nowNs + this.#intervalNs;
    rootMode.fill(standing.normal);
    this.#trials.forget();
    this.#trials.isCheaper(configuration);
    this.#trials.leastCost *= 1 - this.#leastGain;
    for (let k = 0; k < MOST_TASKS && this.#trials.missedValue > 0; k++) {
      if (!this.#chooseOne(configuration)) break;
    }
    if (!isLess(this.#trials.leastCost, costBefore)) rootMode.set(before);
  }

  /** Gives the task the mode that saves most; false: none saves anything. */
  #chooseOne(configuration: Configuration): boolean {
    const { rootMode } = this.#memory;
    let best: { readonly root: number; readonly mode: number } | undefined;
    for (const root of this.#roots) {
      const before = rootMode[root]!;
      for (const mode of MODES) {
        if (mode === before) continue;
        rootMode[root] = mode;
        if (this.#trials.isCheaper(configuration)) best = { root, mode };
      }
      rootMode[root] = before;
    }
    if (best !== undefined) rootMode[best.root] = best.mode;
    return best !== undefined;
  }
}
