/** What of a case's bounds an outcome shows to be wrong. Any schedule may try: of a policy, at random, or the best there is. */
import type { CaseBounds } from "../../../src/analysis/bounds/index.ts";
import type { Outcome } from "../../../src/metrics/outcome.ts";
import { uxCost, uxCostGuarded, uxCostTerms } from "../../../src/metrics/ux-cost.ts";

/** Of sums in another order. */
const ROUNDING = 1e-9;

/** Names of the bounds that the outcome is below. */
export function refuted(bounds: CaseBounds, outcome: Outcome): readonly string[] {
  const { violations, withDeadline, energyPj } = outcome.all;
  const rates = uxCostTerms(outcome).reduce((sum, { violationTerm }) => sum + (violationTerm ?? 0), 0);
  const [cost, costGuarded] = [uxCost.scenario(outcome), uxCostGuarded.scenario(outcome)];
  const isBelow = (value: number | undefined, bound: number | undefined) =>
    value !== undefined && bound !== undefined && value < bound * (1 - ROUNDING) - 1e-300;
  const parts = {
    jobs: withDeadline !== bounds.jobs,
    violations: violations < bounds.violations,
    violationRates: isBelow(rates, bounds.violationRates),
    energy: isBelow(energyPj / 1e9, bounds.leastEnergyMj(violations)),
    uxCost: isBelow(cost, bounds.uxCost),
    uxCostOfRates: isBelow(cost, bounds.leastUxCost(rates)),
    uxCostGuarded: isBelow(costGuarded, bounds.uxCostGuarded),
  };
  return Object.entries(parts).flatMap(([part, isRefuted]) => (isRefuted ? [part] : []));
}
