/**
 * One level of the corrected analysis: the artifact's structure with the corrections F1 to F6, Q7 and Q13 of
 * docs/references.md#maestro-quirks. Rows and columns are those of outputs; the inputs of a tile follow from them.
 *
 * Adaptation: a loop covers min(size, step) in each iteration, so it neither repeats nor skips work.
 * Adaptation: of two spatial loops one stays spatial: the outer one, except that with a filter and its input rows (or
 * columns) on the same units it is the filter, because these units share their outputs (row-stationary).
 */
import { dimension, dimensionCount, filterOf, type Level, type Loop } from "./dataflow.ts";
import { windowExtent } from "./filter-window.ts";
import { emptyTotals, type LevelTotals } from "./level-totals.ts";
import { TupleCache } from "./tuple-cache.ts";

const { K, C, R, S, Y, X } = dimension;
const inputBit = 1;
const weightBit = 2;
const outputBit = 4;
const reductionBit = 8;
/** By dimension: the tensors that it belongs to, and whether outputs are sums over it. */
const denseRoles = roles(outputBit, reductionBit);
const depthwiseRoles = roles(outputBit, outputBit);

function roles(outputChannels: number, inputChannels: number): readonly number[] {
  const filter = inputBit | weightBit | reductionBit;
  const position = inputBit | outputBit;
  return [weightBit | outputChannels, inputBit | weightBit | inputChannels, filter, filter, position, position];
}

export interface LayerShape {
  readonly isDepthwise: boolean;
  readonly strideRows: number;
  readonly strideColumns: number;
  readonly dilationRows: number;
  readonly dilationColumns: number;
}

/** Extents and the numbers of a shape: everything that totals depend on. */
const keyLength = dimensionCount + 5;

/** Evaluates one level for many extents. Hot: tens of visits per evaluation. */
export class DataCentricLevel {
  private readonly units: number;
  private readonly bandwidth: number;
  private readonly below: DataCentricLevel | undefined;
  private readonly loops: readonly Loop[];
  /** Position of each dimension's loop. */
  private readonly positionOf = new Int32Array(dimensionCount);
  /** Position and dimension of the spatial loop. */
  private readonly sigma: number;
  private readonly sigmaDimension: number;
  private readonly known = new TupleCache<LevelTotals>(keyLength);
  private readonly key = new Float64Array(keyLength);
  private shape: LayerShape = {
    isDepthwise: false,
    strideRows: 1,
    strideColumns: 1,
    dilationRows: 1,
    dilationColumns: 1,
  };
  private roles = denseRoles;

  /** By dimension, in the current visit: what all active units cover, and the tile of one unit. */
  private readonly covered = new Float64Array(dimensionCount);
  private readonly tile = new Float64Array(dimensionCount);
  /** By position: tile of an iteration, progress of all units in it, iterations, and the extent of the last one. */
  private readonly sizes = new Float64Array(dimensionCount);
  private readonly progress = new Float64Array(dimensionCount);
  private readonly iterations = new Float64Array(dimensionCount);
  private readonly rest = new Float64Array(dimensionCount);
  /** For each loop, the roles of the uncovered loops inside it. */
  private readonly uncoveredInside = new Uint8Array(dimensionCount);
  private activeUnits = 1;
  private lastTile = 1;
  private totals = emptyTotals();

  constructor({ units, loops }: Level, bandwidth: number, below: DataCentricLevel | undefined) {
    this.units = units;
    this.bandwidth = bandwidth;
    this.below = below;
    this.loops = loops;
    loops.forEach((loop, i) => {
      this.positionOf[loop.dimension] = i;
    });
    this.sigma = loops.indexOf(spatialLoop(loops));
    this.sigmaDimension = loops[this.sigma]!.dimension;
  }

  /** Sets everything that affects the totals here and below, except the extents. */
  setShape(shape: LayerShape): void {
    const { isDepthwise, strideRows, strideColumns, dilationRows, dilationColumns } = shape;
    this.key.set([isDepthwise ? 1 : 0, strideRows, strideColumns, dilationRows, dilationColumns], dimensionCount);
    this.shape = shape;
    this.roles = shape.isDepthwise ? depthwiseRoles : denseRoles;
    this.below?.setShape(shape);
  }

  /** Inputs under the filter in all positions of `extents`, padding included. */
  inputsUnder(extents: Float64Array): number {
    return this.inputs(extents, -1);
  }

  /** Totals of one run over `extents` (K, C, R, S, output rows, output columns). Few tiles come again and again. */
  evaluate(extents: Float64Array): LevelTotals {
    const key = this.key;
    for (let v = 0; v < dimensionCount; v++) key[v] = extents[v]!;
    let totals = this.known.get(key);
    if (totals === undefined) {
      totals = this.evaluated(extents);
      this.known.set(key, totals);
    }
    return totals;
  }

