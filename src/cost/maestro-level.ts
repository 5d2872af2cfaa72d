/** Visits and totals of a level in the artifact's analysis: docs/references.md#maestro-visits and #maestro-totals. */
import { dimensionCount, type Level } from "./dataflow.ts";
import { inputBit, MaestroGeometry, state, stateCount, tensorCount, tensorsOf, weightBit } from "./maestro-geometry.ts";
import { TupleCache } from "./tuple-cache.ts";

/** Extents, the layer's sizes and its output channel. */
const keyLength = 2 * dimensionCount + 1;
/** Where the products of the first visit are. */
const firstVisit = dimensionCount + 1;

/** Evaluates one level of a mapping for many layers. Hot: a few visits per layer, without allocation. */
export class MaestroLevel {
  /** Totals of the last evaluation; only the outermost level's reach the energy. */
  cycles = 0;
  /** The part of `cycles` in visits that wait for a transfer rather than for work. */
  transferCycles = 0;
  inputLoads = 0;
  weightLoads = 0;
  inputFills = 0;
  weightFills = 0;
  operandReads = 0;
  outputWrites = 0;
  outputReads = 0;
  macs = 0;
  /** Elements that the first visit loads and sends. */
  firstVisitElements = 0;

  private readonly geometry: MaestroGeometry;
  private readonly bandwidth: number;
  private readonly below: MaestroLevel | undefined;
  /** Dimensions whose size is the layer's, here or below. */
  private readonly wholeDimensions: readonly number[];
  private readonly cyclesOf = new TupleCache<number>(keyLength);
  private readonly key = new Float64Array(keyLength);
  private readonly tile = new Float64Array(dimensionCount);
  /** For each loop, the tensors with an uncovered loop inside it. */
  private readonly uncoveredInside = new Uint8Array(dimensionCount);
  /** Positions of the loops that advance, outer to inner; all others stay idle. */
  private readonly advancing = new Int32Array(dimensionCount);
  private advancingCount = 0;
  /** For each of them, the tensors with an uncovered loop that stays idle between it and the one outside. */
  private readonly idleAwake = new Uint8Array(dimensionCount);
  /** Products over all idle loops and the first advancing ones in the current visit. */
  private readonly weight = new Float64Array(dimensionCount + 2);
  private readonly work = new Float64Array(dimensionCount + 2);
  private readonly lastWork = new Float64Array(dimensionCount + 2);
  private readonly outputs = new Float64Array(dimensionCount + 2);
  private activeUnits = 0;
  /** Cycles of the level below; 0 if there is none, or if it reports none (Q16). */
  private inner = 0;

  constructor(level: Level, bandwidth: number, below: MaestroLevel | undefined) {
    this.geometry = new MaestroGeometry(level);
    this.bandwidth = bandwidth;
    this.below = below;
    const inner = below === undefined ? [] : below.wholeDimensions;
    const whole = level.loops.filter(({ size }) => size === Infinity).map((loop) => loop.dimension);
    this.wholeDimensions = [...new Set([...whole, ...inner])];
  }

  /** Sets the totals of one run over `extents`. */
  evaluate(extents: Float64Array, layerSizes: Float64Array, outputChannel: number): void {
    const geometry = this.geometry;
    geometry.setLayer(layerSizes, outputChannel);
    geometry.tile(extents, this.tile);
    this.inner = (this.below?.rememberedCycles(this.tile, layerSizes, outputChannel) ?? 0) | 0;
    geometry.fit(extents);
    this.clear();
    this.noteLoops();
    this.visitFirst();
    this.activeUnits = geometry.idleUnits;
    this.visit(0, -1, 0, 0);
  }

  /** `cycles` of an evaluation, for a level below another one, which asks for few kinds of tiles. */
  rememberedCycles(extents: Float64Array, layerSizes: Float64Array, outputChannel: number): number {
    const key = this.key;
    for (let v = 0; v < dimensionCount; v++) key[v] = extents[v]!;
    for (const v of this.wholeDimensions) key[dimensionCount + v] = layerSizes[v]!;
    key[keyLength - 1] = outputChannel;
    const known = this.cyclesOf.get(key);
    if (known !== undefined) return known;
    this.evaluate(extents, layerSizes, outputChannel);
    this.cyclesOf.set(key, this.cycles);
    return this.cycles;
  }

  private clear(): void {
    this.weight[0] = this.work[0] = this.lastWork[0] = this.outputs[0] = 1;
    this.cycles = this.transferCycles = this.macs = 0;
    this.inputLoads = this.weightLoads = this.inputFills = this.weightFills = 0;
    this.operandReads = this.outputWrites = this.outputReads = 0;
  }

  /** Separates loops that advance from those that stay idle, and multiplies the latter. */
  private noteLoops(): void {
    const { dimensions, isCovered } = this.geometry;
    this.advancingCount = 0;
    let idleAwake = 0;
    for (let i = 0; i < dimensionCount; i++) {
      if (this.geometry.advances(i)) {
        this.idleAwake[this.advancingCount] = idleAwake;
        this.advancing[this.advancingCount++] = i;
        idleAwake = 0;
        continue;
      }
      if (isCovered[i] === 0) idleAwake |= tensorsOf[dimensions[i]!]!;
      this.multiply(0, 0, i, state.idle, 1);
    }
    let uncovered = 0;
    for (let i = dimensionCount - 1; i >= 0; i--) {
      this.uncoveredInside[i] = uncovered;
      if (isCovered[i] === 0) uncovered |= tensorsOf[dimensions[i]!]!;
    }
  }

