/** The cost table of a system: every layer of every model, on every accelerator. */
import { type CostTable, columnCount, type LoadCosts, type ModelCosts, type VariantCosts } from "../core/costs.ts";
import type { Layer } from "../core/layer.ts";
import type { Model, Variant } from "../core/model.ts";
import type { System } from "../core/system.ts";
import { type Cost, type CostColumn, columnsOf } from "./columns.ts";
import { CostError, type CostProblem, coverageProblems, rowProblems } from "./cost-problems.ts";
import { LayerCostCache } from "./layer-cost-cache.ts";
import { isMeasuredWhole, type Profile, profileOf } from "./profile.ts";
import { layerLoads, wholeModelLoads } from "./weight-loads.ts";

/** Name of the only layer of a variant whose cost is measured as a whole. */
export const wholeModelName = "whole model";

/**
 * Costs of all models on all accelerators, at each number of their units. Models may repeat. A cache makes further
 * tables cheap. Throws a CostError with all problems if a table's rows do not fit the models, or if a layer has no cost
 * on any accelerator.
 */
export function buildCostTable(models: readonly Model[], system: System, cache = new LayerCostCache()): CostTable {
  const distinct = [...new Set(models)];
  const columns = columnsOf(system, cache);
  const table: CostTable = {
    columns: columnCount(system.accelerators),
    models: new Map(distinct.map((model) => [model, modelCosts(model, system, columns)])),
  };
  const problems = costProblems(table, distinct, system);
  if (problems.length > 0) throw new CostError(problems);
  return table;
}

/** A gap in a model's costs is reported only if its rows are right, because a wrong row may cause the gap. */
function costProblems(table: CostTable, models: readonly Model[], system: System): readonly CostProblem[] {
  const ofRows = rowProblems(models, system);
  const wrongModels = new Set(ofRows.map((problem) => problem.modelName));
  return [...ofRows, ...coverageProblems(table).filter((problem) => !wrongModels.has(problem.modelName))];
}

function modelCosts(model: Model, system: System, columns: readonly CostColumn[]): ModelCosts {
  return {
    model,
    variants: model.variants.map((variant) => {
      const profile = profileOf(model, variant, system);
      if (isMeasuredWhole(model, variant, profile, system))
        return withLoads(
          wholeModelCosts(model, variant, profile, columns),
          wholeModelLoads(model, variant, profile, system),
        );
      const loads = layerLoads(model, variant, profile, system);
      if (variant.layers.length === 0) return withLoads(profiledCosts(model, variant, profile, columns), loads);
      return withLoads(layerByLayerCosts(model, variant, profile, columns), loads);
    }),
  };
}

/** With a load whose energy is not known, that of the layer is not known either. */
function withLoads(costs: VariantCosts, loads: LoadCosts | undefined): VariantCosts {
  if (loads === undefined) return costs;
  const energyPj = costs.energyPj.map((pj, at) => (Number.isNaN(loads.pj[at]) ? Number.NaN : pj));
  return { ...costs, energyPj, loads: { ...loads, pj: loads.pj.map((pj) => (Number.isNaN(pj) ? 0 : pj)) } };
}

function layerByLayerCosts(
  model: Model,
  variant: Variant,
  profile: Profile,
  columns: readonly CostColumn[],
): VariantCosts {
  const { layers } = variant;
  const byColumn = columns.map((column) => column.layers(model, variant, profile));
  const cells = layers.flatMap((_, layerIndex) => byColumn.map((costs) => costs[layerIndex]));
  const before = [0, ...layers.map((layer) => layer.outputElements)];
  return {
    variantName: variant.name,
    layers: layers.length,
    layerNames: layers.map((layer) => layer.name),
    ...arraysOf(cells),
    boundaryBytes: Float64Array.from(layers, (_, i) => before[i]! * model.bytesPerElement),
    liveBytes: Float64Array.from(layers, (layer) => liveElements(layer) * model.bytesPerElement),
  };
}

/** Layers of a profile. Tables have no sizes of activations, so moving and saving them takes nothing. */
function profiledCosts(model: Model, variant: Variant, profile: Profile, columns: readonly CostColumn[]): VariantCosts {
  const { layerNames } = profile;
  const byColumn = columns.map((column) => column.layers(model, variant, profile));
  const cells = layerNames.flatMap((_, layerIndex) => byColumn.map((costs) => costs[layerIndex]));
  return {
    variantName: variant.name,
    layers: layerNames.length,
    layerNames,
    ...arraysOf(cells),
    boundaryBytes: new Float64Array(layerNames.length),
    liveBytes: new Float64Array(layerNames.length),
  };
}

/** A single layer: accelerators with costs by layer enter with the sum of their layers. */
function wholeModelCosts(
  model: Model,
  variant: Variant,
  profile: Profile,
  columns: readonly CostColumn[],
): VariantCosts {
  const cells = columns.map((column) => column.wholeModel(model, variant, profile));
  const mostLive = variant.layers.reduce((most, layer) => Math.max(most, liveElements(layer)), 0);
  return {
    variantName: variant.name,
    layers: 1,
    layerNames: [wholeModelName],
    ...arraysOf(cells),
    boundaryBytes: Float64Array.of(0),
    liveBytes: Float64Array.of(mostLive * model.bytesPerElement),
  };
}

/** If some accelerators have tiles or traffic and others do not, these have 0. */
function arraysOf(
  cells: readonly (Cost | undefined)[],
): Pick<VariantCosts, "latencyNs" | "energyPj" | "tiles" | "offChipBytes" | "spreads"> {
  const knowsTiles = cells.some((cost) => cost?.tiles !== undefined);
  const varies = cells.some((cost) => cost?.spread !== undefined);
  const knowsTraffic = cells.some((cost) => cost?.offChipBytes !== undefined);
  return {
    latencyNs: Float64Array.from(cells, (cost) => cost?.latencyNs ?? Infinity),
    energyPj: Float64Array.from(cells, (cost) => cost?.energyPj ?? 0),
    ...(knowsTiles && { tiles: Float64Array.from(cells, (cost) => cost?.tiles ?? 0) }),
    ...(varies && { spreads: cells.map((cost) => cost?.spread) }),
    ...(knowsTraffic && { offChipBytes: Float64Array.from(cells, (cost) => cost?.offChipBytes ?? 0) }),
  };
}

const liveElements = (layer: Layer): number => layer.inputElements + layer.outputElements;
