/**
 * A layer as matrix products, as a systolic array runs it. Source: docs/references.md#prema-time-prediction (im2col).
 *
 * Adaptation: each group is a product of its own. So is each channel of a depthwise layer (k = R·S, m = channel
 * multiplier), and each batch item of a product of two activations, because these share no weights.
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
