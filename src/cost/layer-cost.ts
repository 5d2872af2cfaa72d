/** What one layer costs on one accelerator, by the analytic model that the accelerator names. */
import { type ConvolutionLayer, type Layer, macsOf } from "../core/layer.ts";
import type { Accelerator, AnalyticCosts, SystolicCosts } from "../core/system.ts";
import { dataCentricCostModel } from "./data-centric.ts";
import { maestroCostModel } from "./maestro.ts";
import { type MemoryBoundCost, memoryBoundCostModel } from "./memory-bound.ts";
import { systolicCostModel, systolicMemoryCost } from "./systolic.ts";

/** What a layer costs on an accelerator. */
export interface LayerCost {
  /** Whole ns: cycles / clock, rounded once. */
  readonly latencyNs: number;
  readonly cycles: number;
  readonly energyPj: number;
  /** The true number, even if the cost model counts differently. */
  readonly macs: number;
  /** Between the global buffer and the PEs, both ways. */
  readonly bytes: number;
  /** macs / (cycles x PEs), 0 to 1; clipped at 1, because `maestro` may take fewer cycles than the work needs. */
  readonly utilisation: number;
  /** `bandwidth` if more than half of the cycles wait for a transfer. */
  readonly bound: "compute" | "bandwidth";
  /** On-chip buffer need in elements; absent for layers that only move data. */
  readonly l2Elements?: number;
  /** Passes at whose ends the layer can stop; absent if the cost model has none. */
  readonly tiles?: number;
  /** Between off-chip memory and the accelerator; absent if it is not modelled. */
  readonly offChipBytes?: number;
}

/** An accelerator whose costs are computed, not measured. */
export type AnalyticAccelerator = DataflowAccelerator | SystolicAccelerator;

/** An accelerator whose costs follow from a dataflow. */
export type DataflowAccelerator = Omit<Accelerator, "costs"> & { readonly costs: AnalyticCosts };
/** An accelerator whose costs are those of a systolic array. */
export type SystolicAccelerator = Omit<Accelerator, "costs"> & { readonly costs: SystolicCosts };

/** Computes the cost of a layer with elements of `bytesPerElement`. */
export type LayerCostModel = (layer: Layer, bytesPerElement: number) => LayerCost;

export const isAnalytic = (accelerator: Accelerator): accelerator is AnalyticAccelerator =>
  accelerator.costs.kind !== "table";

/** The cost model of one accelerator; undefined if it has fewer PEs than one cluster of its dataflow. */
export function layerCostModel(accelerator: AnalyticAccelerator): LayerCostModel | undefined {
  const rawCost = isSystolic(accelerator) ? systolicLayers(accelerator) : dataflowLayers(accelerator);
  return rawCost && ((layer, bytesPerElement) => finished(layer, rawCost(layer, bytesPerElement), accelerator));
}

const isSystolic = (accelerator: AnalyticAccelerator): accelerator is SystolicAccelerator =>
  accelerator.costs.kind === "systolic";

/** All fields are always there, so that V8 sees one shape. */
interface RawCost {
  readonly cycles: number;
  readonly energyPj: number;
  readonly bytes: number;
  readonly transferCycles: number;
  readonly l2Elements: number | undefined;
  readonly tiles: number | undefined;
  readonly offChipBytes: number | undefined;
}

type RawCostModel<L extends Layer> = (layer: L, bytesPerElement: number) => RawCost;

function systolicLayers(accelerator: SystolicAccelerator): RawCostModel<Layer> {
  const convolutionCost = systolicCostModel(accelerator);
  return (layer, bytesPerElement) => {
    const cost =
      layer.kind === "convolution"
        ? convolutionCost(layer, bytesPerElement)
        : systolicMemoryCost(layer, accelerator, bytesPerElement);
    return { ...cost, l2Elements: undefined };
  };
}

