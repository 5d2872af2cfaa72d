/** Layer costs by shape: scenarios repeat layers, and systems repeat accelerators. */
import type { ConvolutionLayer, Layer } from "../core/layer.ts";
import type { Variant } from "../core/model.ts";
import { type ColumnCosts, columnCosts } from "./column-costs.ts";
import { type AnalyticAccelerator, type LayerCost, type LayerCostModel, layerCostModel } from "./layer-cost.ts";

/** About 0.6 KB each. All built-in scenarios on all systems have about 10^4; a sweep may have any number. */
const MOST_COSTS = 100_000;

/** Caches costs; layers and accelerators of the same shape share one. */
export class LayerCostCache {
  readonly #mostCosts: number;
  #byAccelerator = new WeakMap<AnalyticAccelerator, AcceleratorCosts>();
  #byShape = new Map<string, AcceleratorCosts>();
  #shapes = new LayerShapes();
  #costs = 0;

  constructor(mostCosts = MOST_COSTS) {
    this.#mostCosts = mostCosts;
  }

  /** As `layerCostModel`, with its costs cached. */
  costModel(accelerator: AnalyticAccelerator): LayerCostModel | undefined {
    return this.#costsOf(accelerator).costModel;
  }

  /** The costs of all layers of a variant. */
  columnCosts(accelerator: AnalyticAccelerator, variant: Variant, bytesPerElement: number): ColumnCosts {
    return this.#costsOf(accelerator).columnCosts(variant, bytesPerElement);
  }

  #costsOf(accelerator: AnalyticAccelerator): AcceleratorCosts {
    if (this.#costs > this.#mostCosts) this.#forget();
    let costs = this.#byAccelerator.get(accelerator);
    if (costs !== undefined) return costs;
    const shape = acceleratorShape(accelerator);
    costs = this.#byShape.get(shape) ?? new AcceleratorCosts(this.#remembered(layerCostModel(accelerator)));
    this.#byShape.set(shape, costs);
    this.#byAccelerator.set(accelerator, costs);
    return costs;
  }

  #remembered(costModel: LayerCostModel | undefined): LayerCostModel | undefined {
    if (costModel === undefined) return undefined;
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
    this.#byAccelerator = new WeakMap();
    this.#byShape.clear();
    this.#shapes = new LayerShapes();
    this.#costs = 0;
  }
}

/** Costs on accelerators of one shape. */
class AcceleratorCosts {
  readonly costModel: LayerCostModel | undefined;
  /** By bytes per element. */
  readonly #columns = new Map<number, WeakMap<Variant, ColumnCosts>>();

  constructor(costModel: LayerCostModel | undefined) {
    this.costModel = costModel;
  }

  columnCosts(variant: Variant, bytesPerElement: number): ColumnCosts {
    let ofSize = this.#columns.get(bytesPerElement);
    if (ofSize === undefined) {
      ofSize = new WeakMap();
      this.#columns.set(bytesPerElement, ofSize);
    }
    let costs = ofSize.get(variant);
    if (costs === undefined) {
      costs = columnCosts(variant.layers.map((layer) => this.costModel?.(layer, bytesPerElement)));
      ofSize.set(variant, costs);
    }
    return costs;
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
