/** Columns of a cost table: each accelerator at each number of its units. */
import type { Model, Variant } from "../core/model.ts";
import type { Accelerator, System, TableCosts } from "../core/system.ts";
import { type AnalyticAccelerator, isAnalytic } from "./layer-cost.ts";
import type { LayerCostCache } from "./layer-cost-cache.ts";
import { measurementsOf } from "./table.ts";

export interface Cost {
  /** Whole ns. */
  readonly latencyNs: number;
  /** 0 where it was not measured. */
  readonly energyPj: number;
}

/** Costs on one accelerator at one size; undefined where it cannot run the layer or the model. */
export interface CostColumn {
  layers(model: Model, variant: Variant): readonly (Cost | undefined)[];
  wholeModel(model: Model, variant: Variant): Cost | undefined;
}

/** In the order of `columnOf`. */
export function columnsOf({ accelerators }: System, cache: LayerCostCache): readonly CostColumn[] {
  return accelerators.flatMap((accelerator) =>
    Array.from({ length: accelerator.units }, (_, i) => columnFor(accelerator, i + 1, cache)),
  );
}

function columnFor(accelerator: Accelerator, units: number, cache: LayerCostCache): CostColumn {
  if (isAnalytic(accelerator)) return analyticColumn(withUnits(accelerator, units), cache);
  return measuredColumn(accelerator.costs as TableCosts, accelerator.units, units);
}

/** Adaptation: u of N units are an accelerator with u / N of the PEs (rounded down), bandwidths and buffer. */
export function withUnits(accelerator: AnalyticAccelerator, units: number): AnalyticAccelerator {
  if (units === accelerator.units) return accelerator;
  const { costs } = accelerator;
  const share = units / accelerator.units;
  const offChip = costs.offChip && { ...costs.offChip, bandwidthGBs: costs.offChip.bandwidthGBs * share };
  return {
    ...accelerator,
    pes: Math.floor((accelerator.pes * units) / accelerator.units),
    globalBufferBytes: accelerator.globalBufferBytes * share,
    costs: {
      ...costs,
      nocElementsPerCycle: costs.nocElementsPerCycle.map((elements) => elements * share),
      ...(offChip === undefined ? {} : { offChip }),
    },
  };
}

function analyticColumn(accelerator: AnalyticAccelerator, cache: LayerCostCache): CostColumn {
  const costModel = cache.costModel(accelerator);
  const layers = (model: Model, variant: Variant) =>
    variant.layers.map((layer) => costModel?.(layer, model.bytesPerElement));
  return { layers, wholeModel: (model, variant) => sumOf(layers(model, variant)) };
}

function measuredColumn(costs: TableCosts, allUnits: number, units: number): CostColumn {
  const layers = (model: Model, variant: Variant) => {
    const measurements = measurementsOf(costs, allUnits, model, variant);
    return variant.layers.map((layer) => measured(measurements.rowOf(layer.name, units)));
  };
  return {
    layers,
    wholeModel: (model, variant) =>
      measured(measurementsOf(costs, allUnits, model, variant).rowOf(undefined, units)) ??
      sumOf(layers(model, variant)),
  };
}

function measured(row: { readonly latencyNs: number; readonly energyPj?: number } | undefined): Cost | undefined {
  return row && { latencyNs: Math.round(row.latencyNs), energyPj: row.energyPj ?? 0 };
}

/** Undefined where there is nothing to sum or a layer cannot run. */
function sumOf(costs: readonly (Cost | undefined)[]): Cost | undefined {
  if (costs.length === 0) return undefined;
  let latencyNs = 0;
  let energyPj = 0;
  for (const cost of costs) {
    if (cost === undefined) return undefined;
    latencyNs += cost.latencyNs;
    energyPj += cost.energyPj;
  }
  return { latencyNs, energyPj };
}
