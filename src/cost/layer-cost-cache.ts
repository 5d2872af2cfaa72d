/** Layer costs by shape: scenarios repeat layers, and systems repeat accelerators. */
import type { ConvolutionLayer, Layer } from "../core/layer.ts";
import { type AnalyticAccelerator, type LayerCost, type LayerCostModel, layerCostModel } from "./layer-cost.ts";

/** About 0.6 KB each. All built-in scenarios on all systems have about 10^4; a sweep may have any number. */
const MOST_COSTS = 100_000;

/** Caches costs; layers and accelerators of the same shape share one. */
export class LayerCostCache {
  readonly #mostCosts: number;
  readonly #costModels = new Map<string, LayerCostModel | undefined>();
  #shapes = new LayerShapes();
  #costs = 0;

  constructor(mostCosts = MOST_COSTS) {
    this.#mostCosts = mostCosts;
  }

  /** As `layerCostModel`, with its costs cached. */
  costModel(accelerator: AnalyticAccelerator): LayerCostModel | undefined {
    if (this.#costs > this.#mostCosts) this.#forget();
    const key = acceleratorShape(accelerator);
    if (!this.#costModels.has(key)) {
      const costModel = layerCostModel(accelerator);
      this.#costModels.set(key, costModel && this.#remembered(costModel));
    }
    return this.#costModels.get(key);
  }

  #remembered(costModel: LayerCostModel): LayerCostModel {
    const shapes = this.#shapes;
    /** By bytes per element, then by the layer's shape. */
    const costs = new Map<number, Map<number, LayerCost>>();
    return (layer, bytesPerElement) => {
      const ofSize = costs.get(bytesPerElement) ?? new Map<number, LayerCost>();
      if (ofSize.size === 0) costs.set(bytesPerElement, ofSize);
      const shape = shapes.indexOf(layer);
      const known = ofSize.get(shape);
      if (known !== undefined) return known;
      const cost = costModel(layer, bytesPerElement);
      ofSize.set(shape, cost);
      this.#costs += 1;
      return cost;
    };
  }

  /** Discards all entries, because nothing shows which ones a sweep will need again. */
  #forget(): void {
    this.#costModels.clear();
    this.#shapes = new LayerShapes();
    this.#costs = 0;
  }
}

/** Numbers the shapes of layers. Writing a shape takes as long as some costs, so each layer's is written once. */
class LayerShapes {
  readonly #indexes = new Map<string, number>();
  readonly #indexOf = new WeakMap<Layer, number>();

  indexOf(layer: Layer): number {
    const known = this.#indexOf.get(layer);
    if (known !== undefined) return known;
    const shape = layerShape(layer);
    const index = this.#indexes.get(shape) ?? this.#indexes.size;
    this.#indexes.set(shape, index);
    this.#indexOf.set(layer, index);
    return index;
  }
}

/** Everything that a cost may depend on: all fields except the names. */
function layerShape(layer: Layer): string {
  if (layer.kind === "memory") return `memory ${layer.inputElements} ${layer.outputElements}`;
  const { operator, batch, groups, outputChannels, inputChannels } = layer;
  const channels = `${operator} ${batch} ${groups} ${outputChannels} ${inputChannels}`;
  const elements = `${layer.inputElements} ${layer.outputElements} ${layer.weightElements}`;
  return `${channels} ${elements} ${along("Rows", layer)} ${along("Columns", layer)}`;
}

/** The window along one axis. */
function along(axis: "Rows" | "Columns", layer: ConvolutionLayer): string {
  const sizes = `${layer[`output${axis}`]} ${layer[`filter${axis}`]} ${layer[`input${axis}`]} ${layer[`swept${axis}`]}`;
  return `${sizes} ${layer[`stride${axis}`]} ${layer[`dilation${axis}`]} ${layer[`padding${axis}`]}`;
}

/** Only the cost of a systolic array depends on how its PEs are divided into units. */
function acceleratorShape({ clockGHz, pes, globalBufferBytes, units, costs, weights }: AnalyticAccelerator): string {
  const sizes = [clockGHz, pes, String(globalBufferBytes), weights !== undefined];
  if (costs.kind === "systolic") return JSON.stringify([...sizes, units, costs]);
  const { dataflow, ...others } = costs;
  return JSON.stringify([...sizes, dataflow.directives, others]);
}
