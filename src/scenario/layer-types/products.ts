/** Matrix products: fc, gemm, matmul. */
import { type ConvolutionLayer, convolution } from "../../core/layer.ts";
import { elementsOf, tokensOf } from "../shape.ts";
import type { LayerType } from "./layer-type.ts";

export const fc: LayerType = {
  expand({ out = 0 }, { name, batch, input }) {
    return { layers: [gemmLayer({ name, batch, rows: 1, in: elementsOf(input), out })], output: [out, 1, 1] };
  },
};

export const gemm: LayerType = {
  expand({ out = 0, ...fields }, { name, batch, input }) {
    const { rows = tokensOf(input), in: inputs = input[0] } = fields;
    return { layers: [gemmLayer({ name, batch, rows, in: inputs, out })], output: [out, rows, 1] };
  },
};

export const matmul: LayerType = {
  expand({ out = 0, groups = 1, ...fields }, { name, batch, input, fail }) {
    const { rows = tokensOf(input), in: inputs = input[0] / groups } = fields;
    if (!Number.isInteger(inputs)) {
      fail("groups", "BAD_SHAPE", `groups must divide the ${input[0]} channels that it reads, got ${groups}`);
      return undefined;
    }
    const layer = matmulLayer({ name, batch, groups, rows, in: inputs, out });
    return { layers: [layer], output: [out * groups, rows, 1] };
  },
};

interface Product {
  readonly name: string;
  readonly batch: number;
  readonly rows: number;
  readonly in: number;
  readonly out: number;
}

/** `rows` rows of `in` elements times trained weights [in, out]. */
export function gemmLayer(product: Product): ConvolutionLayer {
  const { name, batch, rows, in: inputChannels, out: outputChannels } = product;
  return convolution({ name, batch, inputChannels, outputChannels, outputRows: rows, outputColumns: 1 });
}

/** [rows, in] times [in, out], both activations, `groups` times. */
export function matmulLayer(product: Product & { readonly groups: number }): ConvolutionLayer {
  const { batch, groups, rows, in: inputs, out } = product;
  const inputElements = batch * groups * (rows * inputs + inputs * out);
  return {
    ...gemmLayer(product),
    groups,
    inputElements,
    outputElements: batch * groups * rows * out,
    weightElements: 0,
  };
}
