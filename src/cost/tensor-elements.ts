/** Sizes of a layer's tensors. */
import type { ConvolutionLayer } from "../core/layer.ts";

export interface TensorElements {
  readonly input: number;
  /** Trained weights; or the second operand of a product of two activations, of which each batch item has its own. */
  readonly weight: number;
  readonly output: number;
}

/** Elements of the whole tensors, all groups and batch items. Padding is no part of a tensor. */
export function tensorElements(layer: ConvolutionLayer): TensorElements {
  const { inputElements: input, weightElements: weight, outputElements: output } = layer;
  if (weight > 0) return { input, weight, output };
  const { batch, groups, outputChannels, inputChannels, outputRows, outputColumns } = layer;
  const products = batch * groups;
  return {
    input: products * inputChannels * outputRows * outputColumns,
    weight: products * inputChannels * outputChannels,
    output,
  };
}
