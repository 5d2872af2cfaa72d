/** Sizes of a layer's tensors. */
import type { ConvolutionLayer } from "../core/layer.ts";

/** Elements of one group and batch item. Inputs are those under the filter, without padding. */
export function tensorElements(layer: ConvolutionLayer): { input: number; weight: number; output: number } {
  const { outputChannels, inputChannels, outputRows, outputColumns, filterRows, filterColumns } = layer;
  const inputRows = (outputRows - 1) * layer.strideRows + filterRows;
  const inputColumns = (outputColumns - 1) * layer.strideColumns + filterColumns;
  const channels = layer.operator === "depthwise" ? outputChannels * inputChannels : outputChannels;
  return {
    input: inputChannels * inputRows * inputColumns,
    weight: outputChannels * inputChannels * filterRows * filterColumns,
    output: channels * outputRows * outputColumns,
  };
}
