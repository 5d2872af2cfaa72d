/**
 * Cost of a layer on a weight-stationary systolic array, fissionable or not. Sources: PREMA for the time (see
 * systolic-passes.ts), Planaria for fission (see fission-shapes.ts). Each layer takes its fastest shape, and of equally
 * fast ones that of least energy. See docs/cost-models.md#systolic.
 *
 * Adaptation: a layer pays the DRAM latency once; later fetches start early enough.
 * Adaptation: with a weight memory, trained weights are loaded before the layer (core/effects/weights.ts), and passes
 * fetch none of them off chip.
 * Adaptation: time charges full tiles and all fetches, as published. Bytes and energy count true elements, off chip
 * once if a tensor fits in its buffer.
 */
import { type ConvolutionLayer, type MemoryLayer, macsOf } from "../core/layer.ts";
import type { Accelerator, SystolicCosts } from "../core/system.ts";
import { inputShare } from "./filter-window.ts";
import { fissionShapes } from "./fission-shapes.ts";
import { type MatrixProducts, matrixProductsOf } from "./matrix-product.ts";
import { offChipElements, type TensorTraffic } from "./off-chip.ts";
import { type ArrayShape, type Passes, passesOf } from "./systolic-passes.ts";
import { tensorElements } from "./tensor-elements.ts";

export interface SystolicCost {
  readonly cycles: number;
  readonly energyPj: number;
  /** Between the buffers and the array, both ways. */
  readonly bytes: number;
  readonly transferCycles: number;
  readonly tiles: number;
  readonly offChipBytes: number;
}

export type SystolicAccelerator = Pick<Accelerator, "clockGHz" | "globalBufferBytes" | "units" | "weights"> & {
  readonly costs: SystolicCosts;
};

/** The analysis for one accelerator, with all its units. */
export function systolicCostModel(
  accelerator: SystolicAccelerator,
): (layer: ConvolutionLayer, bytesPerElement: number) => SystolicCost {
  const shapes = fissionShapes(accelerator.units, accelerator.costs.array);
  return (layer, bytesPerElement) => {
    const costs = shapes.map((shape) => costOf(layer, bytesPerElement, shape, accelerator));
    return costs.reduce((best, cost) => (isBetter(cost, best) ? cost : best));
  };
}

const isBetter = (a: SystolicCost, b: SystolicCost): boolean =>
  a.cycles < b.cycles || (a.cycles === b.cycles && a.energyPj < b.energyPj);

function costOf(
  layer: ConvolutionLayer,
  bytesPerElement: number,
  shape: ArrayShape,
  accelerator: SystolicAccelerator,
): SystolicCost {
  const { costs } = accelerator;
  const work = matrixProductsOf(layer);
  const elementsPerCycle = bytesPerCycle(accelerator) / bytesPerElement;
  const areWeightsThere = accelerator.weights !== undefined && layer.weightElements > 0;
  const fetched = areWeightsThere ? "activations" : "all";
  const passes = passesOf(work, shape, { accumulatorDepth: costs.accumulatorDepth, elementsPerCycle, fetched });
  const traffic = trafficOf(layer, work, passes);
  const offChip = areWeightsThere ? { ...traffic, weight: noTraffic } : traffic;
  const offChipBytes = offChipBytesOf(withoutPadding(offChip, layer), bytesPerElement, accelerator);
  return {
    cycles: Math.ceil(costs.dramLatencyCycles + passes.cycles),
    energyPj: onChipPj(layer, work, passes, traffic, costs) + offChipBytes * costs.offChip.energyPjPerByte,
    bytes: movedElements(traffic) * bytesPerElement,
    transferCycles: Math.ceil(passes.transferCycles),
    tiles: passes.tiles,
    offChipBytes,
  };
}

interface LayerTraffic {
  readonly input: TensorTraffic;
  readonly weight: TensorTraffic;
  readonly output: TensorTraffic;
}

const noTraffic: TensorTraffic = { elements: 0, movedElements: 0 };

/** Every pass reads its weights and activations. Partial sums stay in the accumulators. */
function trafficOf(layer: ConvolutionLayer, { products, k, n }: MatrixProducts, passes: Passes): LayerTraffic {
  const { input, weight, output } = tensorElements(layer);
  return {
    input: { elements: input, movedElements: products * k * n * passes.mTiles },
    weight: { elements: weight, movedElements: weight * passes.nTiles },
    output: { elements: output, movedElements: output },
  };
}

/** The zeros of the padding come from no memory. */
const withoutPadding = ({ input, ...others }: LayerTraffic, layer: ConvolutionLayer): LayerTraffic => ({
  ...others,
  input: { ...input, movedElements: Math.ceil(input.movedElements * inputShare(layer)) },
});

const movedElements = ({ input, weight, output }: LayerTraffic): number =>
  input.movedElements + weight.movedElements + output.movedElements;

function offChipBytesOf(
  { input, weight, output }: LayerTraffic,
  bytesPerElement: number,
  { globalBufferBytes, costs }: SystolicAccelerator,
): number {
  const bufferElements = globalBufferBytes / bytesPerElement;
  const { weightBufferBytes } = costs;
  if (weightBufferBytes === undefined)
    return bytesPerElement * offChipElements([input, weight, output], bufferElements);
  const ofWeights = offChipElements([weight], weightBufferBytes / bytesPerElement);
  return bytesPerElement * (offChipElements([input, output], bufferElements) + ofWeights);
}

/** Adaptation: forwarding between PEs is part of a MAC. Every pass reads and writes each of its sums once. */
function onChipPj(
  layer: ConvolutionLayer,
  { products, m, n }: MatrixProducts,
  { kTiles }: Passes,
  traffic: LayerTraffic,
  { energy }: SystolicCosts,
): number {
  const l1Accesses = 2 * products * m * n * kTiles;
  const l2Accesses = movedElements(traffic) + traffic.input.elements + traffic.weight.elements;
  return macsOf(layer) * energy.macPj + l1Accesses * energy.l1Pj + l2Accesses * energy.l2Pj;
}

/**
 * Adaptation: a layer that only moves data takes bytes / off-chip bandwidth, in tiles of as many outputs as the
 * accumulators hold.
 */
export function systolicMemoryCost(
  layer: MemoryLayer,
  accelerator: SystolicAccelerator,
  bytesPerElement: number,
): SystolicCost {
  const { costs, units } = accelerator;
  const elements = layer.inputElements + layer.outputElements;
  const bytes = elements * bytesPerElement;
  const cycles = Math.ceil(costs.dramLatencyCycles + bytes / bytesPerCycle(accelerator));
  const tileElements = units * costs.array.columns * costs.accumulatorDepth;
  return {
    cycles,
    energyPj: elements * costs.energy.l2Pj + bytes * costs.offChip.energyPjPerByte,
    bytes,
    transferCycles: cycles,
    tiles: Math.max(1, Math.ceil(layer.outputElements / tileElements)),
    offChipBytes: bytes,
  };
}

/** 1 GB/s is one byte per ns. */
const bytesPerCycle = ({ clockGHz, costs }: SystolicAccelerator): number => costs.offChip.bandwidthGBs / clockGHz;
