/** The costs of each layer of a model on each accelerator, as a listing: fields, rows and sums. */
import type { Model } from "../core/model.ts";
import type { System } from "../core/system.ts";
import {
  type LayerCost,
  type LayerCostCache,
  type LayerCostRow,
  layerCostsOf,
  type MeasuredCost,
  wholeModelName,
} from "../cost/index.ts";
import type { Field } from "../output/listing.ts";
import { nothing, significant } from "../output/number-text.ts";

/** One layer on one accelerator, or the sum over some layers. A value is undefined if the costs do not have it. */
export interface CostRecord {
  readonly model: string;
  readonly variant: string;
  readonly layer: string;
  readonly accelerator: string;
  /** Undefined if the accelerator cannot run the layer. */
  readonly latencyNs?: number | undefined;
  /** As the cost model gives them, before rounding to whole ns. */
  readonly cycles?: number | undefined;
  readonly energyPj?: number | undefined;
  readonly macs?: number | undefined;
  readonly bytes?: number | undefined;
  readonly utilisation?: number | undefined;
  readonly bound?: "compute" | "bandwidth" | undefined;
  readonly l2Elements?: number | undefined;
  readonly tiles?: number | undefined;
  readonly offChipBytes?: number | undefined;
}

/**
 * By variant, layer, accelerator. If a table measures a variant as a whole on an accelerator, the layers without costs
 * there are left out.
 */
export function costRecords(model: Model, system: System, cache?: LayerCostCache): readonly CostRecord[] {
  const rows = layerCostsOf(model, system, cache);
  const keyOf = ({ variantName, acceleratorId }: LayerCostRow) => JSON.stringify([variantName, acceleratorId]);
  const wholes = new Set(rows.filter(({ layerName }) => layerName === wholeModelName).map(keyOf));
  const listed = rows.filter(
    (row) => row.cost !== undefined || row.layerName === wholeModelName || !wholes.has(keyOf(row)),
  );
  return listed.map(({ variantName, layerName, acceleratorId, cost }) => ({
    model: model.name,
    variant: variantName,
    layer: layerName,
    accelerator: acceleratorId,
    ...(cost as Partial<LayerCost & MeasuredCost> | undefined),
  }));
}

/** Sum over layers on one accelerator, at least one. A value that one of them does not have is undefined. */
export function totalOf(records: readonly CostRecord[], layer: string): CostRecord {
  const { model, variant, accelerator } = records[0]!;
  const sum = (of: (record: CostRecord) => number | undefined): number | undefined =>
    records.reduce<number | undefined>((total, record) => {
      const value = of(record);
      return total === undefined || value === undefined ? undefined : total + value;
    }, 0);
  const cycles = sum((record) => record.cycles);
  const busyCycles = sum(({ utilisation, cycles: each }) => product(utilisation, each));
  return {
    model,
    variant,
    layer,
    accelerator,
    latencyNs: sum((record) => record.latencyNs),
    cycles,
    energyPj: sum((record) => record.energyPj),
    macs: sum((record) => record.macs),
    bytes: sum((record) => record.bytes),
    tiles: sum((record) => record.tiles),
    offChipBytes: sum((record) => record.offChipBytes),
    utilisation: busyCycles === undefined || !cycles ? undefined : busyCycles / cycles,
  };
}

const product = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : a * b;

/** CSV and JSON have all of them. The table of one accelerator shows those with a column. */
export const costFields: readonly Field<CostRecord>[] = [
  { name: "model", value: ({ model }) => model },
  { name: "variant", value: ({ variant }) => variant },
  { name: "layer", value: ({ layer }) => layer, column: { heading: "layer", align: "left" } },
  { name: "accelerator", value: ({ accelerator }) => accelerator },
  number("latencyNs", "latency ms", ({ latencyNs }) => latencyNs, 1e-6),
  { name: "cycles", value: ({ cycles }) => cycles },
  number("energyPj", "energy mJ", ({ energyPj }) => energyPj, 1e-9),
  { name: "energyNj", value: energyNj, csvText: (record) => energyNj(record)?.toFixed(6) ?? "" },
  number("macs", "MMACs", ({ macs }) => macs, 1e-6),
  number("bytes", "kB", ({ bytes }) => bytes, 1e-3),
  number("utilisation", "util %", ({ utilisation }) => utilisation, 100),
  { name: "bound", value: ({ bound }) => bound, column: { heading: "bound", align: "left" } },
  { name: "l2Elements", value: ({ l2Elements }) => l2Elements },
  { name: "tiles", value: ({ tiles }) => tiles },
  { name: "offChipBytes", value: ({ offChipBytes }) => offChipBytes },
];

function number(
  name: string,
  heading: string,
  value: (record: CostRecord) => number | undefined,
  scale: number,
): Field<CostRecord> {
  const text = (record: CostRecord) => {
    const found = value(record);
    return found === undefined ? nothing : significant(found * scale);
  };
  return { name, value, column: { heading, align: "right", text } };
}

/**
 * To six decimals, as the MAESTRO artifact prints it. Its energies are multiples of 0.000144 nJ, so no digit is lost.
 */
function energyNj({ energyPj }: CostRecord): number | undefined {
  return energyPj === undefined ? undefined : Number((energyPj / 1000).toFixed(6));
}
