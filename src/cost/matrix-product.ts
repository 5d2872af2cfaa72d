/**
 * A layer as matrix products, as a systolic array runs it. Source: PREMA notes, section 3 (im2col).
 *
 * Adaptation: groups are products of their own, and so are the channels of a depthwise layer (with k = R·S and
 * m = channel multiplier) and the batch items of a product of two activations, which share no weights.
 */
import type { ConvolutionLayer } from "../core/layer.ts";

/** `products` times: weights m x k, activations k x n, outputs m x n. */
export interface MatrixProducts {
  readonly products: number;
  /** Output channels. */
  readonly m: number;
  /** The reduction: input channels x filter. */
  readonly k: number;
  /** Output positions, of all batch items that share the weights. */
  readonly n: number;
}

export function matrixProductsOf(layer: ConvolutionLayer): MatrixProducts {
  const { batch, groups, outputChannels, inputChannels } = layer;
  const filter = layer.filterRows * layer.filterColumns;
  const positions = layer.outputRows * layer.outputColumns;
  const sharingBatch = layer.weightElements > 0 ? batch : 1;
  const products = groups * (batch / sharingBatch);
  const n = positions * sharingBatch;
  if (layer.operator === "depthwise") return { products: products * inputChannels, m: outputChannels, k: filter, n };
  return { products, m: outputChannels, k: inputChannels * filter, n };
}
