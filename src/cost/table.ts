/** Measured (or externally computed) costs: looks up rows of a table by model, variant, layer and units. */
import type { Model, Variant } from "../core/model.ts";
import type { System, TableCosts, TableRow } from "../core/system.ts";

/** The measurements of one accelerator for one variant of a model. */
export interface Measurements {
  /** Row of a layer, or of the whole model (undefined), on this many units. */
  rowOf(layerName: string | undefined, units: number): TableRow | undefined;
  readonly hasWholeModel: boolean;
  readonly hasLayers: boolean;
  /** Layers of the variant without a row, if others have one. */
  readonly unnamedLayers: readonly string[];
}

/** A row that names the variant takes precedence over one that does not. A row without units is for all units. */
export function measurementsOf(costs: TableCosts, allUnits: number, model: Model, variant: Variant): Measurements {
  const rows = costs.rows.filter((row) => concerns(row, model, variant));
  const byKey = new Map<string, TableRow>();
  const generalFirst = [...rows].sort((a, b) => Number(a.variant !== undefined) - Number(b.variant !== undefined));
  for (const row of generalFirst) byKey.set(keyOf(row.layer, row.units ?? allUnits), row);
  const named = new Set(rows.map((row) => row.layer));
  const hasLayers = rows.some((row) => row.layer !== undefined);
  return {
    rowOf: (layerName, units) => byKey.get(keyOf(layerName, units)),
    hasWholeModel: named.has(undefined),
    hasLayers,
    unnamedLayers: hasLayers ? variant.layers.map((layer) => layer.name).filter((name) => !named.has(name)) : [],
  };
}

/** A line feed cannot be part of a name. */
const keyOf = (layerName: string | undefined, units: number): string => `${units}\n${layerName ?? ""}`;

function concerns(row: TableRow, model: Model, variant: Variant): boolean {
  return row.model === model.name && (row.variant === undefined || row.variant === variant.name);
}

/** Rows that repeat an earlier one: same model, variant, layer and units. */
export function repeatedRows(costs: TableCosts, allUnits: number): readonly TableRow[] {
  const seen = new Set<string>();
  return costs.rows.filter((row) => {
    const key = JSON.stringify([row.model, row.variant ?? "", row.layer ?? "", row.units ?? allUnits]);
    const isRepeated = seen.has(key);
    seen.add(key);
    return isRepeated;
  });
}

/** Whether a variant is one piece for all accelerators, because one of them has only its whole cost. */
export function isMeasuredWhole(model: Model, variant: Variant, { accelerators }: System): boolean {
  if (variant.layers.length === 0) return true;
  return accelerators.some(({ costs, units }) => {
    if (costs.kind !== "table") return false;
    const { hasWholeModel, hasLayers } = measurementsOf(costs, units, model, variant);
    return hasWholeModel && !hasLayers;
  });
}
