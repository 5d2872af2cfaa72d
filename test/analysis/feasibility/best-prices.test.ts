/** Prices from columns that are made on demand. */
import { expect, test } from "vitest";
import { bestPrices, type Column } from "../../../src/analysis/feasibility/best-prices.ts";
import { loadSolver } from "../../../src/analysis/solver/index.ts";

const solver = await loadSolver();

/** Of columns that are all worth trying: the one of most worth. */
const from =
  (...columns: readonly Column[]) =>
  (prices: Float64Array) => {
    const worth = ({ value, takes }: Column) => takes.reduce((sum, take, i) => sum - take * prices[i]!, value);
    return columns.toSorted((a, b) => worth(b) - worth(a))[0];
  };

test("prices are what one more unit of a limit is worth", () => {
  // One unit takes 2 of the only limit and is worth 6.
  const prices = bestPrices([1], from({ value: 6, takes: Float64Array.of(2) }), solver);
  expect(prices[0]).toBeCloseTo(3, 12);
});

test("a column that is no number ends the search: rates may be so small that their ratios overflow", () => {
  const prices = bestPrices([1, 1], () => ({ value: 1, takes: Float64Array.of(Number.NaN, 0) }), solver);
  expect([...prices]).toEqual([0, 0]);
});
