/** Nodes that multiply by weights, and those weights. */
import type { NodeText } from "./builder.ts";

export const product = (name: string, input: string, weights = "w"): NodeText => ({
  op: "MatMul",
  name,
  inputs: [input, weights],
  outputs: [name],
});

export const w = { w: [8, 8], wide: [8, 64], narrow: [64, 8] };
