/**
 * Loop geometry of one level in the artifact's analysis: the states of each loop, and the tile in each state.
 * Source: docs/references.md#maestro-loops and #maestro-visits, which define P, Q, T, a, full and delta.
 */
import { dimension, dimensionCount, filterOf, type Level } from "./dataflow.ts";

const { K, C, R, S, Y, X } = dimension;

/** Input and weight as bits of a set. */
export const inputBit = 1;
export const weightBit = 2;
/** By dimension: which of these two tensors it belongs to. */
export const tensorsOf: readonly number[] = [weightBit, inputBit | weightBit, weightBit, weightBit, inputBit, inputBit];

/** States of a loop. `first` is idle in the first visit, when nothing has been loaded before. */
export const state = { idle: 0, steady: 1, edge: 2, first: 3 } as const;
export const stateCount = 4;

/** `cdiv` of docs/references.md#maestro: one more if there is a remainder, of either sign. */
const ceilDivide = (a: number, b: number): number => Math.trunc(a / b) + (a % b !== 0 ? 1 : 0);

/** Tables that `fit` fills for given extents. Hot: flat arrays by position in the nest, allocated once per mapping. */
export class MaestroGeometry {
  /** By position in the nest. */
  readonly dimensions: Int32Array;
  readonly isCovered = new Uint8Array(dimensionCount);
  readonly steadyWeight = new Float64Array(dimensionCount);
  readonly edgeWeight = new Float64Array(dimensionCount);
  /** Factors of P, Q and T, [position * stateCount + state]. */
  readonly work = new Float64Array(dimensionCount * stateCount);
  readonly lastWork = new Float64Array(dimensionCount * stateCount);
  readonly outputs = new Float64Array(dimensionCount * stateCount);
  /** Elements of input and weight, [tensor], that a whole tile takes for the first unit and for each further one. */
  readonly fullOfOne = new Float64Array(2);
  readonly fullOfMore = new Float64Array(2);
  /** Likewise for what the advance of the loop at a position loads, [position * 2 + tensor]. */
  readonly deltaOfOne = new Float64Array(dimensionCount * 2);
  readonly deltaOfMore = new Float64Array(dimensionCount * 2);
  readonly units: number;
  /** Active units while sigma, the outermost spatial loop, is at its edge, and while it is idle. */
  edgeUnits = 0;
  idleUnits = 0;
  readonly sigma: number;
  /** Tensors with a spatial dimension at this level. */
  readonly spatialTensors: number;

  readonly #isSpatial: Uint8Array;
  readonly #writtenSizes: Float64Array;
  readonly #writtenSteps: Float64Array;
  /** Loop sizes and steps by dimension, with whole dimensions filled in. */
  readonly #sizes = new Float64Array(dimensionCount);
  readonly #steps = new Float64Array(dimensionCount);
  #outputChannel: number = K;

  constructor({ units, loops }: Level) {
    this.units = units;
    this.dimensions = Int32Array.from(loops, (loop) => loop.dimension);
    this.#isSpatial = Uint8Array.from(loops, (loop) => (loop.isSpatial ? 1 : 0));
    this.#writtenSizes = Float64Array.from(loops, (loop) => loop.size);
    this.#writtenSteps = Float64Array.from(loops, (loop) => loop.step);
    this.sigma = this.#isSpatial.indexOf(1);
    this.spatialTensors = loops.reduce((set, loop) => set | (loop.isSpatial ? tensorsOf[loop.dimension]! : 0), 0);
  }

  /** Sets the sizes of "whole dimension" loops: those of the layer, at every level. */
  setLayer(layerSizes: Float64Array, outputChannel: number): void {
    this.#outputChannel = outputChannel;
    for (let i = 0; i < dimensionCount; i++) {
      const v = this.dimensions[i]!;
      const isWhole = this.#writtenSizes[i] === Infinity;
      this.#sizes[v] = isWhole ? layerSizes[v]! : this.#writtenSizes[i]!;
      this.#steps[v] = isWhole ? layerSizes[v]! : this.#writtenSteps[i]!;
    }
  }

