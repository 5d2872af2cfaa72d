/** Costs of models on a system as tables, Markdown and JSON. */
import type { Model } from "../core/model.ts";
import type { CostSource, System } from "../core/system.ts";
import { wholeModelName } from "../cost/index.ts";
import { jsonText } from "../output/json.ts";
import { heading } from "../output/lines.ts";
import { listingMarkdown, listingRecords, listingTable } from "../output/listing.ts";
import type { TextOptions } from "../output/text-table.ts";
import { type CostRecord, costFields, totalOf } from "./cost-listing.ts";

type Records = readonly (readonly CostRecord[])[];

/** A table for each variant on each accelerator, with the sum in its last row. `records`: by model. */
export function costTables(models: readonly Model[], records: Records, system: System, options: TextOptions): string {
  return sections(models, records, system)
    .map(
      ({ title, rows }) =>
        `${heading(title, options)}\n${listingTable({ fields: costFields, records: rows }, options)}`,
    )
    .join("\n\n");
}

export function costMarkdown(models: readonly Model[], records: Records, system: System): string {
  return sections(models, records, system)
    .map(({ title, rows }) => `### ${title}\n\n${listingMarkdown({ fields: costFields, records: rows })}`)
    .join("\n");
}

export function costJson(models: readonly Model[], records: Records, system: System): string {
  const totals = sections(models, records, system).map(({ rows }) => rows.at(-1)!);
  const document = {
    system: system.name,
    models: models.map(({ name }) => name),
    layers: listingRecords({ fields: costFields, records: records.flat() }),
    totals: listingRecords({ fields: costFields, records: totals }),
  };
  return jsonText(document);
}

interface Section {
  readonly title: string;
  readonly rows: readonly CostRecord[];
}

function sections(models: readonly Model[], records: Records, system: System): Section[] {
  return models.flatMap((model, m) =>
    model.variants.flatMap((variant) =>
      system.accelerators.flatMap(({ id, pes, costs }) => {
        const rows = records[m]!.filter((each) => each.variant === variant.name && each.accelerator === id);
        if (rows.length === 0) return [];
        const name = model.variants.length > 1 ? `${model.name}, ${variant.name}` : model.name;
        return [{ title: `${name} on ${id} (${costSourceText(costs, pes)})`, rows: [...rows, total(rows)] }];
      }),
    ),
  );
}

function costSourceText(costs: CostSource, pes: number): string {
  if (costs.kind === "table") return "measured";
  const text = `${pes} PEs, ${costs.kind} costs`;
  return costs.kind === "systolic" ? text : `${costs.dataflow.name}, ${text}`;
}

/** The sum over the rows. A variant that is measured as a whole is its own sum. */
function total(rows: readonly CostRecord[]): CostRecord {
  const whole = rows.find(({ layer }) => layer === wholeModelName);
  return whole === undefined ? totalOf(rows, "total") : { ...whole, layer: "total" };
}
