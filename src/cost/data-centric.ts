/**
 * Cost of a layer by the corrected data-centric analysis: the structure of MAESTRO (Kwon et al., MICRO 2019) without
 * the artifact's quirks (Q numbers: docs/references.md#maestro-quirks). See docs/cost-models.md#data-centric.
 *
 * Adaptation: groups and batch items run one after another, each as a layer of its own.
 * Adaptation: transfers overlap with work; `startUp: on` adds the first load and the last store once.
 */
import { type ConvolutionLayer, macsOf } from "../core/layer.ts";
import type { Accelerator, AnalyticCosts } from "../core/system.ts";
import { DataCentricLevel } from "./data-centric-level.ts";
import { bandwidthAt, dimension, dimensionCount, levelsOf } from "./dataflow.ts";
import type { LevelTotals } from "./level-totals.ts";
import { offChipElements } from "./off-chip.ts";
import { tensorElements } from "./tensor-elements.ts";

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
    outermost.setShape({ ...layer, isDepthwise: layer.operator === "depthwise" });
    return costOf(layer, bytesPerElement, outermost.evaluate(extents), accelerator);
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

function setExtents(extents: Float64Array, layer: ConvolutionLayer): void {
  extents[dimension.K] = layer.outputChannels;
  extents[dimension.C] = layer.inputChannels;
  extents[dimension.R] = layer.filterRows;
  extents[dimension.S] = layer.filterColumns;
  extents[dimension.Y] = layer.outputRows;
  extents[dimension.X] = layer.outputColumns;
}

function costOf(
  layer: ConvolutionLayer,
  bytesPerElement: number,
  totals: LevelTotals,
  accelerator: DataCentricAccelerator,
): DataCentricCost {
  const { costs } = accelerator;
  const repeats = layer.groups * layer.batch;
  const tensors = tensorElements(layer);
  const moved = totals.inputLoads + totals.weightLoads + totals.outputsSent + totals.partialsRead;
  const onChipCycles = repeats * totals.cycles + startUpCycles(totals, costs);
  const offChipBytes = offChipBytesOf(layer, totals, bytesPerElement, accelerator);
  const offChipNs = costs.offChip === undefined ? 0 : offChipBytes / costs.offChip.bandwidthGBs;
  const cycles = Math.max(onChipCycles, Math.ceil(offChipNs * accelerator.clockGHz));
  const l2Accesses = repeats * (moved + tensors.input + tensors.weight);
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
    movedElements: repeats * moved,
    transferCycles: cycles > onChipCycles ? cycles : repeats * totals.transferCycles,
    offChipBytes,
    totals,
  };
}

/** Q12: only the first load and the last store do not overlap with work. */
function startUpCycles(totals: LevelTotals, { startUp, nocElementsPerCycle }: DataCentricAccelerator["costs"]): number {
  if (startUp === "off") return 0;
  const bandwidth = nocElementsPerCycle[0]!;
  return Math.ceil(totals.firstLoads / bandwidth) + Math.ceil(totals.lastOutputs / bandwidth);
}

/**
 * Q11; 0 if off-chip memory is not modelled. Batch items share trained weights. With a weight memory, these are loaded
 * before the layer (core/effects/weights.ts).
 */
function offChipBytesOf(
  layer: ConvolutionLayer,
  totals: LevelTotals,
  bytesPerElement: number,
  { costs, globalBufferBytes, weights }: DataCentricAccelerator,
): number {
  if (costs.offChip === undefined) return 0;
  const repeats = layer.groups * layer.batch;
  const { input, weight, output } = tensorElements(layer);
  const weightCopies = layer.weightElements > 0 ? layer.groups : repeats;
  const activations = [
    { elements: repeats * input, movedElements: repeats * totals.inputLoads },
    { elements: repeats * output, movedElements: repeats * (totals.outputsSent + totals.partialsRead) },
  ];
  const weightTraffic = { elements: weightCopies * weight, movedElements: repeats * totals.weightLoads };
  const areThere = weights !== undefined && layer.weightElements > 0;
  const tensors = areThere ? activations : [activations[0]!, weightTraffic, activations[1]!];
  return bytesPerElement * offChipElements(tensors, globalBufferBytes / bytesPerElement);
}
