/** Columns of a cost table: each accelerator at each number of its units. */
import type { Model, Variant } from "../core/model.ts";
import { isRelative, type Spread, type SpreadPart } from "../core/spread.ts";
import type { Accelerator, AnalyticCosts, System, SystolicCosts, TableCosts, TableRow } from "../core/system.ts";
import { type ColumnCosts, type Cost, columnCosts } from "./column-costs.ts";
import { type AnalyticAccelerator, isAnalytic } from "./layer-cost.ts";
import type { LayerCostCache } from "./layer-cost-cache.ts";
import type { Profile } from "./profile.ts";
import { measurementsOf } from "./table.ts";

/** Costs on one accelerator at one size. */
export interface CostColumn {
  /** Of a measured model, those of its profile. */
  layers(model: Model, variant: Variant, profile: Profile): ColumnCosts;
  /** Undefined if it cannot run the model. */
  wholeModel(model: Model, variant: Variant, profile: Profile): Cost | undefined;
}

/** In the order of `columnOf`. */
export function columnsOf({ accelerators }: System, cache: LayerCostCache): readonly CostColumn[] {
  return accelerators.flatMap((accelerator, index) =>
    Array.from({ length: accelerator.units }, (_, i) => columnFor(accelerator, index, i + 1, cache)),
  );
}

function columnFor(accelerator: Accelerator, index: number, units: number, cache: LayerCostCache): CostColumn {
  const { executionVariation } = accelerator;
  if (isAnalytic(accelerator)) return varied(analyticColumn(withUnits(accelerator, units), cache), executionVariation);
  return measuredColumn(accelerator as MeasuredAccelerator, index, units);
}

/** Adaptation: u of N units count as an accelerator with u / N of the PEs (rounded down), bandwidths and buffer. */
function withUnits(accelerator: AnalyticAccelerator, units: number): AnalyticAccelerator {
  if (units === accelerator.units) return accelerator;
  const { costs } = accelerator;
  const share = units / accelerator.units;
  const part = {
    ...accelerator,
    units,
    pes: Math.floor((accelerator.pes * units) / accelerator.units),
    globalBufferBytes: accelerator.globalBufferBytes * share,
  };
  if (costs.kind === "systolic") return { ...part, costs: systolicShare(costs, share) };
  return { ...part, costs: dataflowShare(costs, share) };
}

function dataflowShare(costs: AnalyticCosts, share: number): AnalyticCosts {
  const nocElementsPerCycle = costs.nocElementsPerCycle.map((elements) => elements * share);
  return { ...costs, nocElementsPerCycle, ...(costs.offChip && { offChip: offChipShare(costs.offChip, share) }) };
}

function systolicShare(costs: SystolicCosts, share: number): SystolicCosts {
  const { weightBufferBytes, offChip } = costs;
  const weightBuffer = weightBufferBytes === undefined ? {} : { weightBufferBytes: weightBufferBytes * share };
  return { ...costs, offChip: offChipShare(offChip, share), ...weightBuffer };
}

const offChipShare = (offChip: SystolicCosts["offChip"], share: number): SystolicCosts["offChip"] => ({
  ...offChip,
  bandwidthGBs: offChip.bandwidthGBs * share,
});

function analyticColumn(accelerator: AnalyticAccelerator, cache: LayerCostCache): CostColumn {
  return {
    layers: (model, variant) => cache.columnCosts(accelerator, variant, model.bytesPerElement),
    wholeModel({ bytesPerElement }, { layers }) {
      const costModel = cache.costModel(accelerator);
      return sumOf(layers.map((layer) => costModel?.(layer, bytesPerElement)));
    },
  };
}

/** Every layer, and their sum, varies in the same proportion. */
function varied(column: CostColumn, spread: Spread | undefined): CostColumn {
  if (spread === undefined) return column;
  return {
    layers(...given) {
      const costs = column.layers(...given);
      return { ...costs, spreads: Array.from(costs.latencyNs, (ns) => (ns === Infinity ? undefined : spread)) };
    },
    wholeModel(...given) {
      const cost = column.wholeModel(...given);
      return cost && { ...cost, spread };
    },
  };
}

type MeasuredAccelerator = Accelerator & { readonly costs: TableCosts };

function measuredColumn(
  { costs, units: allUnits, executionVariation: byDefault }: MeasuredAccelerator,
  index: number,
  units: number,
): CostColumn {
  const layers = (model: Model, variant: Variant, profile: Profile) => {
    if (variant.layers.length === 0)
      return profile.layerNames.map((name) => measured(profile.rowOf(index, units, name), byDefault));
    const measurements = measurementsOf(costs, allUnits, model, variant);
    return variant.layers.map((layer) => measured(measurements.rowOf(layer.name, units), byDefault));
  };
  return {
    layers: (...given) => columnCosts(layers(...given)),
    wholeModel: (model, variant, profile) =>
      measured(measurementsOf(costs, allUnits, model, variant).rowOf(undefined, units), byDefault) ??
      sumOf(layers(model, variant, profile)),
  };
}

function measured(row: TableRow | undefined, byDefault: Spread | undefined): Cost | undefined {
  if (row === undefined) return undefined;
  const { latencyNs, energyPj = Number.NaN, tiles, offChipBytes, spread = byDefault } = row;
  return {
    latencyNs: Math.round(latencyNs),
    energyPj,
    ...(tiles === undefined ? {} : { tiles }),
    ...(offChipBytes === undefined ? {} : { offChipBytes }),
    ...(spread === undefined || spread === "none" ? {} : { spread }),
  };
}

/** Undefined if there is nothing to sum or a layer cannot run. One energy that is not known makes the sum unknown. */
function sumOf(costs: readonly (Cost | undefined)[]): Cost | undefined {
  if (costs.length === 0) return undefined;
  let latencyNs = 0;
  let energyPj = 0;
  let tiles: number | undefined = 0;
  let offChipBytes: number | undefined;
  const parts: SpreadPart[] = [];
  for (const cost of costs) {
    if (cost === undefined) return undefined;
    latencyNs += cost.latencyNs;
    parts.push(cost);
    energyPj += cost.energyPj;
    // With one layer that can stop anywhere, the whole has no regular tiles.
    tiles = tiles === undefined || cost.tiles === undefined ? undefined : tiles + cost.tiles;
    if (cost.offChipBytes !== undefined) offChipBytes = (offChipBytes ?? 0) + cost.offChipBytes;
  }
  return {
    latencyNs,
    energyPj,
    ...(tiles === undefined ? {} : { tiles }),
    ...(offChipBytes === undefined ? {} : { offChipBytes }),
    ...spreadOfSum(parts),
  };
}

/** Layers that all vary in the same proportion sum up to the same. */
function spreadOfSum(parts: readonly SpreadPart[]): Pick<Cost, "spread"> {
  const spread = parts[0]!.spread;
  if (parts.every((part) => part.spread === undefined)) return {};
  if (spread !== undefined && isRelative(spread) && parts.every((part) => part.spread === spread)) return { spread };
  return { spread: { kind: "sum", parts } };
}
