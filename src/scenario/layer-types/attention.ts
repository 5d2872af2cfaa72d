/** Multi-head attention (Vaswani et al., NeurIPS 2017, section 3.2) as matrix products. */
import type { Layer, MemoryLayer } from "../../core/layer.ts";
import { type Shape, tokensOf } from "../shape.ts";
import type { LayerType } from "./layer-type.ts";
import { gemmLayer, matmulLayer } from "./products.ts";

export const attention: LayerType = {
  ownInput: ({ dim, queries, keys }) =>
    dim === undefined || queries === undefined || keys === undefined ? undefined : [dim, queries, 1],
  expand({ heads = 1, projections = "qkvo", ...fields }, { name, batch, input, fail }) {
    const [features] = input;
    const { dim = features, queries = tokensOf(input), keys = tokensOf(input) } = fields;
    if (dim % heads !== 0) {
      fail("heads", "BAD_SHAPE", `heads must divide the ${dim} features, got ${heads}`);
      return undefined;
    }
    const has = (letter: string): boolean => projections.includes(letter);
    const projection = (letter: string, rows: number, from: number, to: number): Layer[] =>
      has(letter) ? [gemmLayer({ name: `${name}.${letter}`, batch, rows, in: from, out: to })] : [];
    const product = (part: string, inner: number, out: number): Layer =>
      matmulLayer({ name: `${name}.${part}`, batch, groups: heads, rows: queries, in: inner, out });
    const layers = [
      ...projection("q", queries, features, dim),
      ...projection("k", keys, features, dim),
      ...projection("v", keys, features, dim),
      product("scores", dim / heads, keys),
      softmax(`${name}.softmax`, batch * heads * queries * keys),
      product("context", keys, dim / heads),
      ...projection("o", queries, dim, features),
    ];
    return { layers, output: outputOf(input, queries, has("o") ? features : dim) };
  },
};

const softmax = (name: string, elements: number): MemoryLayer => ({
  kind: "memory",
  name,
  inputElements: elements,
  outputElements: elements,
});

const outputOf = (input: Shape, queries: number, features: number): Shape =>
  queries === tokensOf(input) ? [features, input[1], input[2]] : [features, queries, 1];
