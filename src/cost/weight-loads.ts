/**
 * What it takes to load the weights of each layer into the memories of a system's accelerators: what a table measured,
 * else the bytes of the model's layers at the memory's bandwidth and energy.
 */

import type { LoadCosts } from "../core/costs.ts";
import type { Layer } from "../core/layer.ts";
import type { Model, Variant } from "../core/model.ts";
import { sum } from "../core/sum.ts";
import type { Accelerator, System, TableRow, WeightMemory } from "../core/system.ts";
import { weightsOf } from "../core/weight-sharing.ts";
import type { Profile } from "./profile.ts";
import { measurementsOf } from "./table.ts";

/** A load of some weights; energy and bytes are NaN if they are not known. */
interface Load {
  readonly ns: number;
  readonly pj: number;
  readonly bytes: number;
}

/** Loads by layer, of a measured model those of its profile; undefined if no accelerator has a memory for weights. */
export function layerLoads(model: Model, variant: Variant, profile: Profile, system: System): LoadCosts | undefined {
  const columns = loadColumns(model, variant, profile, system);
  if (columns === undefined) return undefined;
  const layers = weightedLayers(model, variant, profile);
  const cells = layers.flatMap((layer) => columns.map((column) => column.layer(layer)));
  return loadCosts(
    cells,
    Int32Array.from(layers, (_, index) => weightsOf(variant, index)),
  );
}

/** Loads of a variant that is one piece; undefined if no accelerator has a memory for weights. */
export function wholeModelLoads(
  model: Model,
  variant: Variant,
  profile: Profile,
  system: System,
): LoadCosts | undefined {
  const columns = loadColumns(model, variant, profile, system);
  return (
    columns &&
    loadCosts(
      columns.map((column) => column.whole()),
      Int32Array.of(0),
    )
  );
}

const loadCosts = (cells: readonly Load[], weightsOf: Int32Array): LoadCosts => ({
  ns: Float64Array.from(cells, ({ ns }) => ns),
  pj: Float64Array.from(cells, ({ pj }) => pj),
  bytes: Float64Array.from(cells, ({ bytes }) => bytes),
  weightsOf,
});

/** A layer by name; the bytes of its weights are not known in a profile. */
interface WeightedLayer {
  readonly name: string;
  readonly bytes: number | undefined;
}

function weightedLayers(model: Model, { layers }: Variant, { layerNames }: Profile): readonly WeightedLayer[] {
  if (layers.length === 0) return layerNames.map((name) => ({ name, bytes: undefined }));
  return layers.map((layer) => ({ name: layer.name, bytes: weightBytes(model, layer) }));
}

/** Loads of one variant on one accelerator at one size. */
interface LoadColumn {
  layer(layer: WeightedLayer): Load;
  whole(): Load;
}

function loadColumns(
  model: Model,
  variant: Variant,
  profile: Profile,
  { accelerators }: System,
): readonly LoadColumn[] | undefined {
  if (accelerators.every(({ weights }) => weights === undefined)) return undefined;
  const layers = weightedLayers(model, variant, profile);
  const own = layers.filter((_, index) => weightsOf(variant, index) === index);
  return accelerators.flatMap((accelerator, index) =>
    Array.from({ length: accelerator.units }, (_, i) => {
      const { weights: memory } = accelerator;
      if (memory === undefined) return noLoads;
      return loadColumn(own, rowsOf(model, variant, profile, accelerator, index, i + 1), memory);
    }),
  );
}

type RowOf = (layerName: string | undefined) => TableRow | undefined;

/** `own`: layers with weights of their own. `rowOf` is undefined where costs are computed. */
function loadColumn(own: readonly WeightedLayer[], rowOf: RowOf | undefined, memory: WeightMemory): LoadColumn {
  const layer = ({ name, bytes }: WeightedLayer) => {
    if (rowOf === undefined) return loadOf(undefined, bytes, memory);
    const row = rowOf(name);
    return row === undefined ? nothing : loadOf(row, bytes, memory);
  };
  return {
    layer,
    whole() {
      const row = rowOf?.(undefined);
      return row === undefined ? sumOf(own.map(layer)) : loadOf(row, bytesOf(own), memory);
    },
  };
}

