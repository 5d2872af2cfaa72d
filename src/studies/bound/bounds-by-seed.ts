/** The bounds of a case on the draws of several seeds. */
import { type CaseBounds, caseBounds } from "../../analysis/bounds/index.ts";
import { dependsOnSeed } from "../../analysis/feasibility/index.ts";
import type { LinearSolver } from "../../analysis/solver/index.ts";
import { modelsOf } from "../../core/scenario.ts";
import type { RunCase } from "../../run/run-setup.ts";
import type { Workbench } from "../../run/workbench.ts";

export interface BoundingParts {
  readonly workbench: Workbench;
  readonly solver: LinearSolver;
}

/** Of each seed in turn, when it is asked for; undefined: nothing is known. */
export function* boundsBySeed(
  caseAt: (seed: number) => RunCase,
  seeds: readonly number[],
  { workbench, solver }: BoundingParts,
): Generator<CaseBounds | undefined, void> {
  let first: { readonly program: RunCase["program"]; readonly bounds: CaseBounds | undefined } | undefined;
  for (const seed of seeds) {
    const { program, context } = caseAt(seed);
    // Without draws every seed has the same jobs. Generated tasks differ by seed, and so does their program.
    if (first?.program === program && !dependsOnSeed(program)) {
      yield first.bounds;
      continue;
    }
    const costs = workbench.costs(modelsOf(program.scenario), program.system);
    const bounds = caseBounds({ program, context, seed }, costs, solver);
    first ??= { program, bounds };
    yield bounds;
  }
}
