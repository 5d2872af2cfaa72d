/** The cost table of one model: its costs, or the problems of its system. */
import type { Model } from "../../src/core/model.ts";
import type { System } from "../../src/core/system.ts";
import { CostError } from "../../src/cost/cost-problems.ts";
import { buildCostTable } from "../../src/cost/cost-table.ts";

export const costsOf = (model: Model, system: System) =>
  buildCostTable([model], system).models.get(model)!.variants[0]!;

/** Empty if there are none. */
export function problemsOf(model: Model, system: System) {
  try {
    buildCostTable([model], system);
  } catch (error) {
    if (error instanceof CostError) return error.problems;
    throw error;
  }
  return [];
}
