/** Costs of layers and models: what other folders may use. */
export { CostError, type CostProblem } from "./cost-problems.ts";
export { buildCostTable, wholeModelName } from "./cost-table.ts";
export {
  type EnergyGap,
  energyGaps,
  type KnownEnergy,
  knownEnergies,
  knowsNoEnergy,
  type RunPart,
} from "./known-energies.ts";
export { type LayerCost, layerCostModel } from "./layer-cost.ts";
export { LayerCostCache } from "./layer-cost-cache.ts";
export { type LayerCostRow, layerCostsOf, type MeasuredCost } from "./layer-costs.ts";
export type { PreparedCosts } from "./prepared-costs.ts";
export { type UnknownLoad, unknownLoads } from "./weight-loads.ts";
