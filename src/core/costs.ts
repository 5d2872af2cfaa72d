/**
 * Cost tables: what each layer takes on each accelerator.
 *
 * A column is one accelerator at one size: accelerator a with u of its units is `columnOf(accelerators, a, u)`;
 * without fission, columns are accelerators. Flat arrays are indexed [layer * columns + column].
 */
import type { Model } from "./model.ts";
import type { Spread } from "./spread.ts";
import type { Accelerator } from "./system.ts";

/** Costs of a variant, by layer and column. */
export interface VariantCosts {
  readonly variantName: string;
  /** 1 if a table gives the cost of the whole model; of a measured model, those that its rows name. */
  readonly layers: number;
  readonly layerNames: readonly string[];
  /** Whole ns, [layer * columns + column]; Infinity if the accelerator cannot run the layer. */
  readonly latencyNs: Float64Array;
  /** [layer * columns + column]; NaN if it is not known, 0 if the accelerator cannot run the layer. */
  readonly energyPj: Float64Array;
  /** Tiles at whose ends a layer can stop or change size, [layer * columns + column]; absent: at any whole ns. */
  readonly tiles?: Float64Array;
  /** Off-chip traffic of each layer, bytes, [layer * columns + column]; absent: none is modelled. */
  readonly offChipBytes?: Float64Array;
  /** How times vary around `latencyNs`, [layer * columns + column]; absent: no layer varies. */
  readonly spreads?: readonly (Spread | undefined)[];
  /** Live activations before each layer (output of the one before; 0 before the first), [layer]. */
  readonly boundaryBytes: Float64Array;
  /** Live activations in the middle of each layer (its inputs and outputs), [layer]. */
  readonly liveBytes: Float64Array;
  /** What loading weights takes; absent: no accelerator has a memory for them. */
  readonly loads?: LoadCosts;
}

/** What it takes to load the weights of a layer, [layer * columns + column]; 0 where there is nothing to load. */
export interface LoadCosts {
  /** Whole ns. */
  readonly ns: Float64Array;
  readonly pj: Float64Array;
  /** Moved, and held in the memory. NaN: not known; nothing else fits beside them. */
  readonly bytes: Float64Array;
  /** The layer whose weights each layer uses: its own, or those of the first step of its loop; [layer]. */
  readonly weightsOf: Int32Array;
}

/** Costs of a model. */
export interface ModelCosts {
  readonly model: Model;
  /** In the order of the model's variants. */
  readonly variants: readonly VariantCosts[];
}

/** What every layer costs on every accelerator. */
export interface CostTable {
  readonly columns: number;
  /** One entry per distinct model. */
  readonly models: ReadonlyMap<Model, ModelCosts>;
}

/** Costs of one model. Throws RangeError for a model that is not in the table. */
export function costsOf(costs: CostTable, model: Model): ModelCosts {
  const found = costs.models.get(model);
  if (found === undefined) throw new RangeError(`no costs for model ${model.name}`);
  return found;
}

/** Number of columns of a system's cost table. */
export function columnCount(accelerators: readonly Accelerator[]): number {
  return accelerators.reduce((columns, accelerator) => columns + accelerator.units, 0);
}

/** Column of accelerator `acceleratorIndex` with `units` of its units (1 to all). */
export function columnOf(accelerators: readonly Accelerator[], acceleratorIndex: number, units: number): number {
  return columnCount(accelerators.slice(0, acceleratorIndex)) + units - 1;
}
