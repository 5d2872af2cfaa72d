/** The largest factor that is not proven infeasible. No scheduler can carry more. */

import { setImmediate } from "node:timers/promises";
import type { CapacityCeiling } from "../../records/capacity.ts";
import { type CaseLoad, isJudged } from "./case-load.ts";
import { Curve, landmarks, type Reading } from "./curve.ts";
import { type FactorGrid, factorAt } from "./factor-grid.ts";
import { searchLargest } from "./search.ts";
import type { CapacitySettings } from "./settings.ts";

/**
 * Undefined if nothing is proven for any factor of the grid or any of the bounds. `from`: a step at which the bounds
 * hold with some scheduler, so that the ceiling cannot be lower.
 */
export async function findCeiling(
  grid: FactorGrid,
  load: CaseLoad,
  { bounds, warmupMs }: CapacitySettings,
  { from, signal }: { readonly from: number; readonly signal: AbortSignal },
): Promise<CapacityCeiling | undefined> {
  const judged = bounds.filter((bound) => isJudged(bound, warmupMs));
  if (judged.length === 0) return undefined;
  const curve = new Curve<Reading>();
  const look = async (steps: readonly number[]): Promise<readonly Reading[]> => {
    const readings: Reading[] = [];
    for (const step of steps) {
      // Ctrl-C is handled only when the event loop runs.
      await setImmediate();
      signal.throwIfAborted();
      const isRuledOut = load.isRuledOut(factorAt(grid, step), judged);
      readings.push({ holds: !isRuledOut, surelyHolds: false, surelyFails: isRuledOut });
    }
    return readings;
  };
  await searchLargest(curve, look, { grid, atOnce: 1, from });
  const { largest, failsFrom } = landmarks(curve);
  if (failsFrom === undefined) return undefined;
  const ruledOut = curve.steps().filter((step) => step >= failsFrom).length;
  return {
    factor: largest === undefined ? null : factorAt(grid, largest),
    ruledOutFrom: factorAt(grid, failsFrom),
    ruledOut,
  };
}
