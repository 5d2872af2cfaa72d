/** Costs of several layers on one accelerator, as arrays that a cost table copies. */
import type { Spread } from "../core/spread.ts";

/** The cost of one layer. */
export interface Cost {
  /** Whole ns. */
  readonly latencyNs: number;
  /** NaN: not known. */
  readonly energyPj: number;
  /** Absent: the layer can stop at any whole ns. */
  readonly tiles?: number;
  /** Absent: not modelled. */
  readonly offChipBytes?: number;
  /** How the latency varies from job to job; absent: it does not. */
  readonly spread?: Spread;
}

/** By layer. An absent array: no layer has it. */
export interface ColumnCosts {
  /** Infinity: cannot run. */
  readonly latencyNs: Float64Array;
  /** NaN: not known; 0 if it cannot run. */
  readonly energyPj: Float64Array;
  /** 0: stops at any whole ns. */
  readonly tiles?: Float64Array;
  /** 0: none, or not modelled. */
  readonly offChipBytes?: Float64Array;
  readonly spreads?: readonly (Spread | undefined)[];
}

/** `costs`: undefined for a layer that cannot run. */
export function columnCosts(costs: readonly (Cost | undefined)[]): ColumnCosts {
  const tiles = arrayOf(costs, (cost) => cost.tiles);
  const offChipBytes = arrayOf(costs, (cost) => cost.offChipBytes);
  return {
    latencyNs: arrayOf(costs, (cost) => cost.latencyNs, Infinity) ?? new Float64Array(costs.length).fill(Infinity),
    energyPj: arrayOf(costs, (cost) => cost.energyPj) ?? new Float64Array(costs.length),
    ...(tiles !== undefined && { tiles }),
    ...(offChipBytes !== undefined && { offChipBytes }),
    ...(costs.some((cost) => cost?.spread !== undefined) && { spreads: costs.map((cost) => cost?.spread) }),
  };
}

/** Undefined if no cost has the value. */
function arrayOf(
  costs: readonly (Cost | undefined)[],
  read: (cost: Cost) => number | undefined,
  byDefault = 0,
): Float64Array | undefined {
  let values: Float64Array | undefined;
  for (let layer = 0; layer < costs.length; layer++) {
    const cost = costs[layer];
    const value = cost && read(cost);
    if (value === undefined) continue;
    values ??= new Float64Array(costs.length).fill(byDefault);
    values[layer] = value;
  }
  return values;
}

/** The same for all columns together, [layer * columns + column]. */
export function interleaved(columns: readonly ColumnCosts[]): ColumnCosts {
  const tiles = interleavedArrays(columns.map((column) => column.tiles));
  const offChipBytes = interleavedArrays(columns.map((column) => column.offChipBytes));
  return {
    latencyNs: interleavedArrays(columns.map((column) => column.latencyNs)) ?? new Float64Array(),
    energyPj: interleavedArrays(columns.map((column) => column.energyPj)) ?? new Float64Array(),
    ...(tiles !== undefined && { tiles }),
    ...(offChipBytes !== undefined && { offChipBytes }),
    ...(columns.some(({ spreads }) => spreads?.some((spread) => spread !== undefined)) && {
      spreads: interleavedSpreads(columns),
    }),
  };
}

/** 0 for a column without an array; undefined if none has one. */
function interleavedArrays(columns: readonly (Float64Array | undefined)[]): Float64Array | undefined {
  const layers = columns.find((values) => values !== undefined)?.length;
  if (layers === undefined) return undefined;
  const cells = new Float64Array(layers * columns.length);
  for (const [column, values] of columns.entries()) {
    if (values === undefined) continue;
    for (let layer = 0, at = column; layer < layers; layer++, at += columns.length) cells[at] = values[layer]!;
  }
  return cells;
}

const interleavedSpreads = (columns: readonly ColumnCosts[]): (Spread | undefined)[] =>
  Array.from(columns[0]!.latencyNs, (_, layer) => columns.map(({ spreads }) => spreads?.[layer])).flat();
