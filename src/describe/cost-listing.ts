/** What each layer of a model costs on each accelerator, as a listing: fields, rows and sums. */
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

/** One layer, or the sum over a variant's layers, on one accelerator. */
export interface CostRecord {
  readonly model: string;
  readonly variant: string;
  readonly layer: string;
  readonly accelerator: string;
  /** undefined: the accelerator cannot run it. */
  readonly latencyNs?: number | undefined;
  /** What the cost model counts, before rounding to whole ns. */
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

/** By variant, layer, accelerator. Where a table measures the whole, there are no layers without costs beside it. */
export function costRecords(model: Model, system: System, cache?: LayerCostCache): readonly CostRecord[] {
  const rows = layerCostsOf(model, system, cache);
  const placeOf = ({ variantName, acceleratorId }: LayerCostRow) => JSON.stringify([variantName, acceleratorId]);
  const wholes = new Set(rows.filter(({ layerName }) => layerName === wholeModelName).map(placeOf));
  const told = rows.filter(
    (row) => row.cost !== undefined || row.layerName === wholeModelName || !wholes.has(placeOf(row)),
  );
  return told.map(({ variantName, layerName, acceleratorId, cost }) => ({
    model: model.name,
    variant: variantName,
    layer: layerName,
    accelerator: acceleratorId,
    ...(cost as Partial<LayerCost & MeasuredCost> | undefined),
  }));
}

/** Sum over some layers on one accelerator; undefined where one of them has no such value. */
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

/** All of them in CSV and JSON; the table of one accelerator shows those with a column. */
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

/** To six decimals, as the MAESTRO artifact prints it: its energies are multiples of 0.000144 nJ, so none is lost. */
function energyNj({ energyPj }: CostRecord): number | undefined {
  return energyPj === undefined ? undefined : Number((energyPj / 1000).toFixed(6));
}
