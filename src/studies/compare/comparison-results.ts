/** The finished runs of a comparison. */
import type { RunResult } from "../../records/run-result.ts";
import type { ComparisonPlan, PlannedCase, PlannedScheduler } from "./plan.ts";

export interface ComparisonRuns {
  readonly schedulers: readonly PlannedScheduler[];
  readonly cases: readonly PlannedCase[];
  readonly seeds: readonly number[];
  /** Every scheduler in every case with every seed: [seed][case][scheduler]; empty if nothing finished. */
  readonly results: readonly (readonly (readonly RunResult[])[])[];
  /** The error that stopped the comparison; undefined if all runs finished. */
  readonly failure: { readonly error: unknown } | undefined;
  /** Schedulers that the user did not name and that cannot run here, with the reason. */
  readonly absent: readonly { readonly label: string; readonly reason: string }[];
}

/** The position of a run in a comparison. */
export interface RunIndexes {
  readonly seedIndex: number;
  readonly caseIndex: number;
  readonly schedulerIndex: number;
}

export class ComparisonResults {
  readonly #plan: ComparisonPlan;
  readonly #seeds: number[] = [];
  /** [case][scheduler][seed], in any order. */
  readonly #results: readonly (readonly RunResult[])[][];
  readonly #absent = new Map<PlannedScheduler, string>();

  constructor(plan: ComparisonPlan) {
    this.#plan = plan;
    this.#results = plan.cases.map(() => plan.schedulers.map(() => []));
  }

  /** Returns the index of the first added seed. */
  addSeeds(seeds: readonly number[]): number {
    return this.#seeds.push(...seeds) - seeds.length;
  }

  isAbsent(scheduler: PlannedScheduler): boolean {
    return this.#absent.has(scheduler);
  }

  /** Omits a scheduler from all cases, including those in which it has run. */
  leaveOut(scheduler: PlannedScheduler, reason: string): void {
    this.#absent.set(scheduler, reason);
  }

  has({ seedIndex, caseIndex, schedulerIndex }: RunIndexes): boolean {
    return this.#results[caseIndex]![schedulerIndex]![seedIndex] !== undefined;
  }

  put({ seedIndex, caseIndex, schedulerIndex }: RunIndexes, result: RunResult): void {
    (this.#results[caseIndex]![schedulerIndex] as RunResult[])[seedIndex] = result;
  }

  /** All seeds before the first incomplete one. If the first seed is incomplete, the cases that have finished it. */
  finished(failure: ComparisonRuns["failure"]): ComparisonRuns {
    const { cases, schedulers } = this.#plan;
    const present = schedulers.filter((scheduler) => !this.#absent.has(scheduler));
    const columns = present.map((scheduler) => schedulers.indexOf(scheduler));
    const seedsOf = (caseIndex: number) =>
      Math.min(...columns.map((column) => leading(this.#results[caseIndex]![column]!)));
    const seedCount = Math.max(Math.min(...cases.map((_, index) => seedsOf(index))), seedsOf(0) > 0 ? 1 : 0);
    const kept = cases.flatMap((_, index) => (seedsOf(index) >= Math.max(seedCount, 1) ? [index] : []));
    const seeds = this.#seeds.slice(0, seedCount);
    return {
      schedulers: present,
      cases: kept.map((index) => cases[index]!),
      seeds,
      results: seeds.map((_, seed) => kept.map((index) => columns.map((at) => this.#results[index]![at]![seed]!))),
      failure,
      absent: [...this.#absent].map(([{ label }, reason]) => ({ label, reason })),
    };
  }
}

/** Number of results before the first missing one. */
function leading(results: readonly (RunResult | undefined)[]): number {
  for (let count = 0; count < results.length; count += 1) if (results[count] === undefined) return count;
  return results.length;
}
