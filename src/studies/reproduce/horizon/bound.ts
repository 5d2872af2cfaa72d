/** What no policy can do better in a case of horizon's comparison. */
import { setImmediate } from "node:timers/promises";
import { caseBounds } from "../../../analysis/bounds/index.ts";
import type { LinearSolver } from "../../../analysis/solver/index.ts";
import { mean } from "../../../analysis/statistics/mean.ts";
import { modelsOf } from "../../../core/scenario.ts";
import { runCaseOf } from "../../../run/run-case.ts";
import type { RunRequest } from "../../../run/run-setup.ts";
import type { Workbench } from "../../../run/workbench.ts";
import type { Bench } from "../paper.ts";

/** A run without its scheduler and seed. */
export type BoundedRequest = Omit<RunRequest, "scheduler" | "parameters" | "seed">;

/**
 * Proven lower bound on guarded UXCost, as a mean over the very draws of the seeds; undefined if it is not known for one
 * of them, or 0, to which nothing has a ratio.
 */
export async function leastGuardedOf(
  request: BoundedRequest,
  seeds: readonly number[],
  solver: LinearSolver,
  { workbench, signal }: Pick<Bench, "workbench" | "signal">,
): Promise<number | undefined> {
  const bounds: number[] = [];
  for (const seed of seeds) {
    // The solver never yields to the event loop, which hands points to threads and delivers signals.
    await setImmediate();
    signal.throwIfAborted();
    const bound = boundOfSeed(request, seed, solver, workbench);
    if (bound === undefined) return undefined;
    bounds.push(bound);
  }
  const least = mean(bounds);
  return least > 0 ? least : undefined;
}

/** In these cases the full bound is closer by less than a thousandth, and takes twice as long. */
function boundOfSeed(
  request: BoundedRequest,
  seed: number,
  solver: LinearSolver,
  workbench: Workbench,
): number | undefined {
  const { program, context } = runCaseOf({ ...request, seed }, workbench);
  const costs = workbench.costs(modelsOf(program.scenario), program.system);
  return caseBounds({ program, context, seed }, costs, solver, { effort: "fast" })?.uxCostGuarded;
}
