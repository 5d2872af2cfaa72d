/** All known costs of every layer of a model on every accelerator of a system, for `rtmm cost`. */
import type { Layer } from "../core/layer.ts";
import type { Model, Variant } from "../core/model.ts";
import type { Accelerator, System, TableCosts, TableRow } from "../core/system.ts";
import { wholeModelName } from "./cost-table.ts";
import { isAnalytic, type LayerCost } from "./layer-cost.ts";
import { LayerCostCache } from "./layer-cost-cache.ts";
import { isMeasuredWhole, type Profile, profileOf } from "./profile.ts";
import { measurementsOf } from "./table.ts";

export interface LayerCostRow {
  readonly variantName: string;
  readonly layerName: string;
  readonly acceleratorId: string;
  readonly cost: LayerCost | MeasuredCost | undefined;
}

/** Costs from a table; everything else is unknown. */
export interface MeasuredCost {
  /** Whole ns. */
  readonly latencyNs: number;
  /** Absent: not known. */
  readonly energyPj?: number;
  /** Absent: it can stop anywhere. */
  readonly tiles?: number;
  /** Absent: not known. */
  readonly offChipBytes?: number;
}

/**
 * By variant, layer and accelerator (all its units). `cost` is undefined if the accelerator cannot run the layer. A
 * variant that a table measures as a whole starts with a row `whole model` for each accelerator with a table.
 */
export function layerCostsOf(model: Model, system: System, cache = new LayerCostCache()): readonly LayerCostRow[] {
  return model.variants.flatMap((variant) => {
    const profile = profileOf(model, variant, system);
    if (variant.layers.length === 0 && profile.layerNames.length > 0)
      return [...wholeModelRows(model, variant, profile, system), ...profileRows(variant, profile, system)];
    return [...wholeModelRows(model, variant, profile, system), ...layerRows(model, variant, system, cache)];
  });
}

/** Of accelerators with tables: no other knows the layers of a measured model. */
function profileRows(variant: Variant, profile: Profile, { accelerators }: System): readonly LayerCostRow[] {
  return profile.layerNames.flatMap((layerName) =>
    accelerators.flatMap(({ id, costs, units }, index) => {
      if (costs.kind !== "table") return [];
      const cost = measuredCost(profile.rowOf(index, units, layerName));
      return [{ variantName: variant.name, layerName, acceleratorId: id, cost }];
    }),
  );
}

function wholeModelRows(model: Model, variant: Variant, profile: Profile, system: System): readonly LayerCostRow[] {
  if (!isMeasuredWhole(model, variant, profile, system)) return [];
  return system.accelerators.flatMap(({ id, costs, units }) => {
    if (costs.kind !== "table") return [];
    const cost = measuredCost(measurementsOf(costs, units, model, variant).rowOf(undefined, units));
    return [{ variantName: variant.name, layerName: wholeModelName, acceleratorId: id, cost }];
  });
}

function layerRows(model: Model, variant: Variant, system: System, cache: LayerCostCache): readonly LayerCostRow[] {
  const lookups = system.accelerators.map((accelerator) => layerLookup(accelerator, model, variant, cache));
  return variant.layers.flatMap((layer) =>
    system.accelerators.map(({ id }, i) => ({
      variantName: variant.name,
      layerName: layer.name,
      acceleratorId: id,
      cost: lookups[i]!(layer),
    })),
  );
}

function layerLookup(
  accelerator: Accelerator,
  model: Model,
  variant: Variant,
  cache: LayerCostCache,
): (layer: Layer) => LayerCostRow["cost"] {
  if (isAnalytic(accelerator)) {
    const costModel = cache.costModel(accelerator);
    return (layer) => costModel?.(layer, model.bytesPerElement);
  }
  const { units } = accelerator;
  const measurements = measurementsOf(accelerator.costs as TableCosts, units, model, variant);
  return (layer) => measuredCost(measurements.rowOf(layer.name, units));
}

function measuredCost(row: TableRow | undefined): MeasuredCost | undefined {
  if (row === undefined) return undefined;
  const { energyPj, tiles, offChipBytes } = row;
  return {
    latencyNs: Math.round(row.latencyNs),
    ...(energyPj !== undefined && { energyPj }),
    ...(tiles !== undefined && { tiles }),
    ...(offChipBytes !== undefined && { offChipBytes }),
  };
}
