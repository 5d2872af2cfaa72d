/**
 * What it takes to load the weights of each layer into the memories of a system's accelerators: what a table measured,
 * else the bytes of the model's layers at the memory's bandwidth and energy.
 */
import type { LoadCosts } from "../core/costs.ts";
import type { Layer } from "../core/layer.ts";
import type { Model, Variant } from "../core/model.ts";
import type { Accelerator, System, TableRow, WeightMemory } from "../core/system.ts";
import { weightsOf } from "../core/weight-sharing.ts";
import { measurementsOf } from "./table.ts";

/** A load of some weights; `bytes` is NaN if it is not known. */
interface Load {
  readonly ns: number;
  readonly pj: number;
  readonly bytes: number;
}

/** Loads by layer; undefined if no accelerator has a memory for weights. */
export function layerLoads(model: Model, variant: Variant, system: System): LoadCosts | undefined {
  const columns = loadColumns(model, variant, system);
  if (columns === undefined) return undefined;
  const cells = variant.layers.flatMap((layer) => columns.map((column) => column.layer(layer)));
  return loadCosts(
    cells,
    Int32Array.from(variant.layers, (_, index) => weightsOf(variant, index)),
  );
}

/** Loads of a variant that is one piece; undefined if no accelerator has a memory for weights. */
export function wholeModelLoads(model: Model, variant: Variant, system: System): LoadCosts | undefined {
  const columns = loadColumns(model, variant, system);
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

/** Loads of one variant on one accelerator at one size. */
interface LoadColumn {
  layer(layer: Layer): Load;
  whole(): Load;
}

function loadColumns(model: Model, variant: Variant, { accelerators }: System): readonly LoadColumn[] | undefined {
  if (accelerators.every(({ weights }) => weights === undefined)) return undefined;
  return accelerators.flatMap((accelerator) =>
    Array.from({ length: accelerator.units }, (_, i) => loadColumn(model, variant, accelerator, i + 1)),
  );
}

function loadColumn(model: Model, variant: Variant, accelerator: Accelerator, units: number): LoadColumn {
  const { weights: memory } = accelerator;
  if (memory === undefined) return { layer: () => nothing, whole: () => nothing };
  const rowOf = rowsOf(model, variant, accelerator, units);
  const layer = (each: Layer) => loadOf(rowOf(each.name), weightBytes(model, each), memory);
  const own = variant.layers.filter((_, index) => weightsOf(variant, index) === index);
  return {
    layer,
    whole() {
      const row = rowOf(undefined);
      if (row === undefined) return sumOf(own.map(layer));
      const bytes = own.length === 0 ? undefined : sum(own.map((each) => weightBytes(model, each)));
      return loadOf(row, bytes, memory);
    },
  };
}

const nothing: Load = { ns: 0, pj: 0, bytes: 0 };

function rowsOf(model: Model, variant: Variant, { costs, units: allUnits }: Accelerator, units: number) {
  if (costs.kind !== "table") return () => undefined;
  const measurements = measurementsOf(costs, allUnits, model, variant);
  return (layerName: string | undefined) => measurements.rowOf(layerName, units);
}

/** `modelBytes`: of the layers; undefined if the model has none. */
function loadOf(row: TableRow | undefined, modelBytes: number | undefined, memory: WeightMemory): Load {
  const bytes = row?.loadBytes ?? modelBytes;
  const ns = Math.round(row?.loadNs ?? (bytes ?? 0) / memory.bandwidthGBs);
  const pj = row?.loadPj ?? (bytes ?? 0) * memory.energyPjPerByte;
  // A load that takes nothing, of nothing that is known, is none.
  return { ns, pj, bytes: bytes ?? (ns > 0 || pj > 0 ? Number.NaN : 0) };
}

const sumOf = (loads: readonly Load[]): Load => ({
  ns: sum(loads.map(({ ns }) => ns)),
  pj: sum(loads.map(({ pj }) => pj)),
  bytes: sum(loads.map(({ bytes }) => bytes)),
});

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const weightBytes = ({ bytesPerElement }: Model, layer: Layer): number =>
  layer.kind === "convolution" ? layer.weightElements * bytesPerElement : 0;

/** A model of whose loads a table says too little: what it lacks counts as 0. */
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
  // Where the layer's energy is not known either, that is told already.
  return rows.some((row) => row.energyPj !== undefined && row.loadNs && row.loadPj === undefined && !hasBytes(row));
}
