/**
 * Cost of a layer by the corrected data-centric analysis: the structure of MAESTRO (Kwon et al., MICRO 2019) without
 * the artifact's quirks (Q numbers: docs/references.md#maestro-quirks). See docs/cost-models.md#data-centric.
 *
 * Adaptation: groups and batch items run one after another, each as a layer of its own.
 * Adaptation: transfers overlap with work; `startUp: on` adds the first load and the last store once.
 */
import { type ConvolutionLayer, macsOf } from "../core/layer.ts";
import type { Accelerator, AnalyticCosts } from "../core/system.ts";
import { DataCentricLevel, type LayerShape } from "./data-centric-level.ts";
import { bandwidthAt, dimension, dimensionCount, levelsOf } from "./dataflow.ts";
import type { LevelTotals } from "./level-totals.ts";
import { offChipElements } from "./off-chip.ts";
import { type TensorElements, tensorElements } from "./tensor-elements.ts";

export interface DataCentricCost {
  readonly cycles: number;
  readonly energyPj: number;
  readonly macs: number;
  /** On-chip buffer need in elements: twice what the first visit loads and sends. */
  readonly l2Elements: number;
  /** Between global buffer and PEs, both ways. */
  readonly movedElements: number;
  /** Of `cycles`, those that wait for a transfer. */
  readonly transferCycles: number;
  readonly offChipBytes: number;
  /** Of one group and batch item. */
  readonly totals: LevelTotals;
}

export type DataCentricAccelerator = Pick<Accelerator, "clockGHz" | "pes" | "globalBufferBytes" | "weights"> & {
  readonly costs: Omit<AnalyticCosts, "kind">;
};

/** The analysis for one accelerator; undefined if it has fewer PEs than one cluster of the dataflow. */
export function dataCentricCostModel(
  accelerator: DataCentricAccelerator,
): ((layer: ConvolutionLayer, bytesPerElement: number) => DataCentricCost) | undefined {
  const outermost = outermostLevel(accelerator);
  if (outermost === undefined) return undefined;
  const extents = new Float64Array(dimensionCount);
  return (layer, bytesPerElement) => {
    setExtents(extents, layer);
    outermost.setShape(shapeOf(layer));
    const traffic = { totals: outermost.evaluate(extents), sweptInputs: outermost.inputsUnder(extents) };
    return costOf(layer, bytesPerElement, traffic, accelerator);
  };
}

/** Q10: the outermost level uses the first bandwidth. */
function outermostLevel({ pes, costs }: DataCentricAccelerator): DataCentricLevel | undefined {
  const levels = levelsOf(costs.dataflow, pes, (loop) => loop);
  return levels?.reduceRight<DataCentricLevel | undefined>(
    (below, level, i) => new DataCentricLevel(level, bandwidthAt(costs.nocElementsPerCycle, i), below),
    undefined,
  );
}

/** A single filter row has nothing to dilate. */
function shapeOf(layer: ConvolutionLayer): LayerShape {
  const { operator, strideRows, strideColumns, filterRows, filterColumns } = layer;
  const dilationRows = filterRows === 1 ? 1 : layer.dilationRows;
  const dilationColumns = filterColumns === 1 ? 1 : layer.dilationColumns;
  return { isDepthwise: operator === "depthwise", strideRows, strideColumns, dilationRows, dilationColumns };
}

function setExtents(extents: Float64Array, layer: ConvolutionLayer): void {
  extents[dimension.K] = layer.outputChannels;
  extents[dimension.C] = layer.inputChannels;
  extents[dimension.R] = layer.filterRows;
  extents[dimension.S] = layer.filterColumns;
  extents[dimension.Y] = layer.outputRows;
  extents[dimension.X] = layer.outputColumns;
}

/** What one group and batch item moves. */
interface Traffic {
  readonly totals: LevelTotals;
  /** Inputs under the filter in all its positions, padding included. */
  readonly sweptInputs: number;
}

