/** What loading weights takes, as flat arrays by row and column; see cost-rows.ts. */
import type { VariantCosts } from "./costs.ts";

/** Loads of weights of all layers, by row and column. */
export interface WeightRows {
  /** Of each layer, [row * columns + column]; 0 where there is nothing to load. */
  readonly ns: Float64Array;
  readonly pj: Float64Array;
  /** NaN: not known. */
  readonly bytes: Float64Array;
  /** Row whose weights each row uses, [row]. */
  readonly weightsOf: Int32Array;
  /** Rows of each variant, by rising row; the second is the one after its last layer. */
  readonly variants: readonly (readonly [firstRow: number, endRow: number])[];
}

/** Undefined where no accelerator has a memory for weights. */
export function weightRowsOf(
  variants: readonly { readonly firstRow: number; readonly costs: VariantCosts }[],
  rowCount: number,
  columns: number,
): WeightRows | undefined {
  if (variants.every(({ costs }) => costs.loads === undefined)) return undefined;
  const perColumn = () => new Float64Array(rowCount * columns);
  const rows = { ns: perColumn(), pj: perColumn(), bytes: perColumn() };
  const weightsOf = Int32Array.from({ length: rowCount }, (_, row) => row);
  for (const { firstRow, costs } of variants) {
    const { loads } = costs;
    if (loads === undefined) continue;
    for (const name of ["ns", "pj", "bytes"] as const) rows[name].set(loads[name], firstRow * columns);
    loads.weightsOf.forEach((layer, index) => {
      weightsOf[firstRow + index] = firstRow + layer;
    });
  }
  return { ...rows, weightsOf, variants: variants.map(({ firstRow, costs }) => [firstRow, firstRow + costs.layers]) };
}
