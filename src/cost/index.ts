/** Costs of layers and models: what other folders may use. */
export { CostError, type CostProblem, type MissingEnergy, missingEnergies, rowProblems } from "./cost-problems.ts";
export { buildCostTable, wholeModelName } from "./cost-table.ts";
export { type DataCentricCost, dataCentricCostModel } from "./data-centric.ts";
export { type AnalyticAccelerator, isAnalytic, type LayerCost, layerCost, layerCostModel } from "./layer-cost.ts";
export { LayerCostCache } from "./layer-cost-cache.ts";
export { type LayerCostRow, layerCostsOf, type MeasuredCost } from "./layer-costs.ts";
export { type MaestroCost, type MaestroLayer, maestroCost, maestroCostModel } from "./maestro.ts";
