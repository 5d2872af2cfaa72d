/** Prices of limits from a linear program whose columns are made when they are worth it. */
import type { GrowingProgram, LinearSolver } from "../solver/index.ts";

export interface Column {
  /** Worth of one unit. */
  readonly value: number;
  /** How much of each limit one unit takes, 0 or more. */
  readonly takes: Float64Array;
}

/** The column of most worth (value minus prices x takes) at these prices; undefined if none has a positive worth. */
export type Pricing = (prices: Float64Array) => Column | undefined;

const TOLERANCE = 1e-9;
const MOST_ROUNDS = 500;

/**
 * Dual prices of the limits at the maximum of values x amounts, where all that the amounts take stays within `limits`
 * (all above 0). After MOST_ROUNDS it stops early, with prices that are good but not best. Callers must prove their
 * claims from the prices alone (weak duality). Then neither rounding nor an early stop can make a claim wrong.
 */
export function bestPrices(limits: readonly number[], pricing: Pricing, solver: LinearSolver): Float64Array {
  const lower = limits.map(() => -Infinity);
  const none = { costs: [], lower: [], upper: [], entries: [] };
  return solver.withProgram({ columns: none, rows: { lower, upper: limits } }, (program) => {
    let prices = new Float64Array(limits.length);
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const column = pricing(prices);
      // Not a number where rates are so small that their ratios overflow.
      if (column === undefined || !(worth(column, prices) > TOLERANCE)) return prices;
      add(column, program);
      const { status, prices: found } = program.solve();
      if (status !== "optimal") return prices;
      // The program minimises, so its prices are at most 0.
      prices = found.map((price) => Math.max(0, -price));
    }
    return prices;
  });
}

function worth({ value, takes }: Column, prices: Float64Array): number {
  return takes.reduce((sum, amount, row) => sum - amount * prices[row]!, value);
}

function add({ value, takes }: Column, program: GrowingProgram): void {
  const indices = [...takes.keys()].filter((row) => takes[row] !== 0);
  program.addColumns({
    costs: [-value],
    lower: [0],
    upper: [Infinity],
    entries: [{ indices, values: indices.map((row) => takes[row]!) }],
  });
}
