/**
 * The costs of all layers as flat arrays, and what is left from each layer on.
 *
 * A row is one layer of one variant of one model; each variant ends with a row of zeros ("nothing left"), so that
 * sums over what is left need no special case. Columns are those of the cost table, see costs.ts.
 */
import type { BranchTable } from "./branches.ts";
import type { VariantCosts } from "./costs.ts";
import { sumUp } from "./expectations.ts";

export interface CostRows {
  readonly columns: number;
  /** Column of each accelerator with all its units. */
  readonly fullColumn: Int32Array;
  /** Of each layer, [row * columns + column]; Infinity if it cannot run. */
  readonly latencyNs: Float64Array;
  /** NaN where it is not known; every sum with it is then unknown as well. */
  readonly energyPj: Float64Array;
  /** Tiles of each layer; 0: stops at any whole ns. */
  readonly tiles: Float64Array;
  /** Off-chip traffic, bytes; 0: none is modelled. */
  readonly offChipBytes: Float64Array;
  /** From a row to the end of its variant, in expectation, [row * columns + column]. */
  readonly remainingNs: Float64Array;
  readonly remainingPj: Float64Array;
  /** Over accelerators (with all units) that can run it, [row]; Infinity if none can. */
  readonly meanLatencyNs: Float64Array;
  readonly minLatencyNs: Float64Array;
  readonly meanRemainingNs: Float64Array;
  readonly minRemainingNs: Float64Array;
  /** Live activations before, and in the middle of, a layer; [row]. */
  readonly boundaryBytes: Float64Array;
  readonly liveBytes: Float64Array;
}

/** The rows of a variant, and what a whole job of it is expected to take. */
export interface VariantWhole {
  readonly firstRow: number;
  readonly endRow: number;
  readonly ns: Float64Array;
  readonly pj: Float64Array;
  /** With each layer on its fastest accelerator, ns. */
  readonly spreadNs: number;
}

export function emptyRows(rows: number, columns: number, fullColumn: Int32Array): CostRows {
  const perColumn = () => new Float64Array(rows * columns);
  const perRow = () => new Float64Array(rows);
  return {
    columns,
    fullColumn,
    latencyNs: perColumn(),
    energyPj: perColumn(),
    tiles: perColumn(),
    offChipBytes: perColumn(),
    remainingNs: perColumn(),
    remainingPj: perColumn(),
    meanLatencyNs: perRow(),
    minLatencyNs: perRow(),
    meanRemainingNs: perRow(),
    minRemainingNs: perRow(),
    boundaryBytes: perRow(),
    liveBytes: perRow(),
  };
}

/** Copies one variant's costs to its rows and sums them up from the back. */
export function fillVariant(
  into: CostRows,
  branches: BranchTable,
  firstRow: number,
  costs: Omit<VariantCosts, "variantName" | "layerNames">,
): VariantWhole {
  const { columns } = into;
  const start = firstRow * columns;
  into.latencyNs.set(costs.latencyNs, start);
  into.energyPj.set(costs.energyPj, start);
  if (costs.tiles !== undefined) into.tiles.set(costs.tiles, start);
  if (costs.offChipBytes !== undefined) into.offChipBytes.set(costs.offChipBytes, start);
  into.boundaryBytes.set(costs.boundaryBytes, firstRow);
  into.liveBytes.set(costs.liveBytes, firstRow);
  const rows = { first: firstRow, end: firstRow + costs.layers };
  const perColumn = (costs: Float64Array, sums: Float64Array) => {
    const wholes = new Float64Array(columns);
    for (let offset = 0; offset < columns; offset++)
      wholes[offset] = sumUp(branches, rows, { costs, sums, stride: columns, offset });
    return wholes;
  };
  const ns = perColumn(into.latencyNs, into.remainingNs);
  const pj = perColumn(into.energyPj, into.remainingPj);
  return { firstRow, endRow: rows.end, ns, pj, spreadNs: fillOverAccelerators(into, branches, rows) };
}

/**
 * Means and minima over accelerators with all their units; a whole job's time with each layer on its fastest
 * accelerator.
 */
function fillOverAccelerators(into: CostRows, branches: BranchTable, rows: { first: number; end: number }): number {
  const { columns, fullColumn, latencyNs } = into;
  const { meanLatencyNs, minLatencyNs, meanRemainingNs, minRemainingNs } = into;
  for (let row = rows.first; row < rows.end; row++) {
    let able = 0;
    let sumNs = 0;
    let leastNs = Infinity;
    for (const column of fullColumn) {
      const ns = latencyNs[row * columns + column]!;
      if (ns === Infinity) continue;
      able += 1;
      sumNs += ns;
      leastNs = Math.min(leastNs, ns);
    }
    meanLatencyNs[row] = able === 0 ? Infinity : sumNs / able;
    minLatencyNs[row] = leastNs;
  }
  sumUp(branches, rows, { costs: meanLatencyNs, sums: meanRemainingNs, stride: 1, offset: 0 });
  return sumUp(branches, rows, { costs: minLatencyNs, sums: minRemainingNs, stride: 1, offset: 0 });
}
