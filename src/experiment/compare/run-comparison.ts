/** Runs what a comparison needs, seed by seed, so that what is finished is paired. */
import type { RunResult } from "../../core/result.ts";
import { RequestError } from "../request-error.ts";
import type { Around } from "../run/run-all.ts";
import { runOnce } from "../run/run-once.ts";
import { prepare, type RunSetup } from "../run/run-setup.ts";
import type { Workbench } from "../run/workbench.ts";
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

export async function runComparison(
  plan: ComparisonPlan,
  workbench: Workbench,
  around: Around,
): Promise<RanComparison> {
  const board = new Board(plan);
  try {
    for (const seed of plan.settings.seeds) {
      for (const [caseIndex, planned] of plan.cases.entries()) {
        for (const contender of plan.contenders) {
          const setup = await prepare(planned.request(seed, contender), workbench);
          board.run(caseIndex, contender, setup, around);
        }
      }
    }
  } catch (error) {
    return board.finished({ error });
  }
  return board.finished(undefined);
}

/** What has been run so far. */
class Board {
  readonly #plan: ComparisonPlan;
  /** By case and contender, in the order of seeds. */
  readonly #results: readonly (readonly RunResult[])[][];
  readonly #absent = new Map<PlannedContender, string>();

  constructor(plan: ComparisonPlan) {
    this.#plan = plan;
    this.#results = plan.cases.map(() => plan.contenders.map(() => []));
  }

  run(caseIndex: number, contender: PlannedContender, setup: RunSetup, around: Around): void {
    if (this.#absent.has(contender)) return;
    try {
      const { result } = around(() => runOnce(setup));
      (this.#results[caseIndex]![this.#plan.contenders.indexOf(contender)] as RunResult[]).push(result);
    } catch (error) {
      if (!(error instanceof RequestError) || contender.presence === "asked") throw error;
      this.#absent.set(contender, error.message);
    }
  }

  /** All seeds that every case has; where not even one is finished, the cases that have the first. */
  finished(failure: RanComparison["failure"]): RanComparison {
    const { cases, contenders, settings } = this.#plan;
    const present = contenders.filter((contender) => !this.#absent.has(contender));
    const columns = present.map((contender) => contenders.indexOf(contender));
    const seedsOf = (caseIndex: number) =>
      Math.min(...columns.map((column) => this.#results[caseIndex]![column]!.length));
    const seedCount = Math.max(Math.min(...cases.map((_, index) => seedsOf(index))), seedsOf(0) > 0 ? 1 : 0);
    const kept = cases.flatMap((_, index) => (seedsOf(index) >= Math.max(seedCount, 1) ? [index] : []));
    const seeds = settings.seeds.slice(0, seedCount);
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
