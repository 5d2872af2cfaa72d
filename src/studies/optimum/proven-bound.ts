/** What no schedule can beat, in a metric, where a search has not proven its answer. */
import { type CaseBounds, caseBounds } from "../../analysis/bounds/index.ts";
import { solverOr } from "../../analysis/solver/index.ts";
import { modelsOf } from "../../core/scenario.ts";
import type { RunSetup } from "../../run/run-setup.ts";
import type { Workbench } from "../../run/workbench.ts";
import { boundedMetrics } from "../compare/bounded-metrics.ts";

/** undefined: none is known. `note` hears of a solver that is missing. */
export async function provenBound(
  { program, context, seed }: RunSetup,
  metric: string,
  workbench: Workbench,
  note: (remark: string) => void,
): Promise<number | undefined> {
  const boundOf = boundOfAnySchedule(metric);
  if (boundOf === undefined) return undefined;
  const solver = await solverOr((reason) => note(`note: no bound: ${reason}`));
  if (solver === undefined) return undefined;
  const costs = workbench.costs(modelsOf(program.scenario), program.system);
  const bounds = caseBounds({ program, context, seed }, costs, solver);
  return bounds && boundOf(bounds);
}

/** Other bounds on energy and UXCost are those of schedules that miss no more than some run. */
function boundOfAnySchedule(metric: string): ((bounds: CaseBounds) => number | undefined) | undefined {
  if (metric === "uxCost") return ({ uxCost }) => uxCost;
  if (metric === "energyMj") return undefined;
  const boundOf = boundedMetrics[metric];
  return boundOf && ((bounds) => boundOf(bounds, { tasks: [] }));
}