function dataflowLayers(accelerator: DataflowAccelerator): RawCostModel<Layer> | undefined {
  const { costs } = accelerator;
  const convolutionCost = costs.kind === "maestro" ? maestroLayers(accelerator) : correctedLayers(accelerator);
  if (convolutionCost === undefined) return undefined;
  const memoryCost = memoryBoundCostModel(accelerator.clockGHz, costs);
  return (layer, bytesPerElement) =>
    layer.kind === "convolution"
      ? convolutionCost(layer, bytesPerElement)
      : memoryLayerCost(memoryCost(layer, bytesPerElement), bytesPerElement, costs);
}

function memoryLayerCost(
  { cycles, energyPj, movedElements }: MemoryBoundCost,
  bytesPerElement: number,
  costs: AnalyticCosts,
): RawCost {
  const bytes = movedElements * bytesPerElement;
  return {
    cycles,
    energyPj,
    bytes,
    transferCycles: cycles,
    l2Elements: undefined,
    tiles: undefined,
    offChipBytes: hasOffChip(costs) ? bytes : undefined,
  };
}

/** Whether off-chip traffic is modelled; `maestro` has none. */
const hasOffChip = ({ kind, offChip }: AnalyticCosts): boolean => kind !== "maestro" && offChip !== undefined;

/**
 * A layer enters the artifact's analysis with the input that its filter sweeps at stride 1. This keeps the true output
 * size with strides and padding. Adaptation: groups run one after another. As in the artifact, batch has no effect (Q15
 * of docs/references.md#maestro-quirks).
 */
function maestroLayers({ costs, pes }: DataflowAccelerator): RawCostModel<ConvolutionLayer> | undefined {
  const costModel = maestroCostModel(costs.dataflow, pes, costs.nocElementsPerCycle, costs.energy);
  if (costModel === undefined) return undefined;
  return (layer, bytesPerElement) => {
    const cost = costModel({
      type: layer.operator === "depthwise" ? "DSCONV" : "CONV",
      K: layer.outputChannels,
      C: layer.inputChannels,
      Y: layer.sweptRows,
      X: layer.sweptColumns,
      R: layer.filterRows,
      S: layer.filterColumns,
    });
    return {
      cycles: layer.groups * cost.cycles,
      energyPj: layer.groups * cost.energyNj * 1000,
      bytes: layer.groups * cost.movedElements * bytesPerElement,
      transferCycles: layer.groups * cost.transferCycles,
      l2Elements: cost.l2Elements,
      tiles: undefined,
      offChipBytes: undefined,
    };
  };
}

function correctedLayers(accelerator: DataflowAccelerator): RawCostModel<ConvolutionLayer> | undefined {
  const costModel = dataCentricCostModel(accelerator);
  if (costModel === undefined) return undefined;
  const isOffChip = hasOffChip(accelerator.costs);
  return (layer, bytesPerElement) => {
    const cost = costModel(layer, bytesPerElement);
    return {
      cycles: cost.cycles,
      energyPj: cost.energyPj,
      bytes: cost.movedElements * bytesPerElement,
      transferCycles: cost.transferCycles,
      l2Elements: cost.l2Elements,
      tiles: undefined,
      offChipBytes: isOffChip ? cost.offChipBytes : undefined,
    };
  };
}

function finished(layer: Layer, cost: RawCost, { clockGHz, pes }: AnalyticAccelerator): LayerCost {
  const { cycles, l2Elements, tiles, offChipBytes } = cost;
  const macs = macsOf(layer);
  const result: Mutable<LayerCost> = {
    // An input smaller than its filter may give negative cycles (Q2).
    latencyNs: Math.max(0, Math.round(cycles / clockGHz)),
    cycles,
    energyPj: cost.energyPj,
    macs,
    bytes: cost.bytes,
    utilisation: cycles > 0 ? Math.min(1, macs / (cycles * pes)) : 0,
    bound: 2 * cost.transferCycles > cycles ? "bandwidth" : "compute",
  };
  if (l2Elements !== undefined) result.l2Elements = l2Elements;
  if (tiles !== undefined) result.tiles = tiles;
  if (offChipBytes !== undefined) result.offChipBytes = offChipBytes;
  return result;
}

type Mutable<T> = { -readonly [key in keyof T]: T[key] };