  private evaluated(extents: Float64Array): LevelTotals {
    this.totals = emptyTotals();
    this.fit(extents);
    this.visit(0, 1, -1, "fresh");
    this.totals.lastOutputs = this.outputsOfRest();
    return this.totals;
  }

  private fit(extents: Float64Array): void {
    this.fitSizes(extents);
    let uncovered = 0;
    for (let i = dimensionCount - 1; i >= 0; i--) {
      const v = this.loops[i]!.dimension;
      const progress = this.sizes[i]! * (i === this.sigma ? this.units : 1);
      this.progress[i] = Math.min(progress, extents[v]!);
      this.iterations[i] = Math.ceil(extents[v]! / progress);
      this.rest[i] = extents[v]! - (this.iterations[i]! - 1) * progress;
      this.uncoveredInside[i] = uncovered;
      if (this.iterations[i]! > 1) uncovered |= this.roles[v]!;
      this.cover(i, this.progress[i]!);
    }
  }

  /** F1 and F2: tiles are clipped to the extents. */
  private fitSizes(extents: Float64Array): void {
    for (let i = 0; i < dimensionCount; i++) {
      const { dimension: v, size, step } = this.loops[i]!;
      this.sizes[i] = Math.min(size, step, extents[v]!);
    }
    const { strideRows, strideColumns, dilationRows, dilationColumns } = this.shape;
    this.countOutputs(Y, strideRows, dilationRows, extents);
    this.countOutputs(X, strideColumns, dilationColumns, extents);
  }

  /** Converts a tile of rows or columns given in inputs to outputs. */
  private countOutputs(v: typeof Y | typeof X, stride: number, dilation: number, extents: Float64Array): void {
    const i = this.positionOf[v]!;
    const { size, step, isOfOutputs } = this.loops[i]!;
    if (isOfOutputs || size === Infinity) return;
    const filterTile = this.sizes[this.positionOf[filterOf[v]!]!]!;
    const filterReach = (filterTile - 1) * dilation + 1;
    const outputs = Math.floor((size - filterReach) / stride) + 1;
    this.sizes[i] = Math.max(1, Math.min(outputs, Math.floor(step / stride), extents[v]!));
  }

  /** Makes the loop at `i` cover that much in the current visit. F3: the last unit may have less work. */
  private cover(i: number, covered: number): void {
    const v = this.loops[i]!.dimension;
    this.covered[v] = covered;
    this.tile[v] = Math.min(covered, this.sizes[i]!);
    if (i !== this.sigma) return;
    this.activeUnits = Math.ceil(covered / this.sizes[i]!);
    this.lastTile = covered - (this.activeUnits - 1) * this.sizes[i]!;
  }

  /**
   * Visits all states (first, further, ragged last iteration) of the loops from position `from` inwards.
   * `advancing`: the innermost loop so far that is not in its first iteration, or -1. `sums`: whether an earlier visit
   * has added to this visit's outputs.
   */
  private visit(from: number, weight: number, advancing: number, sums: "fresh" | "partial"): void {
    let i = from;
    while (i < dimensionCount && this.iterations[i] === 1) i++;
    if (i === dimensionCount) {
      this.addVisit(weight, advancing, sums);
      return;
    }
    this.visit(i + 1, weight, advancing, sums);
    const role = this.roles[this.loops[i]!.dimension]!;
    const sumsAfter = (role & reductionBit) !== 0 ? "partial" : sums;
    const isRagged = this.rest[i]! < this.progress[i]!;
    const steady = this.iterations[i]! - (isRagged ? 2 : 1);
    if (steady > 0) this.visit(i + 1, weight * steady, i, sumsAfter);
    if (!isRagged) return;
    this.cover(i, this.rest[i]!);
    this.visit(i + 1, weight, i, sumsAfter);
    this.cover(i, this.progress[i]!);
  }

  /** F6: a tensor is loaded in full if an uncovered loop of it restarts inside, else only what is new. */
  private addVisit(weight: number, advancing: number, sums: "fresh" | "partial"): void {
    const v = advancing < 0 ? -1 : this.loops[advancing]!.dimension;
    const restarted = advancing < 0 ? inputBit | weightBit | outputBit : this.uncoveredInside[advancing]!;
    const moved = restarted | (v < 0 ? 0 : this.roles[v]!);
    const slides = (restarted & inputBit) !== 0 ? -1 : v;
    const inputs = (moved & inputBit) !== 0 ? this.inputs(this.covered, slides) : 0;
    const weights = (moved & weightBit) !== 0 ? weightsOf(this.covered) : 0;
    const outputs = (moved & outputBit) !== 0 ? this.outputs(this.covered) : 0;
    const partials = sums === "partial" ? outputs : 0;
    const totals = this.totals;
    totals.inputLoads += weight * inputs;
    totals.weightLoads += weight * weights;
    totals.outputsSent += weight * outputs;
    totals.partialsRead += weight * partials;
    totals.coveredMacs += weight * productOf(this.covered);
    if (advancing < 0) {
      totals.firstLoads = inputs + weights;
      totals.firstOutputs = outputs;
    }
    const bandwidth = this.bandwidth;
    const transfer = Math.max(Math.ceil(outputs / bandwidth), Math.ceil((inputs + weights + partials) / bandwidth));
    if (this.below === undefined) this.addWork(weight, transfer, moved, advancing === this.sigma ? -1 : slides, sums);
    else this.addBelow(weight, transfer, this.below);
  }