  /** Tile of one unit, by dimension: the extents of the level below. */
  tile(extents: Float64Array, tileExtents: Float64Array): void {
    for (let v = 0; v < dimensionCount; v++) tileExtents[v] = Math.min(this.#sizes[v]!, extents[v]!);
  }

  /** Fills all tables for a level that runs over `extents`, by dimension. */
  fit(extents: Float64Array): void {
    this.#countUnits(extents);
    const sigmaVariable = this.dimensions[this.sigma]!;
    const sigmaRest = iterationExtent(sigmaVariable, extents) % (this.#steps[sigmaVariable]! * this.units);
    this.fullOfOne.fill(1);
    this.fullOfMore.fill(1);
    this.deltaOfOne.fill(1);
    this.deltaOfMore.fill(1);
    for (let i = 0; i < dimensionCount; i++) {
      if (this.#isSpatial[i] === 1) this.#fitSpatial(i, extents, sigmaRest !== 0);
      else this.#fitTemporal(i, extents);
      const v = this.dimensions[i]!;
      if ((tensorsOf[v]! & inputBit) !== 0) this.#multiplyLoads(0, i, extents[v]!);
      if ((tensorsOf[v]! & weightBit) !== 0) this.#multiplyLoads(1, i, extents[v]!);
    }
  }

  /** Q5: a partial last unit is dropped. */
  #countUnits(extents: Float64Array): void {
    const v = this.dimensions[this.sigma]!;
    const step = this.#steps[v]!;
    const iterations = iterationExtent(v, extents);
    this.edgeUnits = iterations <= this.#sizes[v]! ? 1 : Math.trunc((iterations % (step * this.units)) / step);
    this.idleUnits = step * this.units > extents[v]! ? this.edgeUnits : this.units;
  }

  #fitTemporal(i: number, extents: Float64Array): void {
    const v = this.dimensions[i]!;
    const extent = extents[v]!;
    const size = this.#sizes[v]!;
    const step = this.#steps[v]!;
    const iterations = iterationExtent(v, extents);
    const isRagged = iterations % step !== 0;
    this.#setWeights(i, extent <= size, iterations, step, isRagged, size >= extent);
    const idle = Math.min(extent, size);
    this.#setTile(i, state.first, idle, idle);
    this.#setTile(i, state.idle, idle, idle);
    this.#setTile(i, state.steady, size, size);
    this.#setTile(i, state.edge, extent % step, extent % step);
  }

  /** Every spatial loop uses sigma's raggedness (Q5). */
  #fitSpatial(i: number, extents: Float64Array, isRagged: boolean): void {
    const v = this.dimensions[i]!;
    const extent = extents[v]!;
    const size = this.#sizes[v]!;
    const step = this.#steps[v]!;
    const progress = step * this.units;
    const isCovered = extent <= (this.units - 1) * step + size;
    this.#setWeights(i, isCovered, iterationExtent(v, extents), progress, isRagged, progress >= extent);
    const clipped = Math.min(extent, size);
    const last = extent < size ? extent : extent % step || size;
    const isShort = progress > extent;
    this.#setTile(i, state.first, isShort ? clipped : size, isShort ? last : size);
    this.#setTile(i, state.idle, isShort && !isCovered ? clipped : size, isShort && !isCovered ? last : size);
    this.#setTile(i, state.steady, size, size);
    this.#setTile(i, state.edge, clipped, last);
  }

  /** May be negative (Q2). */
  #setWeights(
    i: number,
    isCovered: boolean,
    iterations: number,
    progress: number,
    isRagged: boolean,
    fits: boolean,
  ): void {
    this.isCovered[i] = isCovered ? 1 : 0;
    this.steadyWeight[i] = isCovered ? 0 : ceilDivide(iterations, progress) - 1 - (isRagged ? 1 : 0);
    this.edgeWeight[i] = isRagged && !fits ? 1 : 0;
  }

  /** `a` of an ordinary unit and of the last one. */
  #setTile(i: number, stateIndex: number, a: number, lastA: number): void {
    const v = this.dimensions[i]!;
    const slot = i * stateCount + stateIndex;
    this.work[slot] = this.#workFactor(v, a);
    this.lastWork[slot] = a === lastA ? this.work[slot]! : this.#workFactor(v, lastA);
    this.outputs[slot] = this.#outputFactor(v, a);
  }

  #workFactor(v: number, a: number): number {
    if (v === K || v === C) return a;
    if (v === R || v === S) return this.#sizes[v]!;
    return Math.max(1, a - this.#sizes[filterOf[v]!]! + 1);
  }

  #outputFactor(v: number, a: number): number {
    if (v === this.#outputChannel) return a;
    if (v !== Y && v !== X) return 1;
    const size = this.#sizes[v]!;
    const filter = this.#sizes[filterOf[v]!]!;
    return size < filter ? a : size - filter + 1;
  }

  /** A temporal loop longer than its dimension loads the remainder, often nothing (Q3). */
  #multiplyLoads(tensor: number, i: number, extent: number): void {
    const v = this.dimensions[i]!;
    const size = this.#sizes[v]!;
    const step = this.#steps[v]!;
    const fresh = Math.min(size, step);
    const isSpatial = this.#isSpatial[i] === 1;
    const full = isSpatial || size <= extent ? size : extent % step;
    const held = isSpatial || this.isCovered[i] === 0 ? size : extent;
    this.fullOfOne[tensor]! *= full;
    this.fullOfMore[tensor]! *= isSpatial ? fresh : full;
    for (let advancing = 0; advancing < dimensionCount; advancing++) {
      const isFresh = !isSpatial && advancing === i;
      this.deltaOfOne[advancing * 2 + tensor]! *= isFresh ? fresh : held;
      this.deltaOfMore[advancing * 2 + tensor]! *= isFresh || isSpatial ? fresh : held;
    }
  }
}

/** `e` of docs/references.md#maestro-loops: positions of the filter; 0 or less if it does not fit (Q2). */
function iterationExtent(v: number, extents: Float64Array): number {
  const filter = filterOf[v]!;
  return filter < 0 ? extents[v]! : extents[v]! - extents[filter]! + 1;
}
