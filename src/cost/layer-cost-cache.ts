/** Layer costs by shape: scenarios repeat layers, and systems repeat accelerators. */
import type { Layer } from "../core/layer.ts";
import { type AnalyticAccelerator, type LayerCost, type LayerCostModel, layerCostModel } from "./layer-cost.ts";

/** Some 0.6 KB each. A comparison of all shipped scenarios on all systems has some 10^4; a sweep may go on for ever. */
const MOST_COSTS = 100_000;

/** Remembers the costs that it was asked for; layers and accelerators of the same shape share one. */
export class LayerCostCache {
  readonly #mostCosts: number;
  readonly #costModels = new Map<string, LayerCostModel | undefined>();
  #costs = 0;

  constructor(mostCosts = MOST_COSTS) {
    this.#mostCosts = mostCosts;
  }

  /** As `layerCostModel`, remembered. */
  costModel(accelerator: AnalyticAccelerator): LayerCostModel | undefined {
    if (this.#costs > this.#mostCosts) this.#forget();
    const key = acceleratorShape(accelerator);
    if (!this.#costModels.has(key)) {
      const costModel = layerCostModel(accelerator);
      this.#costModels.set(key, costModel && remembered(costModel, () => (this.#costs += 1)));
    }
    return this.#costModels.get(key);
  }

  /** All at once: which of them a sweep comes back to, nothing tells. */
  #forget(): void {
    this.#costModels.clear();
    this.#costs = 0;
  }
}

function remembered(costModel: LayerCostModel, made: () => void): LayerCostModel {
  const costs = new Map<string, LayerCost>();
  return (layer, bytesPerElement) => {
    const key = layerShape(layer, bytesPerElement);
    const known = costs.get(key);
    if (known !== undefined) return known;
    const cost = costModel(layer, bytesPerElement);
    costs.set(key, cost);
    made();
    return cost;
  };
}

/** All that a cost may depend on: everything but the names. */
function layerShape(layer: Layer, bytesPerElement: number): string {
  if (layer.kind === "memory") return `memory ${layer.inputElements} ${layer.outputElements} ${bytesPerElement}`;
  const { operator, batch, groups, outputChannels, inputChannels, weightElements } = layer;
  const { outputRows, outputColumns, filterRows, filterColumns } = layer;
  const { strideRows, strideColumns, sweptRows, sweptColumns } = layer;
  const channels = `${operator} ${batch} ${groups} ${outputChannels} ${inputChannels} ${weightElements > 0}`;
  const extents = `${outputRows} ${outputColumns} ${filterRows} ${filterColumns}`;
  return `${channels} ${extents} ${strideRows} ${strideColumns} ${sweptRows} ${sweptColumns} ${bytesPerElement}`;
}

/** Only a systolic array's cost depends on how its PEs are cut into units. */
function acceleratorShape({ clockGHz, pes, globalBufferBytes, units, costs }: AnalyticAccelerator): string {
  const sizes = [clockGHz, pes, String(globalBufferBytes)];
  if (costs.kind === "systolic") return JSON.stringify([...sizes, units, costs]);
  const { dataflow, ...others } = costs;
  return JSON.stringify([...sizes, dataflow.directives, others]);
}
