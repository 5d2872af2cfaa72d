/** Matrix products: fc, gemm, matmul. */
import { type ConvolutionLayer, convolution } from "../../core/layer.ts";
import type { LayerFields } from "../model-file.ts";
import { elementsOf, type Shape, showShape, tokensOf } from "../shape.ts";
import type { LayerContext, LayerType } from "./layer-type.ts";

export const fc: LayerType = {
  ownInput: (fields) => (fields.in === undefined ? undefined : [fields.in, 1, 1]),
  expand({ out = 0, ...fields }, context) {
    const { name, batch, input } = context;
    const inputs = elementsOf(input);
    if (fields.in !== undefined && fields.in !== inputs)
      return contradicts(context, "in", `in = ${fields.in}`, [fields.in]);
    return { layers: [gemmLayer({ name, batch, rows: 1, in: inputs, out })], output: [out, 1, 1] };
  },
};

export const gemm: LayerType = {
  ownInput: ownOperand,
  expand(fields, context) {
    const product = productOf(fields, context);
    if (product === undefined || !reads([firstOperand(product)], fields, context)) return undefined;
    return { layers: [gemmLayer(product)], output: outputOf(product) };
  },
};

export const matmul: LayerType = {
  ownInput: ownOperand,
  expand(fields, context) {
    const product = productOf(fields, context);
    if (product === undefined) return undefined;
    const first = firstOperand(product);
    const second = product.groups * product.in * product.out;
    if (!reads([first, first + second], fields, context)) return undefined;
    return { layers: [matmulLayer(product)], output: outputOf(product) };
  },
};

interface Product {
  readonly name: string;
  readonly batch: number;
  readonly groups?: number;
  readonly rows: number;
  readonly in: number;
  readonly out: number;
}

type GroupedProduct = Product & { readonly groups: number };

function ownOperand({ rows, in: inputs, groups = 1 }: LayerFields): Shape | undefined {
  return rows === undefined || inputs === undefined ? undefined : [inputs * groups, rows, 1];
}

function productOf({ out = 0, groups = 1, ...fields }: LayerFields, context: LayerContext): GroupedProduct | undefined {
  const { name, batch, input, fail } = context;
  const { rows = tokensOf(input), in: inputs = input[0] / groups } = fields;
  if (Number.isInteger(inputs)) return { name, batch, groups, rows, in: inputs, out };
  fail("groups", "BAD_SHAPE", `groups must divide the ${input[0]} channels that it reads, got ${groups}`);
  return undefined;
}

const firstOperand = ({ groups, rows, in: inputs }: GroupedProduct): number => groups * rows * inputs;

const outputOf = ({ groups, rows, out }: GroupedProduct): Shape => [out * groups, rows, 1];

/** Whether the product takes all that it reads, in one of the ways in which it could. */
function reads(elements: readonly number[], { rows, in: inputs, groups }: LayerFields, context: LayerContext): boolean {
  if (elements.includes(elementsOf(context.input))) return true;
  const written = Object.entries({ in: inputs, rows, groups }).filter(([, size]) => size !== undefined);
  const what = written.map(([name, size]) => `${name} = ${size}`).join(", ");
  contradicts(context, written[0]?.[0] ?? "", what, elements);
  return false;
}

function contradicts(context: LayerContext, field: string, what: string, elements: readonly number[]): undefined {
  const [first, withSecond] = elements;
  const takes = withSecond === undefined ? first : `${first} (${withSecond} with the second operand)`;
  const read = `${showShape(context.input)}, which has ${elementsOf(context.input)}`;
  context.fail(field, "BAD_SHAPE", `with ${what} it takes ${takes} elements, but it reads ${read}`);
  return undefined;
}

/** `rows` rows of `in` elements times trained weights [in, out], `groups` times. */
export function gemmLayer(product: Product): ConvolutionLayer {
  const { name, batch, groups = 1, rows, in: inputChannels, out: outputChannels } = product;
  return convolution({ name, batch, groups, inputChannels, outputChannels, outputRows: rows, outputColumns: 1 });
}

/** [rows, in] times [in, out], both activations, `groups` times. */
export function matmulLayer(product: GroupedProduct): ConvolutionLayer {
  const { batch, groups, rows, in: inputs, out } = product;
  const inputElements = batch * groups * (rows * inputs + inputs * out);
  return { ...gemmLayer(product), inputElements, weightElements: 0 };
}
