/** What of a comparison has been run so far. */
import type { RunResult } from "../../records/run-result.ts";
import type { ComparisonPlan, PlannedCase, PlannedContender } from "./plan.ts";

export interface RanComparison {
  readonly contenders: readonly PlannedContender[];
  readonly cases: readonly PlannedCase[];
  readonly seeds: readonly number[];
  /** Every contender in every case with every seed: [seed][case][contender]; empty where nothing was finished. */
  readonly results: readonly (readonly (readonly RunResult[])[])[];
  /** What stopped the rest; undefined: all were finished. */
  readonly failure: { readonly error: unknown } | undefined;
  /** Schedulers that nobody asked for by name and that cannot run here, with the reason. */
  readonly absent: readonly { readonly label: string; readonly reason: string }[];
}

/** Which run of a comparison, by indexes. */
export interface Place {
  readonly seedIndex: number;
  readonly caseIndex: number;
  readonly contenderIndex: number;
}

export class Board {
  readonly #plan: ComparisonPlan;
  readonly #seeds: number[] = [];
  /** [case][contender][seed], in any order. */
  readonly #results: readonly (readonly RunResult[])[][];
  readonly #absent = new Map<PlannedContender, string>();

  constructor(plan: ComparisonPlan) {
    this.#plan = plan;
    this.#results = plan.cases.map(() => plan.contenders.map(() => []));
  }

  /** Index of the first of them. */
  addSeeds(seeds: readonly number[]): number {
    return this.#seeds.push(...seeds) - seeds.length;
  }

  isAbsent(contender: PlannedContender): boolean {
    return this.#absent.has(contender);
  }

  /** From now on, and wherever it has run. */
  leaveOut(contender: PlannedContender, reason: string): void {
    this.#absent.set(contender, reason);
  }

  has({ seedIndex, caseIndex, contenderIndex }: Place): boolean {
    return this.#results[caseIndex]![contenderIndex]![seedIndex] !== undefined;
  }

  put({ seedIndex, caseIndex, contenderIndex }: Place, result: RunResult): void {
    (this.#results[caseIndex]![contenderIndex] as RunResult[])[seedIndex] = result;
  }

  /** All seeds up to the first that is not whole; where not even that is, the cases that have the first seed. */
  finished(failure: RanComparison["failure"]): RanComparison {
    const { cases, contenders } = this.#plan;
    const present = contenders.filter((contender) => !this.#absent.has(contender));
    const columns = present.map((contender) => contenders.indexOf(contender));
    const seedsOf = (caseIndex: number) =>
      Math.min(...columns.map((column) => leading(this.#results[caseIndex]![column]!)));
    const seedCount = Math.max(Math.min(...cases.map((_, index) => seedsOf(index))), seedsOf(0) > 0 ? 1 : 0);
    const kept = cases.flatMap((_, index) => (seedsOf(index) >= Math.max(seedCount, 1) ? [index] : []));
    const seeds = this.#seeds.slice(0, seedCount);
    return {
      contenders: present,
      cases: kept.map((index) => cases[index]!),
      seeds,
      results: seeds.map((_, seed) => kept.map((index) => columns.map((at) => this.#results[index]![at]![seed]!))),
      failure,
      absent: [...this.#absent].map(([{ label }, reason]) => ({ label, reason })),
    };
  }
}

/** How many there are before the first that is missing. */
function leading(results: readonly (RunResult | undefined)[]): number {
  for (let count = 0; count < results.length; count += 1) if (results[count] === undefined) return count;
  return results.length;
}