  /** Sets the products at `to`: those at `from` times the loop at position `i` in a state. */
  private multiply(from: number, to: number, i: number, stateIndex: number, weight: number): void {
    const { work, lastWork, outputs } = this.geometry;
    const slot = i * stateCount + stateIndex;
    this.weight[to] = this.weight[from]! * weight;
    this.work[to] = this.work[from]! * work[slot]!;
    this.lastWork[to] = this.lastWork[from]! * lastWork[slot]!;
    this.outputs[to] = this.outputs[from]! * outputs[slot]!;
  }

  /** All loops are idle, and everything is loaded. */
  private visitFirst(): void {
    const { fullOfOne, fullOfMore, idleUnits } = this.geometry;
    this.weight[firstVisit] = this.work[firstVisit] = this.lastWork[firstVisit] = this.outputs[firstVisit] = 1;
    for (let i = 0; i < dimensionCount; i++) this.multiply(firstVisit, firstVisit, i, state.first, 1);
    this.activeUnits = idleUnits;
    this.add(firstVisit, fullOfOne[0]!, fullOfMore[0]!, fullOfOne[1]!, fullOfMore[1]!);
    this.firstVisitElements = this.inputLoads + this.weightLoads + this.outputs[firstVisit]!;
  }

  /**
   * Visits all states of the advancing loops from the `nth` inwards. `advanced`: the innermost loop so far that is not
   * idle, or -1. `awake`: tensors with an awake loop so far. `awakeOutside`: those with an awake loop outside `advanced`.
   */
  private visit(nth: number, advanced: number, awake: number, awakeOutside: number): void {
    if (nth === this.advancingCount) {
      if (advanced >= 0) this.addVisit(advanced, awakeOutside);
      return;
    }
    const i = this.advancing[nth]!;
    const { dimensions, isCovered, steadyWeight, edgeWeight, sigma, units, idleUnits, edgeUnits } = this.geometry;
    const tensors = tensorsOf[dimensions[i]!]!;
    const outside = awake | this.idleAwake[nth]!;
    this.multiply(nth, nth + 1, i, state.idle, 1);
    if (i === sigma) this.activeUnits = idleUnits;
    this.visit(nth + 1, advanced, isCovered[i] === 1 ? outside : outside | tensors, awakeOutside);
    if (steadyWeight[i] !== 0) {
      this.multiply(nth, nth + 1, i, state.steady, steadyWeight[i]!);
      if (i === sigma) this.activeUnits = units;
      this.visit(nth + 1, i, outside | tensors, outside);
    }
    if (edgeWeight[i] !== 0) {
      this.multiply(nth, nth + 1, i, state.edge, edgeWeight[i]!);
      if (i === sigma) this.activeUnits = edgeUnits;
      this.visit(nth + 1, i, outside | tensors, outside);
    }
  }

  /** Delta if the advanced loop belongs to the tensor; full if only loops inside it do; else nothing (Q6). */
  private addVisit(advanced: number, awakeOutside: number): void {
    const { dimensions, deltaOfOne, deltaOfMore, fullOfOne, fullOfMore } = this.geometry;
    const delta = tensorsOf[dimensions[advanced]!]!;
    const full = this.uncoveredInside[advanced]! & ~awakeOutside;
    const input = advanced * tensorCount;
    const weight = input + 1;
    const isInputDelta = (delta & inputBit) !== 0;
    const isWeightDelta = (delta & weightBit) !== 0;
    const isInputFull = (full & inputBit) !== 0;
    const isWeightFull = (full & weightBit) !== 0;
    this.add(
      this.advancingCount,
      isInputDelta ? deltaOfOne[input]! : isInputFull ? fullOfOne[0]! : 0,
      isInputDelta ? deltaOfMore[input]! : isInputFull ? fullOfMore[0]! : 0,
      isWeightDelta ? deltaOfOne[weight]! : isWeightFull ? fullOfOne[1]! : 0,
      isWeightDelta ? deltaOfMore[weight]! : isWeightFull ? fullOfMore[1]! : 0,
    );
  }

  /** Adds the visit with the products at `at`, and the loads of the first unit and of each further one. */
  private add(at: number, inputOfOne: number, inputOfMore: number, weightOfOne: number, weightOfMore: number): void {
    const visits = this.weight[at]!;
    const work = this.work[at]!;
    const units = this.activeUnits;
    const spatial = units > 1 ? this.geometry.spatialTensors : 0;
    const inputUp = (spatial & inputBit) !== 0 ? inputOfOne + (units - 1) * inputOfMore : inputOfOne;
    const weightUp = (spatial & weightBit) !== 0 ? weightOfOne + (units - 1) * weightOfMore : weightOfOne;
    this.addCycles(visits, work, inputUp + weightUp, this.outputs[at]!);
    this.inputLoads += visits * inputUp;
    this.weightLoads += visits * weightUp;
    this.inputFills += visits * inputOfOne * units;
    this.weightFills += visits * weightOfOne * units;
    this.operandReads += visits * units * work;
    this.outputWrites += visits * work;
    this.outputReads += visits * (work - 1);
    this.macs += visits * ((units - 1) * work + this.lastWork[at]!);
  }

  /** Loads, work and outputs overlap perfectly (Q12). */
  private addCycles(visits: number, work: number, loads: number, outputs: number): void {
    const transfer = Math.max(Math.ceil(outputs / this.bandwidth), Math.ceil(loads / this.bandwidth));
    const inner = this.inner === 0 ? work : this.inner;
    this.cycles += visits * Math.max(transfer, inner);
    if (transfer > inner) this.transferCycles += visits * transfer;
  }
}
