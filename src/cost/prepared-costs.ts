/** Costs that are known before their model is asked: those of built-in layers on built-in accelerators. */
import type { ConvolutionLayer, Layer } from "../core/layer.ts";
import type { AnalyticAccelerator, LayerCost } from "./layer-cost.ts";

/** Of an element, in the layers whose costs are prepared: all built-in models have that. */
export const PREPARED_BYTES = 1;

/** Known costs by shape: of layers of one-byte elements, on whole accelerators. */
export interface PreparedCosts {
  /** Shapes of layers. */
  readonly layerShapes: readonly string[];
  /** Their costs, in that order, on accelerators of a shape; undefined: none is prepared. */
  costsOn(
    acceleratorShape: string,
  ): readonly Pick<LayerCost, "latencyNs" | "energyPj" | "tiles" | "offChipBytes">[] | undefined;
}

/** Everything that a cost may depend on: all fields but the names, and the produced sizes, which `outputElements` holds. */
export function layerShape(layer: Layer): string {
  if (layer.kind === "memory") return `memory ${layer.inputElements} ${layer.outputElements}`;
  const { operator, batch, groups, outputChannels, inputChannels } = layer;
  const channels = `${operator} ${batch} ${groups} ${outputChannels} ${inputChannels}`;
  const elements = `${layer.inputElements} ${layer.outputElements} ${layer.weightElements}`;
  return `${channels} ${elements} ${along("Rows", layer)} ${along("Columns", layer)}`;
}

/** The window along one axis. */
function along(axis: "Rows" | "Columns", layer: ConvolutionLayer): string {
  const sizes = `${layer[`output${axis}`]} ${layer[`filter${axis}`]} ${layer[`input${axis}`]} ${layer[`swept${axis}`]}`;
  return `${sizes} ${layer[`stride${axis}`]} ${layer[`dilation${axis}`]} ${layer[`padding${axis}`]}`;
}

/** Only the cost of a systolic array depends on how its PEs are divided into units. */
export function acceleratorShape(accelerator: AnalyticAccelerator): string {
  const { clockGHz, pes, globalBufferBytes, units, costs, weights } = accelerator;
  const sizes = [clockGHz, pes, String(globalBufferBytes), weights !== undefined];
  if (costs.kind === "systolic") return JSON.stringify([...sizes, units, costs]);
  const { dataflow, ...others } = costs;
  return JSON.stringify([...sizes, dataflow.directives, others]);
}
