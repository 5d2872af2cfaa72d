/**
 * Tile passes of matrix products on systolic arrays, and their cycles. Source: PREMA's algorithm 1
 * (docs/references.md#prema-time-prediction). SH, SW and ACC are called rows, columns and depth here.
 *
 * Adaptation: partial tiles along m and k take a full pass (ceilings).
 * Adaptation: several products that fit into the array (groups, depthwise channels) share it, each with its own rows
 * and columns and zeros between them.
 * Adaptation: clusters (arrays side by side) share the tiles of the output, first the full and then the partial tiles
 * along n. They share the memory, so their fetches are sequential. With one cluster this is the published formula.
 */
import type { MatrixProducts } from "./matrix-product.ts";

/** `clusters` arrays of rows x columns PEs. */
export interface ArrayShape {
  readonly rows: number;
  readonly columns: number;
  readonly clusters: number;
}

/** Limits that do not depend on the shape. */
export interface PassLimits {
  readonly accumulatorDepth: number;
  /** From off-chip memory, in elements of the model's size. */
  readonly elementsPerCycle: number;
  /** What passes fetch from there: no weights where these are in a memory of their own. */
  readonly fetched: "all" | "activations";
}

export interface Passes {
  readonly cycles: number;
  /** The part of `cycles` in passes that wait for their data. */
  readonly transferCycles: number;
  /** Sequential passes, those of one cluster. */
  readonly tiles: number;
  /** Tiles along each dimension. */
  readonly mTiles: number;
  readonly kTiles: number;
  readonly nTiles: number;
}

export function passesOf(work: MatrixProducts, shape: ArrayShape, limits: PassLimits): Passes {
  const depth = limits.accumulatorDepth;
  const mTiles = Math.ceil(work.m / shape.columns);
  const kTiles = Math.ceil(work.k / shape.rows);
  const fullTiles = Math.floor(work.n / depth);
  const rest = work.n % depth;
  const outputTiles = Math.ceil(work.products / productsAtOnce(work, shape)) * mTiles;
  const inner = passesOfOneSize(outputTiles * fullTiles, kTiles, depth, shape, limits);
  const outer = passesOfOneSize(rest === 0 ? 0 : outputTiles, kTiles, rest, shape, limits);
  return {
    cycles: inner.cycles + outer.cycles,
    transferCycles: inner.transferCycles + outer.transferCycles,
    tiles: inner.tiles + outer.tiles,
    mTiles,
    kTiles,
    nTiles: fullTiles + (rest === 0 ? 0 : 1),
  };
}

const productsAtOnce = ({ m, k }: MatrixProducts, { rows, columns }: ArrayShape): number =>
  Math.max(1, Math.min(Math.floor(rows / k), Math.floor(columns / m)));

/** All passes over tiles of `width` positions. Double buffering hides the smaller of work and fetches. */
function passesOfOneSize(
  outputTiles: number,
  kTiles: number,
  width: number,
  shape: ArrayShape,
  limits: PassLimits,
): { readonly cycles: number; readonly transferCycles: number; readonly tiles: number } {
  const tiles = Math.ceil(outputTiles / shape.clusters) * kTiles;
  const workCycles = tiles * passCycles(width, shape);
  const transferCycles = outputTiles * kTiles * fetchCycles(width, shape, limits);
  if (transferCycles > workCycles) return { cycles: transferCycles, transferCycles, tiles };
  return { cycles: workCycles, transferCycles: 0, tiles };
}

/** C1 and C2: stream the activations through, fill and drain the array. */
const passCycles = (width: number, { rows, columns }: ArrayShape): number => width + rows + 2 * columns;

/** M1 and M2: fetch the next weights and activations, with the whole bandwidth. */
function fetchCycles(width: number, { rows, columns }: ArrayShape, { elementsPerCycle, fetched }: PassLimits): number {
  const weights = fetched === "all" ? rows * columns : 0;
  return (weights + rows * width) / elementsPerCycle;
}
