/** Writes the costs of models on a system as a table that a system with `costs: table` reads. */
import type { Model } from "../core/model.ts";
import type { System } from "../core/system.ts";
import { type LayerCostRow, layerCostsOf, wholeModelName } from "../cost/index.ts";
import { csvText } from "../output/csv-text.ts";
import { type Exported, Losses } from "./losses.ts";

/** A row for each layer, variant and accelerator that can run it. */
export function costsText(models: readonly Model[], system: System): Exported {
  const losses = new Losses();
  lossesOf(system, losses);
  const rows = models.flatMap((model) => layerCostsOf(model, system).flatMap((row) => tableRow(model, row, losses)));
  const columns = [
    ...["model", "variant", "accelerator", "layer"],
    ...["latencyNs", "energyPj", "tiles", "offChipBytes"],
  ];
  return { text: csvText([columns, ...rows]), losses: losses.list() };
}

function tableRow(
  model: Model,
  { variantName, layerName, acceleratorId, cost }: LayerCostRow,
  losses: Losses,
): unknown[][] {
  if (cost === undefined) return [];
  const variant = model.variants.length > 1 ? variantName : "";
  const layer = layerName === wholeModelName ? "" : layerName;
  const { latencyNs, energyPj, tiles, offChipBytes } = cost;
  // Of a filter larger than its input: Q2 of docs/references.md#maestro-quirks.
  const isBelowZero = energyPj !== undefined && energyPj < 0;
  if (isBelowZero) losses.add("an energy below 0, a quirk of maestro costs, becomes unknown", layerName);
  return [
    [model.name, variant, acceleratorId, layer, latencyNs, isBelowZero ? undefined : energyPj, tiles, offChipBytes],
  ];
}

function lossesOf({ accelerators }: System, losses: Losses): void {
  for (const { id, units, costs } of accelerators) {
    if (units > 1) losses.add("costs on fewer than all units are left out", id);
    if (costs.kind !== "table") continue;
    if (costs.rows.some(({ spread }) => spread !== undefined)) losses.add("how measured times vary is left out", id);
    const hasLoads = costs.rows.some(({ loadNs, loadPj, loadBytes }) => (loadNs ?? loadPj ?? loadBytes) !== undefined);
    if (hasLoads) losses.add("measured loads of weights are left out", id);
  }
}
