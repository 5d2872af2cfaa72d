/** Measured (or externally computed) costs: looks up rows of a table by model, variant, layer and units. */
import type { Model, Variant } from "../core/model.ts";
import type { TableCosts, TableRow } from "../core/system.ts";

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
  const rows = rowsFor(costs, allUnits, model, variant);
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

/**
 * The rows of a variant. Those of a measured model are its layers, so they are not mixed: at each number of units, rows
 * that name the variant take the place of all that do not.
 */
export function rowsFor(costs: TableCosts, allUnits: number, model: Model, variant: Variant): readonly TableRow[] {
  const rows = costs.rows.filter((row) => concerns(row, model, variant));
  if (variant.layers.length > 0) return rows;
  const sizeOf = (row: TableRow) => row.units ?? allUnits;
  const named = new Set(rows.filter((row) => row.variant !== undefined).map(sizeOf));
  return rows.filter((row) => row.variant !== undefined || !named.has(sizeOf(row)));
}

/** A line feed cannot be part of a name. */
const keyOf = (layerName: string | undefined, units: number): string => `${units}\n${layerName ?? ""}`;

function concerns(row: TableRow, model: Model, variant: Variant): boolean {
  return row.model === model.name && (row.variant === undefined || row.variant === variant.name);
}

/** Rows of a model that repeat an earlier one: same variant, layer and units. Profiles of measured models may repeat names. */
export function repeatedRows(costs: TableCosts, allUnits: number, model: Model): readonly TableRow[] {
  const seen = new Set<string>();
  return costs.rows.filter((row) => {
    if (row.model !== model.name || isProfiled(row, model)) return false;
    const key = JSON.stringify([row.model, row.variant ?? "", row.layer ?? "", row.units ?? allUnits]);
    const isRepeated = seen.has(key);
    seen.add(key);
    return isRepeated;
  });
}

/** Whether a row is of a layer of a measured model, which has no layers but those of its rows. */
export const isProfiled = (row: TableRow, { variants }: Model): boolean =>
  row.layer !== undefined &&
  variants.some(({ name, layers }) => layers.length === 0 && (row.variant === undefined || row.variant === name));
