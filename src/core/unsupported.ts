/** What a simulation would need and a cost table does not contain. */
import { type Branch, branchesOf } from "./branches.ts";
import { type CostTable, costsOf } from "./costs.ts";
import type { Model } from "./model.ts";
import { modelsOf, type Scenario } from "./scenario.ts";
import type { System } from "./system.ts";

/** What cannot be simulated with these costs, in words; empty: nothing. */
export function unsupported(scenario: Scenario, costs: CostTable, system: System): string[] {
  return [...unsupportedModels(scenario, costs), ...unsupportedCap(scenario, costs, system)];
}

/** A cap chooses among operating points by the power of everything that runs. */
function unsupportedCap(scenario: Scenario, costs: CostTable, { powerCapMw, accelerators }: System): string[] {
  if (powerCapMw === undefined || accelerators.every(({ operatingPoints }) => operatingPoints === undefined)) return [];
  return modelsOf(scenario)
    .filter((model) => costsOf(costs, model).variants.some(({ energyPj }) => energyPj.some(Number.isNaN)))
    .map(
      ({ name }) =>
        `the power cap needs energies, and the costs of model "${name}" do not have them all; add them, or remove powerCapMw`,
    );
}

function unsupportedModels(scenario: Scenario, costs: CostTable): string[] {
  return modelsOf(scenario).flatMap((model) =>
    model.variants.flatMap((variant, index) => {
      const name = model.variants.length === 1 ? `model "${model.name}"` : `variant ${variant.name} of "${model.name}"`;
      const branches = branchesOf(variant);
      const { layers } = costsOf(costs, model).variants[index]!;
      if (branches.length > 0 && layers !== variant.layers.length) {
        return [`${name} is measured as a whole, so its skips, exits and lengths cannot be simulated`];
      }
      if (layers !== variant.layers.length && hasSwitchesToLayers(model, costs)) {
        return [`${name} is measured as a whole and others by layers, so no job can change to it at a switch point`];
      }
      if (canBeEmpty(branches, layers)) return [`${name} may skip all of its layers; at least one must always run`];
      const isSkipped = (point: readonly number[]) => branches.some((branch) => jumpsOver(branch, point[index]!));
      return model.switchPoints?.some(isSkipped) ? [`${name} has a switch point at a layer that may be skipped`] : [];
    }),
  );
}

/**
 * Whether a variant has a row per layer. Another variant with a single row has no layer at which a job could continue.
 */
const hasSwitchesToLayers = (model: Model, costs: CostTable): boolean =>
  model.switchPoints !== undefined &&
  costsOf(costs, model).variants.some(({ layers }, index) => layers === model.variants[index]!.layers.length);

/** A job that changes its variant there could not know whether anything is left to run. */
const jumpsOver = ({ layer, target, exitIndex }: Branch, at: number): boolean =>
  exitIndex < 0 && layer <= at && at < target;

/** Whether jumps alone may lead from the first layer to the end. */
function canBeEmpty(branches: readonly Branch[], layers: number): boolean {
  const reached = new Set([0]);
  for (const { layer, target, exitIndex } of branches) if (exitIndex < 0 && reached.has(layer)) reached.add(target);
  return reached.has(layers);
}
