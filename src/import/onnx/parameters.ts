/** Numbers that a file holds: weights, and constants inside its graphs. */

import { bitsOf, INT64, isInteger } from "./element-type.ts";
import type { OnnxGraph, OnnxModel, OnnxNode, OnnxTensor } from "./onnx-model.ts";
import { product } from "./product.ts";

/** Elements of all tensors, without the whole numbers that only shapes need. */
export function parametersOf({ graph, functions }: OnnxModel): number {
  let sum = 0;
  for (const tensor of tensorsOf(graph)) sum += countOf(tensor);
  for (const { nodes } of functions) for (const tensor of inNodes(nodes)) sum += countOf(tensor);
  return sum;
}

export function hasExternalData({ graph }: OnnxModel): boolean {
  for (const tensor of tensorsOf(graph)) if (tensor.isExternal) return true;
  return false;
}

const countOf = ({ dims, type }: OnnxTensor): number =>
  type === INT64 || (isInteger(type) && (bitsOf(type) ?? 0) > 8) ? 0 : product(dims);

function* tensorsOf({ initializers, nodes }: OnnxGraph): Generator<OnnxTensor> {
  yield* initializers;
  yield* inNodes(nodes);
}

function* inNodes(nodes: readonly OnnxNode[]): Generator<OnnxTensor> {
  for (const { attributes } of nodes) {
    for (const { tensor, graph } of attributes.values()) {
      if (tensor !== undefined) yield tensor;
      if (graph !== undefined) yield* tensorsOf(graph);
    }
  }
}
