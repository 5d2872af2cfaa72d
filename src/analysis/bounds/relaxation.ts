/**
 * The least weighted sum of violations and energy, by a linear program that grows: ways to run jobs and windows that hold
 * too much are added until nothing gets better. Only its prices are used; `proof.ts` computes the bound from them.
 */
import type { LinearSolution, LinearSolver } from "../solver/index.ts";
import type { BoundedCase } from "./bounded-jobs.ts";
import type { Objective } from "./objective.ts";
import { constantOf, proofOf, type RowPrices, remembered } from "./proof.ts";
import { RestrictedProgram } from "./restricted-program.ts";
import { rowLayout, startOf } from "./row-layout.ts";
import { JOBS, overfullNumbers, overfullWindows, type Priced, windowOrder } from "./windows.ts";
import { type CheapestPattern, cheapestWithin } from "./work-kind.ts";

export interface Effort {
  /** Linear programs that are solved for a bound at most. */
  readonly rounds: number;
  /** Windows that are added for each type in a round at most. */
  readonly windows: number;
  /** Simplex iterations of one of them at most. */
  readonly iterations: number;
  /** Stops when the bound is within this share of the best that the relaxation can give. */
  readonly precision: number;
}

/** Finds proven bounds for objectives, one after the other. */
export interface Relaxation {
  leastCost(objective: Objective): number;
  /** Whatever is asked from now on, there are at least so many violations. */
  demandViolations(least: number): void;
}

/** `use` gets it while the solver's program exists. */
export function withRelaxation<Result>(
  bounded: BoundedCase,
  solver: LinearSolver,
  effort: Effort,
  use: (relaxation: Relaxation) => Result,
): Result {
  const layout = rowLayout(bounded);
  return solver.withProgram(startOf(bounded, layout), (program) =>
    use(new GrowingRelaxation(new RestrictedProgram(bounded, layout, program), effort)),
  );
}

class GrowingRelaxation implements Relaxation {
  readonly #bounded: BoundedCase;
  readonly #program: RestrictedProgram;
  readonly #effort: Effort;
  readonly #order;

  constructor(program: RestrictedProgram, effort: Effort) {
    this.#bounded = program.bounded;
    this.#program = program;
    this.#effort = effort;
    this.#order = windowOrder(program.bounded.runs);
  }

  leastCost(objective: Objective): number {
    const unit = unitOf(objective, this.#bounded);
    let prices = this.#noPrices(objective);
    let best = -Infinity;
    for (let round = 0; ; round++) {
      const { cost, cheapest } = proofOf(this.#program, objective, prices);
      best = Math.max(best, cost);
      if (round === this.#effort.rounds) return best;
      this.#program.addWays(cheapest);
      const solution = this.#program.solve(objective, unit, this.#effort.iterations);
      if (solution.status !== "optimal" && solution.status !== "limit") return best;
      const added = this.#addOverfull(solution, prices);
      const aim = solution.cost * unit + constantOf(objective, this.#bounded);
      const isNear = best >= aim - Math.abs(aim) * this.#effort.precision;
      if (added === 0 && isNear) return best;
      prices = this.#program.pricesOf(solution, objective, unit);
    }
  }

  demandViolations(least: number): void {
    this.#program.demandViolations(least);
  }

  #noPrices({ violations }: Objective): RowPrices {
    return {
      windows: new Float64Array(this.#program.windows.length),
      violations: Float64Array.from(violations, ({ first }) => first),
      demanded: 0,
    };
  }

  /** Of the windows that a solution overfills. Returns how many there were. */
  #addOverfull(solution: LinearSolution, prices: RowPrices): number {
    const { windows: most } = this.#effort;
    const fill = this.#program.fillOf(solution);
    const found = [
      ...overfullWindows(fill, this.#order, most),
      ...this.#pricings(prices).flatMap((perWorkNs) =>
        overfullNumbers(fill, this.#order, this.#priced(perWorkNs), most),
      ),
    ];
    for (const window of found) this.#program.addWindow(window);
    return found.length;
  }

  /** Prices of accelerators by which to count jobs: all alike, and by where time is short. */
  #pricings({ windows }: RowPrices): readonly Float64Array[] {
    const { counts } = this.#bounded;
    const short = new Float64Array(counts.length);
    for (const [w, price] of windows.entries()) {
      const { type, capacity } = this.#program.windows[w]!;
      if (type !== JOBS) short[type] = short[type]! + (price * capacity) / counts[type]!;
    }
    const most = Math.max(...short);
    const even = new Float64Array(counts.length).fill(1);
    return most > 0 && counts.length > 1 ? [even, short.map((price) => price / most)] : [even];
  }

  #priced(perWorkNs: Float64Array): Priced {
    const { jobs, runs, counts } = this.#bounded;
    const known = new Map<string, CheapestPattern>();
    const costs = Float64Array.from(runs, ({ job, roomNs }) => {
      const { kind } = jobs[job]!;
      const find = () => cheapestWithin(kind, { perWorkNs, perPj: 0 }, roomNs);
      return Math.max(0, remembered(known, `${kind.id} ${roomNs}`, find).leastCost);
    });
    return { costs, pricePerNs: counts.reduce((sum, count, type) => sum + count * perWorkNs[type]!, 0) };
  }
}

/** The cost of an average job. */
function unitOf({ violations, perPj }: Objective, { jobs, tasks }: BoundedCase): number {
  const ofViolations = violations.reduce((sum, { next }, task) => sum + next * tasks[task]!.due, 0);
  const ofEnergy = jobs.reduce((sum, { taskIndex, leastPj }) => sum + perPj[taskIndex]! * leastPj, 0);
  const total = ofViolations + ofEnergy;
  return total > 0 && jobs.length > 0 ? total / jobs.length : 1;
}
