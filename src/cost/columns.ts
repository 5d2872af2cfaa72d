/** Columns of a cost table: each accelerator at each number of its units. */
import type { Model, Variant } from "../core/model.ts";
import { isRelative, type Spread, type SpreadPart } from "../core/spread.ts";
import type { Accelerator, AnalyticCosts, System, SystolicCosts, TableCosts, TableRow } from "../core/system.ts";
import { type AnalyticAccelerator, isAnalytic } from "./layer-cost.ts";
import type { LayerCostCache } from "./layer-cost-cache.ts";
import type { Profile } from "./profile.ts";
import { measurementsOf } from "./table.ts";

export interface Cost {
  /** Whole ns. */
  readonly latencyNs: number;
  /** NaN: not known. */
  readonly energyPj: number;
  /** Absent: the layer can stop at any whole ns. */
  readonly tiles?: number;
  /** Absent: not modelled. */
  readonly offChipBytes?: number;
  /** How the latency varies from job to job; absent: it does not. */
  readonly spread?: Spread;
}

/** Costs on one accelerator at one size; undefined if it cannot run the layer or the model. */
export interface CostColumn {
  /** Of a measured model, those of its profile. */
  layers(model: Model, variant: Variant, profile: Profile): readonly (Cost | undefined)[];
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
  const costModel = cache.costModel(accelerator);
  const layers = (model: Model, variant: Variant) =>
    variant.layers.map((layer) => costModel?.(layer, model.bytesPerElement));
  return { layers, wholeModel: (model, variant) => sumOf(layers(model, variant)) };
}

/** Every layer, and their sum, varies in the same proportion. */
function varied(column: CostColumn, spread: Spread | undefined): CostColumn {
  if (spread === undefined) return column;
  const withSpread = (cost: Cost | undefined) => cost && { ...cost, spread };
  return {
    layers: (...given) => column.layers(...given).map(withSpread),
    wholeModel: (...given) => withSpread(column.wholeModel(...given)),
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
    layers,
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