  /** The innermost level: a PE multiplies once a cycle. Q13: local accesses are counted here. */
  private addWork(weight: number, transfer: number, moved: number, slides: number, sums: "fresh" | "partial"): void {
    const totals = this.totals;
    const work = productOf(this.tile);
    totals.cycles += weight * Math.max(transfer, work);
    if (transfer > work) totals.transferCycles += weight * transfer;
    totals.l1Accesses += weight * (this.activeUnits - 1) * this.localAccesses(moved, slides, sums);
    const tile = this.tile[this.sigmaDimension]!;
    this.tile[this.sigmaDimension] = this.lastTile;
    totals.l1Accesses += weight * this.localAccesses(moved, slides, sums);
    this.tile[this.sigmaDimension] = tile;
  }

  /**
   * Accesses of one PE in one visit. Loads are written. Each MAC reads an input, a weight and its partial sum, and
   * writes the sum; the first MAC of an output has no partial sum to read.
   */
  private localAccesses(moved: number, slides: number, sums: "fresh" | "partial"): number {
    const inputs = (moved & inputBit) !== 0 ? this.inputs(this.tile, slides) : 0;
    const weights = (moved & weightBit) !== 0 ? weightsOf(this.tile) : 0;
    const started = (moved & outputBit) !== 0 && sums === "fresh" ? this.outputs(this.tile) : 0;
    return inputs + weights + 4 * productOf(this.tile) - started;
  }

  /** F4: the level below runs over the actual tile, even at an edge. All units wait for the slowest one. */
  private addBelow(weight: number, transfer: number, below: DataCentricLevel): void {
    const totals = this.totals;
    const ordinary = below.evaluate(this.tile);
    const tile = this.tile[this.sigmaDimension]!;
    this.tile[this.sigmaDimension] = this.lastTile;
    const last = this.lastTile === tile ? ordinary : below.evaluate(this.tile);
    this.tile[this.sigmaDimension] = tile;
    const slowest = this.activeUnits > 1 && ordinary.cycles >= last.cycles ? ordinary : last;
    totals.cycles += weight * Math.max(transfer, slowest.cycles);
    totals.transferCycles += weight * (transfer > slowest.cycles ? transfer : slowest.transferCycles);
    totals.l1Accesses += weight * ((this.activeUnits - 1) * ordinary.l1Accesses + last.l1Accesses);
  }

  /** Input elements under a tile; with `slides`, only those that an advance of this dimension adds. */
  private inputs(tile: Float64Array, slides: number): number {
    const { strideRows, strideColumns, dilationRows, dilationColumns } = this.shape;
    const rows = windowExtent(tile[Y]!, tile[R]!, strideRows, dilationRows, slides === Y, slides === R);
    const columns = windowExtent(tile[X]!, tile[S]!, strideColumns, dilationColumns, slides === X, slides === S);
    return tile[C]! * rows * columns;
  }

  private outputs(tile: Float64Array): number {
    return tile[K]! * (this.shape.isDepthwise ? tile[C]! : 1) * tile[Y]! * tile[X]!;
  }

  private outputsOfRest(): number {
    for (let i = 0; i < dimensionCount; i++) this.cover(i, this.rest[i]!);
    return this.outputs(this.covered);
  }
}

const weightsOf = (tile: Float64Array): number => tile[K]! * tile[C]! * tile[R]! * tile[S]!;

const productOf = (tile: Float64Array): number => weightsOf(tile) * tile[Y]! * tile[X]!;

function spatialLoop(loops: readonly Loop[]): Loop {
  const spatial = loops.filter((loop) => loop.isSpatial);
  const sharing = spatial.find((loop) => spatial.some((other) => isDiagonal(other, loop)));
  return sharing ?? spatial[0]!;
}

/** Units spread over input rows and filter rows at once work on one output row. */
function isDiagonal(rows: Loop, filter: Loop): boolean {
  return filterOf[rows.dimension] === filter.dimension && !rows.isOfOutputs && rows.step === filter.step;
}
