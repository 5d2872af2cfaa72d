/**
 * Loop geometry of one level in the artifact's analysis: the states of each loop, and the tile in each state.
 * Source: docs/references.md#maestro-loops and #maestro-visits, which define P, Q, T, a, full and delta.
 */
import { dimension, dimensionCount, filterOf, type Level, type Loop } from "./dataflow.ts";

const { K, C, R, S, Y, X } = dimension;

/** Input and weight as bits of a set, and as indexes. */
export const inputBit = 1;
export const weightBit = 2;
export const tensorCount = 2;
/** By dimension: which of these two tensors it belongs to. */
export const tensorsOf: readonly number[] = [weightBit, inputBit | weightBit, weightBit, weightBit, inputBit, inputBit];

/** States of a loop. `first` is idle in the first visit, when nothing has been loaded before. */
export const state = { idle: 0, steady: 1, edge: 2, first: 3 } as const;
export const stateCount = 4;

/** `cdiv` of docs/references.md#maestro: one more if there is a remainder, of either sign. */
const ceilDivide = (a: number, b: number): number => Math.trunc(a / b) + (a % b !== 0 ? 1 : 0);

/**
 * Tables that `fit` fills for given extents, as far as loops have the states. Hot: flat arrays by position in the nest,
 * allocated once per mapping.
 */
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
  readonly fullOfOne = new Float64Array(tensorCount);
  readonly fullOfMore = new Float64Array(tensorCount);
  /** Likewise for what the advance of the loop at a position loads of its own tensors, [position * tensorCount + tensor]. */
  readonly deltaOfOne = new Float64Array(dimensionCount * tensorCount);
  readonly deltaOfMore = new Float64Array(dimensionCount * tensorCount);
  readonly units: number;
  /** Active units while sigma, the outermost spatial loop, is at its edge, and while it is idle. */
  edgeUnits = 0;
  idleUnits = 0;
  readonly sigma: number;
  /** Tensors with a spatial dimension at this level. */
  readonly spatialTensors: number;

  private readonly isSpatial: Uint8Array;
  private readonly writtenSizes: Float64Array;
  private readonly writtenSteps: Float64Array;
  /** By tensor: the positions of its loops. */
  private readonly positionsOf: readonly Int32Array[];
  /** Loop sizes and steps by dimension, with whole dimensions filled in. */
  private readonly sizes = new Float64Array(dimensionCount);
  private readonly steps = new Float64Array(dimensionCount);
  /** Factors of delta for a loop that does not advance. */
  private readonly heldOfOne = new Float64Array(dimensionCount);
  private readonly heldOfMore = new Float64Array(dimensionCount);
  private outputChannel: number = K;

  constructor({ units, loops }: Level) {
    this.units = units;
    this.dimensions = Int32Array.from(loops, (loop) => loop.dimension);
    this.isSpatial = Uint8Array.from(loops, (loop) => (loop.isSpatial ? 1 : 0));
    this.writtenSizes = Float64Array.from(loops, (loop) => loop.size);
    this.writtenSteps = Float64Array.from(loops, (loop) => loop.step);
    this.positionsOf = [positionsOf(inputBit, loops), positionsOf(weightBit, loops)];
    this.sigma = this.isSpatial.indexOf(1);
    this.spatialTensors = loops.reduce((set, loop) => set | (loop.isSpatial ? tensorsOf[loop.dimension]! : 0), 0);
  }

  /** Sets the sizes of "whole dimension" loops: those of the layer, at every level. */
  setLayer(layerSizes: Float64Array, outputChannel: number): void {
    this.outputChannel = outputChannel;
    for (let i = 0; i < dimensionCount; i++) {
      const v = this.dimensions[i]!;
      const isWhole = this.writtenSizes[i] === Infinity;
      this.sizes[v] = isWhole ? layerSizes[v]! : this.writtenSizes[i]!;
      this.steps[v] = isWhole ? layerSizes[v]! : this.writtenSteps[i]!;
    }
  }

  /** Tile of one unit, by dimension: the extents of the level below. */
  tile(extents: Float64Array, tileExtents: Float64Array): void {
    for (let v = 0; v < dimensionCount; v++) tileExtents[v] = Math.min(this.sizes[v]!, extents[v]!);
  }

  /** Fills all tables for a level that runs over `extents`, by dimension. */
  fit(extents: Float64Array): void {
    this.countUnits(extents);
    const sigmaVariable = this.dimensions[this.sigma]!;
    const sigmaRest = iterationExtent(sigmaVariable, extents) % (this.steps[sigmaVariable]! * this.units);
    this.fullOfOne.fill(1);
    this.fullOfMore.fill(1);
    for (let i = 0; i < dimensionCount; i++) {
      if (this.isSpatial[i] === 1) this.fitSpatial(i, extents, sigmaRest !== 0);
      else this.fitTemporal(i, extents);
      this.fitLoads(i, extents);
    }
    for (let i = 0; i < dimensionCount; i++) if (this.advances(i)) this.fitDelta(i);
  }

  /** Whether the loop at `i` is ever in another state than idle. */
  advances(i: number): boolean {
    return this.steadyWeight[i] !== 0 || this.edgeWeight[i] !== 0;
  }

  /** Q5: a partial last unit is dropped. */
  private countUnits(extents: Float64Array): void {
    const v = this.dimensions[this.sigma]!;
    const step = this.steps[v]!;
    const iterations = iterationExtent(v, extents);
    this.edgeUnits = iterations <= this.sizes[v]! ? 1 : Math.trunc((iterations % (step * this.units)) / step);
    this.idleUnits = step * this.units > extents[v]! ? this.edgeUnits : this.units;
  }

  private fitTemporal(i: number, extents: Float64Array): void {
    const v = this.dimensions[i]!;
    const extent = extents[v]!;
    const size = this.sizes[v]!;
    const step = this.steps[v]!;
    const iterations = iterationExtent(v, extents);
    const isRagged = iterations % step !== 0;
    this.setWeights(i, extent <= size, iterations, step, isRagged, size >= extent);
    const idle = Math.min(extent, size);
    this.setTile(i, state.first, idle, idle);
    this.setTile(i, state.idle, idle, idle);
    if (this.steadyWeight[i] !== 0) this.setTile(i, state.steady, size, size);
    if (this.edgeWeight[i] !== 0) this.setTile(i, state.edge, extent % step, extent % step);
  }

  /** Every spatial loop uses sigma's raggedness (Q5). */
  private fitSpatial(i: number, extents: Float64Array, isRagged: boolean): void {
    const v = this.dimensions[i]!;
    const extent = extents[v]!;
    const size = this.sizes[v]!;
    const step = this.steps[v]!;
    const progress = step * this.units;
    const isCovered = extent <= (this.units - 1) * step + size;
    this.setWeights(i, isCovered, iterationExtent(v, extents), progress, isRagged, progress >= extent);
    const clipped = Math.min(extent, size);
    const last = extent < size ? extent : extent % step || size;
    const isShort = progress > extent;
    this.setTile(i, state.first, isShort ? clipped : size, isShort ? last : size);
    this.setTile(i, state.idle, isShort && !isCovered ? clipped : size, isShort && !isCovered ? last : size);
    if (this.steadyWeight[i] !== 0) this.setTile(i, state.steady, size, size);
    if (this.edgeWeight[i] !== 0) this.setTile(i, state.edge, clipped, last);
  }

  /** May be negative (Q2). */
  private setWeights(
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
  private setTile(i: number, stateIndex: number, a: number, lastA: number): void {
    const v = this.dimensions[i]!;
    const slot = i * stateCount + stateIndex;
    this.work[slot] = this.workFactor(v, a);
    this.lastWork[slot] = a === lastA ? this.work[slot]! : this.workFactor(v, lastA);
    this.outputs[slot] = this.outputFactor(v, a);
  }

  private workFactor(v: number, a: number): number {
    if (v === K || v === C) return a;
    if (v === R || v === S) return this.sizes[v]!;
    return Math.max(1, a - this.sizes[filterOf[v]!]! + 1);
  }

  private outputFactor(v: number, a: number): number {
    if (v === this.outputChannel) return a;
    if (v !== Y && v !== X) return 1;
    const size = this.sizes[v]!;
    const filter = this.sizes[filterOf[v]!]!;
    return size < filter ? a : size - filter + 1;
  }

  /** A temporal loop longer than its dimension loads the remainder, often nothing (Q3). */
  private fitLoads(i: number, extents: Float64Array): void {
    const v = this.dimensions[i]!;
    const extent = extents[v]!;
    const size = this.sizes[v]!;
    const step = this.steps[v]!;
    const isSpatial = this.isSpatial[i] === 1;
    const full = isSpatial || size <= extent ? size : extent % step;
    const fullOfMore = isSpatial ? Math.min(size, step) : full;
    for (let tensor = 0; tensor < tensorCount; tensor++) {
      if ((tensorsOf[v]! & (1 << tensor)) === 0) continue;
      this.fullOfOne[tensor]! *= full;
      this.fullOfMore[tensor]! *= fullOfMore;
    }
    this.heldOfOne[i] = isSpatial || this.isCovered[i] === 0 ? size : extent;
    this.heldOfMore[i] = isSpatial ? fullOfMore : this.heldOfOne[i]!;
  }

  /** The advance of a temporal loop adds what is new; of a spatial one, each further unit already has no more than that. */
  private fitDelta(advancing: number): void {
    const v = this.dimensions[advancing]!;
    const fresh = Math.min(this.sizes[v]!, this.steps[v]!);
    const freshOfOne = this.isSpatial[advancing] === 1 ? this.heldOfOne[advancing]! : fresh;
    for (let tensor = 0; tensor < tensorCount; tensor++) {
      if ((tensorsOf[v]! & (1 << tensor)) === 0) continue;
      let ofOne = freshOfOne;
      let ofMore = fresh;
      for (const i of this.positionsOf[tensor]!) {
        if (i === advancing) continue;
        ofOne *= this.heldOfOne[i]!;
        ofMore *= this.heldOfMore[i]!;
      }
      this.deltaOfOne[advancing * tensorCount + tensor] = ofOne;
      this.deltaOfMore[advancing * tensorCount + tensor] = ofMore;
    }
  }
}

const positionsOf = (tensorBit: number, loops: readonly Loop[]): Int32Array =>
  Int32Array.from(loops.keys()).filter((i) => (tensorsOf[loops[i]!.dimension]! & tensorBit) !== 0);

/** `e` of docs/references.md#maestro-loops: positions of the filter; 0 or less if it does not fit (Q2). */
function iterationExtent(v: number, extents: Float64Array): number {
  const filter = filterOf[v]!;
  return filter < 0 ? extents[v]! : extents[v]! - extents[filter]! + 1;
}
