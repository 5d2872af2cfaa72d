/** The cost table of a system: every layer of every model, on every accelerator. */
import { type CostTable, columnCount, type LoadCosts, type ModelCosts, type VariantCosts } from "../core/costs.ts";
import type { Layer } from "../core/layer.ts";
import type { Model, Variant } from "../core/model.ts";
import type { System } from "../core/system.ts";
import { columnCosts, interleaved } from "./column-costs.ts";
import { type CostColumn, columnsOf } from "./columns.ts";
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
  return {
    variantName: variant.name,
    layers: layers.length,
    layerNames: layers.map((layer) => layer.name),
    ...interleaved(columns.map((column) => column.layers(model, variant, profile))),
    boundaryBytes: boundaryBytes(layers, model.bytesPerElement),
    liveBytes: liveBytes(layers, model.bytesPerElement),
  };
}

/** Layers of a profile. Tables have no sizes of activations, so moving and saving them takes nothing. */
function profiledCosts(model: Model, variant: Variant, profile: Profile, columns: readonly CostColumn[]): VariantCosts {
  const { layerNames } = profile;
  return {
    variantName: variant.name,
    layers: layerNames.length,
    layerNames,
    ...interleaved(columns.map((column) => column.layers(model, variant, profile))),
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
  const wholes = columns.map((column) => columnCosts([column.wholeModel(model, variant, profile)]));
  const mostLive = variant.layers.reduce((most, layer) => Math.max(most, liveElements(layer)), 0);
  return {
    variantName: variant.name,
    layers: 1,
    layerNames: [wholeModelName],
    ...interleaved(wholes),
    boundaryBytes: Float64Array.of(0),
    liveBytes: Float64Array.of(mostLive * model.bytesPerElement),
  };
}

/** Before the first layer there is none, and before any other the output of the one before. */
function boundaryBytes(layers: readonly Layer[], bytesPerElement: number): Float64Array {
  const bytes = new Float64Array(layers.length);
  for (let i = 1; i < layers.length; i++) bytes[i] = layers[i - 1]!.outputElements * bytesPerElement;
  return bytes;
}

function liveBytes(layers: readonly Layer[], bytesPerElement: number): Float64Array {
  const bytes = new Float64Array(layers.length);
  for (let i = 0; i < layers.length; i++) bytes[i] = liveElements(layers[i]!) * bytesPerElement;
  return bytes;
}

const liveElements = (layer: Layer): number => layer.inputElements + layer.outputElements;