const nothing: Load = { ns: 0, pj: 0, bytes: 0 };
const noLoads: LoadColumn = { layer: () => nothing, whole: () => nothing };

/** Undefined if there are no layers, or if one's bytes are not known. */
function bytesOf(layers: readonly WeightedLayer[]): number | undefined {
  if (layers.length === 0 || layers.some(({ bytes }) => bytes === undefined)) return undefined;
  return sum(layers.map(({ bytes }) => bytes!));
}

/** A layer that has no row at this number of units has the load of the most units that have one. */
function rowsOf(
  model: Model,
  variant: Variant,
  profile: Profile,
  { costs, units: allUnits }: Accelerator,
  acceleratorIndex: number,
  units: number,
): RowOf | undefined {
  if (costs.kind !== "table") return undefined;
  const measurements = measurementsOf(costs, allUnits, model, variant);
  const isProfiled = variant.layers.length === 0;
  const rowAt = (layerName: string | undefined, size: number) =>
    isProfiled && layerName !== undefined
      ? profile.rowOf(acceleratorIndex, size, layerName)
      : measurements.rowOf(layerName, size);
  return (layerName) => {
    let row = rowAt(layerName, units);
    for (let size = allUnits; row === undefined && size > 0; size--) row = rowAt(layerName, size);
    return row;
  };
}

/** `modelBytes`: of the layers; undefined if they are not known. */
function loadOf(row: TableRow | undefined, modelBytes: number | undefined, memory: WeightMemory): Load {
  const bytes = row?.loadBytes ?? modelBytes;
  const ns = Math.round(row?.loadNs ?? (bytes ?? 0) / memory.bandwidthGBs);
  // A load that takes no time, of nothing that is known, is none.
  const isNone = bytes === undefined && ns === 0 && !row?.loadPj;
  const pj = row?.loadPj ?? (isNone ? 0 : (bytes ?? Number.NaN) * memory.energyPjPerByte);
  return { ns, pj, bytes: bytes ?? (isNone ? 0 : Number.NaN) };
}

const sumOf = (loads: readonly Load[]): Load => ({
  ns: sum(loads.map(({ ns }) => ns)),
  pj: sum(loads.map(({ pj }) => pj)),
  bytes: sum(loads.map(({ bytes }) => bytes)),
});

const weightBytes = ({ bytesPerElement }: Model, layer: Layer): number =>
  layer.kind === "convolution" ? layer.weightElements * bytesPerElement : 0;

/** A model of whose loads a table says too little: a time that it lacks counts as 0, an energy is not known. */
export interface UnknownLoad {
  readonly modelName: string;
  readonly acceleratorId: string;
  readonly lacks: "time" | "energy";
}

/** What is not known of the loads of measured models on accelerators with a memory for weights. */
export function unknownLoads(models: readonly Model[], { accelerators }: System): readonly UnknownLoad[] {
  return models.flatMap((model) =>
    accelerators.flatMap((accelerator) =>
      (["time", "energy"] as const)
        .filter((lacks) => model.variants.some((variant) => isUnknown(lacks, model, variant, accelerator)))
        .map((lacks) => ({ modelName: model.name, acceleratorId: accelerator.id, lacks })),
    ),
  );
}

function isUnknown(lacks: UnknownLoad["lacks"], model: Model, variant: Variant, accelerator: Accelerator): boolean {
  const { weights: memory, costs } = accelerator;
  if (memory === undefined || costs.kind !== "table") return false;
  const rows = costs.rows.filter(
    (row) => row.model === model.name && (row.variant === undefined || row.variant === variant.name),
  );
  const hasBytes = (row: TableRow) => row.loadBytes !== undefined || variant.layers.length > 0;
  if (lacks === "time") {
    const hasBandwidth = Number.isFinite(memory.bandwidthGBs);
    return rows.some((row) => row.loadNs === undefined && !(hasBytes(row) && hasBandwidth));
  }
  // Where the layer's energy is not known either, a warning says so already.
  return rows.some((row) => row.energyPj !== undefined && row.loadNs && row.loadPj === undefined && !hasBytes(row));
}
