/** Costs of one layer alone, for tests. */
import type { Layer } from "../../src/core/layer.ts";
import type { Dataflow, EnergyPerAccess } from "../../src/core/system.ts";
import { type AnalyticAccelerator, type LayerCost, layerCostModel } from "../../src/cost/layer-cost.ts";
import { type MaestroCost, type MaestroLayer, maestroCostModel } from "../../src/cost/maestro.ts";

/** 2.88 pJ a MAC, 0.55 of it an L1 access, 6 of it an L2 access (docs/references.md#maestro-energy). */
export const maestroEnergy: EnergyPerAccess = { macPj: 2.88, l1Pj: 1.584, l2Pj: 17.28 };

export const maestroCost = (
  layer: MaestroLayer,
  dataflow: Dataflow,
  pes: number,
  nocElementsPerCycle: readonly number[],
): MaestroCost => maestroCostModel(dataflow, pes, nocElementsPerCycle, maestroEnergy)!(layer);

/** Undefined where the accelerator has fewer PEs than one cluster. */
export const layerCost = (
  layer: Layer,
  accelerator: AnalyticAccelerator,
  bytesPerElement: number,
): LayerCost | undefined => layerCostModel(accelerator)?.(layer, bytesPerElement);