function costOf(
  layer: ConvolutionLayer,
  bytesPerElement: number,
  { totals, sweptInputs }: Traffic,
  accelerator: DataCentricAccelerator,
): DataCentricCost {
  const { costs } = accelerator;
  const repeats = layer.groups * layer.batch;
  const tensors = tensorElements(layer);
  const moved = movedElements(layer, totals);
  const onChipCycles = repeats * totals.cycles + startUpCycles(totals, costs);
  const offChipBytes = offChipBytesOf(layer, { moved, sweptInputs }, bytesPerElement, accelerator);
  const offChipNs = costs.offChip === undefined ? 0 : offChipBytes / costs.offChip.bandwidthGBs;
  const cycles = Math.max(onChipCycles, Math.ceil(offChipNs * accelerator.clockGHz));
  const l2Accesses = sumOf(moved) + tensors.input + repeats * filterElements(layer);
  const energyPj =
    macsOf(layer) * costs.energy.macPj +
    repeats * totals.l1Accesses * costs.energy.l1Pj +
    l2Accesses * costs.energy.l2Pj +
    offChipBytes * (costs.offChip?.energyPjPerByte ?? 0);
  return {
    cycles,
    energyPj,
    macs: macsOf(layer),
    l2Elements: 2 * (totals.firstLoads + totals.firstOutputs),
    movedElements: sumOf(moved),
    transferCycles: cycles > onChipCycles ? cycles : repeats * totals.transferCycles,
    offChipBytes,
    totals,
  };
}

/** Between the global buffer and the PEs, all groups and batch items. Zeros of the padding move like inputs. */
function movedElements(layer: ConvolutionLayer, totals: LevelTotals): TensorElements {
  const repeats = layer.groups * layer.batch;
  return {
    input: repeats * totals.inputLoads,
    weight: repeats * totals.weightLoads,
    output: repeats * (totals.outputsSent + totals.partialsRead) * outputsPerPosition(layer),
  };
}

/** A transposed convolution works like a convolution over its input and leaves other outputs: all of them move. */
function outputsPerPosition(layer: ConvolutionLayer): number {
  const { outputRows, outputColumns, producedRows, producedColumns } = layer;
  return (producedRows * producedColumns) / (outputRows * outputColumns);
}

/** Of one group. */
const filterElements = ({ outputChannels, inputChannels, filterRows, filterColumns }: ConvolutionLayer): number =>
  outputChannels * inputChannels * filterRows * filterColumns;

const sumOf = ({ input, weight, output }: TensorElements): number => input + weight + output;

/** Q12: only the first load and the last store do not overlap with work. */
function startUpCycles(totals: LevelTotals, { startUp, nocElementsPerCycle }: DataCentricAccelerator["costs"]): number {
  if (startUp === "off") return 0;
  const bandwidth = nocElementsPerCycle[0]!;
  return Math.ceil(totals.firstLoads / bandwidth) + Math.ceil(totals.lastOutputs / bandwidth);
}

/**
 * Q11; 0 if off-chip memory is not modelled. Batch items share trained weights. Adaptation: what is fetched again has
 * the share of padding that the whole window has; zeros come from no memory. With a weight memory,
 * trained weights are loaded before the layer (core/effects/weights.ts).
 */
function offChipBytesOf(
  layer: ConvolutionLayer,
  { moved, sweptInputs }: { readonly moved: TensorElements; readonly sweptInputs: number },
  bytesPerElement: number,
  { costs, globalBufferBytes, weights }: DataCentricAccelerator,
): number {
  if (costs.offChip === undefined) return 0;
  const { input, weight, output } = tensorElements(layer);
  const inputShare = Math.min(1, input / (layer.groups * layer.batch * sweptInputs));
  const activations = [
    { elements: input, movedElements: Math.ceil(moved.input * inputShare) },
    { elements: output, movedElements: moved.output },
  ];
  const weightTraffic = { elements: weight, movedElements: moved.weight };
  const areThere = weights !== undefined && layer.weightElements > 0;
  const tensors = areThere ? activations : [activations[0]!, weightTraffic, activations[1]!];
  return bytesPerElement * offChipElements(tensors, globalBufferBytes / bytesPerElement);
}
