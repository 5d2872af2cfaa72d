/** Layer costs by shape: scenarios repeat layers, and systems repeat accelerators. */
import type { Layer } from "../core/layer.ts";
import type { Variant } from "../core/model.ts";
import { type ColumnCosts, type Cost, columnCosts } from "./column-costs.ts";
import { type AnalyticAccelerator, type LayerCost, type LayerCostModel, layerCostModel } from "./layer-cost.ts";
import { acceleratorShape, layerShape, PREPARED_BYTES, type PreparedCosts } from "./prepared-costs.ts";

/** About 0.6 KB each. All built-in scenarios on all systems have about 10^4; a sweep may have any number. */
const MOST_COSTS = 100_000;

/** Caches costs; layers and accelerators of the same shape share one. */
export class LayerCostCache {
  readonly #mostCosts: number;
  readonly #prepared: PreparedCosts | undefined;
  #byAccelerator = new WeakMap<AnalyticAccelerator, AcceleratorCosts>();
  #byShape = new Map<string, AcceleratorCosts>();
  #shapes: LayerShapes;
  #costs = 0;

  /** Prepared costs need not be computed. */
  constructor(mostCosts = MOST_COSTS, prepared?: PreparedCosts) {
    this.#mostCosts = mostCosts;
    this.#prepared = prepared;
    this.#shapes = new LayerShapes(prepared?.layerShapes);
  }

  /** As `layerCostModel`, with its costs cached. */
  costModel(accelerator: AnalyticAccelerator): LayerCostModel | undefined {
    return this.#costsOf(accelerator).costModel();
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
    costs = this.#byShape.get(shape) ?? this.#newCosts(accelerator, shape);
    this.#byShape.set(shape, costs);
    this.#byAccelerator.set(accelerator, costs);
    return costs;
  }

  #newCosts(accelerator: AnalyticAccelerator, shape: string): AcceleratorCosts {
    const prepared = this.#prepared?.costsOn(shape) ?? [];
    return new AcceleratorCosts(() => this.#remembered(layerCostModel(accelerator)), prepared, this.#shapes);
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
    this.#shapes = new LayerShapes(this.#prepared?.layerShapes);
    this.#costs = 0;
  }
}

/** Costs on accelerators of one shape. */
class AcceleratorCosts {
  /** Made when a cost is first computed, because that takes as long as some layers. */
  readonly #makeModel: () => LayerCostModel | undefined;
  #made: { readonly costModel: LayerCostModel | undefined } | undefined;
  /** By the shape of the layer. */
  readonly #prepared: readonly Cost[];
  readonly #shapes: LayerShapes;
  /** By bytes per element. */
  readonly #columns = new Map<number, WeakMap<Variant, ColumnCosts>>();

  constructor(makeModel: () => LayerCostModel | undefined, prepared: readonly Cost[], shapes: LayerShapes) {
    this.#makeModel = makeModel;
    this.#prepared = prepared;
    this.#shapes = shapes;
  }

  costModel(): LayerCostModel | undefined {
    this.#made ??= { costModel: this.#makeModel() };
    return this.#made.costModel;
  }

  columnCosts(variant: Variant, bytesPerElement: number): ColumnCosts {
    let ofSize = this.#columns.get(bytesPerElement);
    if (ofSize === undefined) {
      ofSize = new WeakMap();
      this.#columns.set(bytesPerElement, ofSize);
    }
    let costs = ofSize.get(variant);
    if (costs === undefined) {
      costs = columnCosts(variant.layers.map((layer) => this.#cost(layer, bytesPerElement)));
      ofSize.set(variant, costs);
    }
    return costs;
  }

  #cost(layer: Layer, bytesPerElement: number): Cost | undefined {
    const isPrepared = bytesPerElement === PREPARED_BYTES && this.#prepared.length > 0;
    const prepared = isPrepared ? this.#prepared[this.#shapes.indexOf(layer)] : undefined;
    return prepared ?? this.costModel()?.(layer, bytesPerElement);
  }
}

/** Numbers the shapes of layers. Writing a shape takes as long as some costs, so each layer's is written once. */
class LayerShapes {
  readonly #indexes: Map<string, number>;
  readonly #indexOf = new WeakMap<Layer, number>();

  /** Those of the prepared costs come first. */
  constructor(known: readonly string[] = []) {
    this.#indexes = new Map(known.map((shape, index) => [shape, index]));
  }

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
