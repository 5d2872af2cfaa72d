/** The least that a job of a task asks of the accelerators, whatever a policy does with it. */
import type { CostTable, VariantCosts } from "../../core/costs.ts";
import type { Model } from "../../core/model.ts";
import type { Accelerator, System } from "../../core/system.ts";
import { layerPresence } from "./layer-presence.ts";

/** Of one job, by variant that a policy may choose. */
export interface JobWork {
  readonly accelerators: number;
  readonly variants: readonly VariantWork[];
}

export interface VariantWork {
  readonly layers: number;
  /** Time of a whole accelerator that a layer takes there, at its thriftiest number of units, [layer * accelerators + a]. */
  readonly workNs: Float64Array;
  /** Of each layer where it is fastest, on any number of units. */
  readonly fastestNs: Float64Array;
  readonly least: readonly number[];
  readonly expected: readonly number[];
}

export function jobWork(model: Model, system: System, costs: CostTable): JobWork {
  const found = costs.models.get(model);
  if (found === undefined) throw new RangeError(`no costs for model ${model.name}`);
  const { accelerators } = system;
  const variants = found.variants.map((variantCosts, index) => ({
    layers: variantCosts.layers,
    workNs: workOf(variantCosts, accelerators, costs.columns),
    fastestNs: fastestOf(variantCosts, costs.columns),
    ...layerPresence(model.variants[index]!, variantCosts.layers),
  }));
  return { accelerators: accelerators.length, variants };
}

function workOf(
  { layers, latencyNs }: VariantCosts,
  accelerators: readonly Accelerator[],
  columns: number,
): Float64Array {
  const workNs = new Float64Array(layers * accelerators.length);
  for (let layer = 0; layer < layers; layer++) {
    let column = layer * columns;
    accelerators.forEach(({ units }, a) => {
      const choices = Array.from({ length: units }, (_, i) => (latencyNs[column + i]! * (i + 1)) / units);
      workNs[layer * accelerators.length + a] = Math.min(...choices);
      column += units;
    });
  }
  return workNs;
}

function fastestOf({ layers, latencyNs }: VariantCosts, columns: number): Float64Array {
  return Float64Array.from({ length: layers }, (_, layer) =>
    latencyNs.subarray(layer * columns, (layer + 1) * columns).reduce((least, ns) => Math.min(least, ns), Infinity),
  );
}

/** Shortest time from release to completion: every layer that cannot be avoided, where it is fastest. */
export function shortestNs(work: JobWork): number {
  return Math.min(...work.variants.map(({ fastestNs, least }) => weightedSum(fastestNs, least)));
}

/** Sum over the entries that count at all: nothing of an infinite latency is nothing. */
function weightedSum(values: Float64Array, weights: readonly number[]): number {
  return values.reduce((sum, value, i) => (weights[i] === 0 ? sum : sum + value * weights[i]!), 0);
}

export type Presence = "least" | "expected";

/**
 * Least value of a job's work when a ns of accelerator a is priced prices[a]: each layer where it is cheapest.
 * Whatever mix of accelerators runs the job, time x price over all of them is at least this. `roundingNs` is what
 * rounding may save on the last piece of a layer that was checkpointed (core/lanes.ts).
 */
export function leastPriced(work: JobWork, prices: Float64Array, presence: Presence, roundingNs: number): number {
  return Math.min(...work.variants.map((variant) => variantPrice(variant, prices, presence, roundingNs)));
}

function variantPrice(variant: VariantWork, prices: Float64Array, presence: Presence, roundingNs: number): number {
  const saving = roundingNs * Math.max(...prices);
  return variant[presence].reduce((sum, weight, layer) => {
    if (weight === 0) return sum;
    return sum + weight * Math.max(0, pricedLayer(variant, layer, prices).price - saving);
  }, 0);
}

/** Adds the load of the job placed as `leastPriced` has it, `times` over, to that of each accelerator. */
export function addCheapestLoad(
  work: JobWork,
  prices: Float64Array,
  presence: Presence,
  times: number,
  loadNs: Float64Array,
): void {
  const totals = work.variants.map((variant) => variantPrice(variant, prices, presence, 0));
  const variant = work.variants[totals.indexOf(Math.min(...totals))]!;
  variant[presence].forEach((weight, layer) => {
    if (weight === 0) return;
    const { accelerator } = pricedLayer(variant, layer, prices);
    const ns = times * weight * variant.workNs[layer * work.accelerators + accelerator]!;
    loadNs[accelerator] = loadNs[accelerator]! + ns;
  });
}

/** Where a layer is cheapest; ties go to where it takes least time. */
function pricedLayer(
  { workNs }: VariantWork,
  layer: number,
  prices: Float64Array,
): { price: number; accelerator: number } {
  let accelerator = 0;
  let price = Infinity;
  let leastNs = Infinity;
  for (let a = 0; a < prices.length; a++) {
    const ns = workNs[layer * prices.length + a]!;
    const priced = ns === Infinity ? Infinity : prices[a]! * ns;
    if (priced < price || (priced === price && ns < leastNs)) [accelerator, price, leastNs] = [a, priced, ns];
  }
  return { price, accelerator };
}
