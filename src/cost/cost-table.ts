/** The cost table of a system: every layer of every model, on every accelerator. */
import { type CostTable, columnCount, type ModelCosts, type VariantCosts } from "../core/costs.ts";
import type { Layer } from "../core/layer.ts";
import type { Model, Variant } from "../core/model.ts";
import type { System } from "../core/system.ts";
import { type Cost, type CostColumn, columnsOf } from "./columns.ts";
import { CostError, type CostProblem, coverageProblems, rowProblems } from "./cost-problems.ts";
import { LayerCostCache } from "./layer-cost-cache.ts";
import { isMeasuredWhole } from "./table.ts";

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
    variants: model.variants.map((variant) =>
      isMeasuredWhole(model, variant, system)
        ? wholeModelCosts(model, variant, columns)
        : layerByLayerCosts(model, variant, columns),
    ),
  };
}

function layerByLayerCosts(model: Model, variant: Variant, columns: readonly CostColumn[]): VariantCosts {
  const { layers } = variant;
  const byColumn = columns.map((column) => column.layers(model, variant));
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

/** A single layer: accelerators with costs by layer enter with the sum of their layers. */
function wholeModelCosts(model: Model, variant: Variant, columns: readonly CostColumn[]): VariantCosts {
  const cells = columns.map((column) => column.wholeModel(model, variant));
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
