/** Visits and totals of a level in the artifact's analysis: docs/references.md#maestro-visits and #maestro-totals. */
import { dimensionCount, type Level } from "./dataflow.ts";
import { inputBit, MaestroGeometry, state, stateCount, tensorsOf, weightBit } from "./maestro-geometry.ts";

/** Evaluates one level of a mapping for many layers. Hot: tens of visits per layer, without allocation. */
export class MaestroLevel {
  readonly geometry: MaestroGeometry;
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

  readonly #bandwidth: number;
  /** For each loop, the tensors with an uncovered loop inside it. */
  readonly #uncoveredInside = new Uint8Array(dimensionCount);
  /** For each loop, products over the loops outside it in the current visit. */
  readonly #weight = new Float64Array(dimensionCount + 1);
  readonly #work = new Float64Array(dimensionCount + 1);
  readonly #lastWork = new Float64Array(dimensionCount + 1);
  readonly #outputs = new Float64Array(dimensionCount + 1);
  #activeUnits = 0;
  /** Cycles of the level below; 0 if there is none, or if it reports none (Q16). */
  #inner = 0;

  constructor(level: Level, bandwidth: number) {
    this.geometry = new MaestroGeometry(level);
    this.#bandwidth = bandwidth;
  }

  /** Sets the totals. `inner`: cycles of the level below, 0 for the innermost. */
  evaluate(extents: Float64Array, inner: number): void {
    this.#inner = inner | 0;
    this.geometry.fit(extents);
    this.#noteUncovered();
    this.#clear();
    this.#visitFirst();
    this.#activeUnits = this.geometry.idleUnits;
    this.#visit(0, -1, 0, 0);
  }

  #noteUncovered(): void {
    const { dimensions, isCovered } = this.geometry;
    let uncovered = 0;
    for (let i = dimensionCount - 1; i >= 0; i--) {
      this.#uncoveredInside[i] = uncovered;
      if (isCovered[i] === 0) uncovered |= tensorsOf[dimensions[i]!]!;
    }
  }

  #clear(): void {
    this.#weight[0] = this.#work[0] = this.#lastWork[0] = this.#outputs[0] = 1;
    this.cycles = this.transferCycles = this.macs = 0;
    this.inputLoads = this.weightLoads = this.inputFills = this.weightFills = 0;
    this.operandReads = this.outputWrites = this.outputReads = 0;
  }

  /** All loops are idle, and everything is loaded. */
  #visitFirst(): void {
    const { fullOfOne, fullOfMore, idleUnits } = this.geometry;
    for (let i = 0; i < dimensionCount; i++) this.#multiply(i, state.first, 1);
    this.#activeUnits = idleUnits;
    this.#add(fullOfOne[0]!, fullOfMore[0]!, fullOfOne[1]!, fullOfMore[1]!);
    this.firstVisitElements = this.inputLoads + this.weightLoads + this.#outputs[dimensionCount]!;
  }

  /**
   * Visits all states of the loops from loop `i` inwards. `advancing`: the innermost loop so far that is not idle, or
   * -1. `awake`: tensors with an awake loop so far. `awakeOutside`: the tensors with an awake loop outside `advancing`.
   */
  #visit(i: number, advancing: number, awake: number, awakeOutside: number): void {
    if (i === dimensionCount) {
      if (advancing >= 0) this.#addVisit(advancing, awakeOutside);
      return;
    }
    const { dimensions, isCovered, steadyWeight, edgeWeight, sigma, units, idleUnits, edgeUnits } = this.geometry;
    const tensors = tensorsOf[dimensions[i]!]!;
    this.#multiply(i, state.idle, 1);
    if (i === sigma) this.#activeUnits = idleUnits;
    this.#visit(i + 1, advancing, isCovered[i] === 1 ? awake : awake | tensors, awakeOutside);
    if (steadyWeight[i] !== 0) {
      this.#multiply(i, state.steady, steadyWeight[i]!);
      if (i === sigma) this.#activeUnits = units;
      this.#visit(i + 1, i, awake | tensors, awake);
    }
    if (edgeWeight[i] !== 0) {
      this.#multiply(i, state.edge, edgeWeight[i]!);
      if (i === sigma) this.#activeUnits = edgeUnits;
      this.#visit(i + 1, i, awake | tensors, awake);
    }
  }

  #multiply(i: number, stateIndex: number, weight: number): void {
    const { work, lastWork, outputs } = this.geometry;
    const slot = i * stateCount + stateIndex;
    this.#weight[i + 1] = this.#weight[i]! * weight;
    this.#work[i + 1] = this.#work[i]! * work[slot]!;
    this.#lastWork[i + 1] = this.#lastWork[i]! * lastWork[slot]!;
    this.#outputs[i + 1] = this.#outputs[i]! * outputs[slot]!;
  }

  /** Delta if the advancing loop belongs to the tensor; full if only loops inside it do; else nothing (Q6). */
  #addVisit(advancing: number, awakeOutside: number): void {
    const { dimensions, deltaOfOne, deltaOfMore, fullOfOne, fullOfMore } = this.geometry;
    const delta = tensorsOf[dimensions[advancing]!]!;
    const full = this.#uncoveredInside[advancing]! & ~awakeOutside;
    const input = advancing * 2;
    const weight = input + 1;
    const isInputDelta = (delta & inputBit) !== 0;
    const isWeightDelta = (delta & weightBit) !== 0;
    const isInputFull = (full & inputBit) !== 0;
    const isWeightFull = (full & weightBit) !== 0;
    this.#add(
      isInputDelta ? deltaOfOne[input]! : isInputFull ? fullOfOne[0]! : 0,
      isInputDelta ? deltaOfMore[input]! : isInputFull ? fullOfMore[0]! : 0,
      isWeightDelta ? deltaOfOne[weight]! : isWeightFull ? fullOfOne[1]! : 0,
      isWeightDelta ? deltaOfMore[weight]! : isWeightFull ? fullOfMore[1]! : 0,
    );
  }

  /** Adds the current visit, with the loads of the first unit and of each further one. */
  #add(inputOfOne: number, inputOfMore: number, weightOfOne: number, weightOfMore: number): void {
    const visits = this.#weight[dimensionCount]!;
    const work = this.#work[dimensionCount]!;
    const units = this.#activeUnits;
    const spatial = units > 1 ? this.geometry.spatialTensors : 0;
    const inputUp = (spatial & inputBit) !== 0 ? inputOfOne + (units - 1) * inputOfMore : inputOfOne;
    const weightUp = (spatial & weightBit) !== 0 ? weightOfOne + (units - 1) * weightOfMore : weightOfOne;
    this.#addCycles(visits, work, inputUp + weightUp);
    this.inputLoads += visits * inputUp;
    this.weightLoads += visits * weightUp;
    this.inputFills += visits * inputOfOne * units;
    this.weightFills += visits * weightOfOne * units;
    this.operandReads += visits * units * work;
    this.outputWrites += visits * work;
    this.outputReads += visits * (work - 1);
    this.macs += visits * ((units - 1) * work + this.#lastWork[dimensionCount]!);
  }

  /** Loads, work and outputs overlap perfectly (Q12). */
  #addCycles(visits: number, work: number, loads: number): void {
    const outputs = this.#outputs[dimensionCount]!;
    const transfer = Math.max(Math.ceil(outputs / this.#bandwidth), Math.ceil(loads / this.#bandwidth));
    const inner = this.#inner === 0 ? work : this.#inner;
    this.cycles += visits * Math.max(transfer, inner);
    if (transfer > inner) this.transferCycles += visits * transfer;
  }
}
