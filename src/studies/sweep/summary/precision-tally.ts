/** Counts the groups of a sweep that reached the requested precision. */

import { seedsNeeded } from "../../../analysis/statistics/precision.ts";
import type { MissedGroup, SweepGroup, SweepPrecision } from "../../../records/sweep-report.ts";
import type { JudgedPrecision } from "../read/seed-precision.ts";
import { leastPrecise } from "./seeds-wanted.ts";

/** Number of groups that the report lists. It only counts the others. */
const MOST_WORST = 3;

export class PrecisionTally {
  readonly #precision: JudgedPrecision;
  #worst: MissedGroup[] = [];
  #reached = 0;
  #missed = 0;
  #failed = 0;
  #absent = 0;
  #fewestSeeds = Number.POSITIVE_INFINITY;
  #mostSeeds = 0;

  constructor(precision: JudgedPrecision) {
    this.#precision = precision;
  }

  add({ coordinates, seeds, failed, metrics }: SweepGroup): void {
    this.#fewestSeeds = Math.min(this.#fewestSeeds, seeds + failed);
    this.#mostSeeds = Math.max(this.#mostSeeds, seeds + failed);
    const { aim, metrics: judged } = this.#precision;
    const widest = leastPrecise(metrics, this.#precision);
    if (failed > 0) this.#failed += 1;
    else if (judged.every((name) => (metrics[name] ?? null) === null)) this.#absent += 1;
    else if (widest === undefined || widest.halfWidth <= aim) this.#reached += 1;
    else this.#addMissed({ coordinates, seeds, ...widest, seedsNeeded: seedsNeeded(seeds, widest.halfWidth, aim) });
  }

  /** Call after at least one group. */
  report(): SweepPrecision {
    const { aim, maxSeeds, metrics } = this.#precision;
    return {
      aim,
      maxSeeds,
      metrics,
      fewestSeeds: this.#fewestSeeds,
      mostSeeds: this.#mostSeeds,
      reached: this.#reached,
      missed: this.#missed,
      failed: this.#failed,
      ...(this.#absent > 0 && { absent: this.#absent }),
      worst: this.#worst,
    };
  }

  /** Keeps the first ones among equals. */
  #addMissed(group: MissedGroup): void {
    this.#missed += 1;
    this.#worst = [...this.#worst, group].sort((a, b) => b.seedsNeeded - a.seedsNeeded).slice(0, MOST_WORST);
  }
}
