/** conv, depthwise-conv and transposed-conv, from the shape that they read. */
import { convolution } from "../../core/layer.ts";
import type { LayerFields } from "../model-file.ts";
import { elementsOf, pairOf, showShape } from "../shape.ts";
import { type Window, windowOutput } from "../window.ts";
import type { Expansion, LayerContext, LayerType } from "./layer-type.ts";
import { expandSized, isSized } from "./sized-convolution.ts";

export const conv: LayerType = {
  isSized,
  expand(fields, context) {
    if (isSized(fields)) return expandSized(fields, context, "dense");
    const { out, groups = 1 } = fields;
    if (out === undefined) return missing(context, "out");
    const [channels] = context.input;
    if (channels % groups !== 0) return undivided(context, `the ${channels} channels that it reads`, groups);
    if (out % groups !== 0) return undivided(context, `out = ${out}`, groups);
    const sizes = { groups, inputChannels: channels / groups, outputChannels: out / groups };
    return windowed(fields, context, "dense", sizes, out);
  },
};

export const depthwiseConv: LayerType = {
  isSized,
  expand(fields, context) {
    if (isSized(fields)) return expandSized(fields, context, "depthwise");
    const [channels] = context.input;
    const { multiplier = 1 } = fields;
    const sizes = { inputChannels: channels, outputChannels: multiplier };
    return windowed(fields, context, "depthwise", sizes, channels * multiplier);
  },
};

export const transposedConv: LayerType = {
  expand({ out = 0, kernel, stride }, { name, batch, input }) {
    const [channels, rows, columns] = input;
    const [filterRows, filterColumns] = pairOf(kernel, [1, 1]);
    const [strideRows, strideColumns] = pairOf(stride, [2, 2]);
    const output = [out, rows * strideRows, columns * strideColumns] as const;
    const layer = convolution({
      name,
      batch,
      inputChannels: channels,
      outputChannels: out,
      // Every input element is multiplied with every weight once, as in a convolution over the input's size.
      outputRows: rows,
      outputColumns: columns,
      filterRows,
      filterColumns,
      inputElements: batch * elementsOf(input),
      outputElements: batch * elementsOf(output),
    });
    return { layers: [layer], output };
  },
};

interface Channels {
  readonly groups?: number;
  readonly inputChannels: number;
  readonly outputChannels: number;
}

function windowed(
  fields: LayerFields,
  context: LayerContext,
  operator: "dense" | "depthwise",
  channels: Channels,
  out: number,
): Expansion | undefined {
  const { name, batch, input } = context;
  if (fields.kernel === undefined) return missing(context, "kernel");
  const window = windowOf(fields);
  const [outputRows, outputColumns] = windowOutput(input[1], input[2], window);
  if (outputRows < 1 || outputColumns < 1) return doesNotFit(context);
  const layer = convolution({
    name,
    operator,
    batch,
    ...channels,
    outputRows,
    outputColumns,
    filterRows: window.kernel[0],
    filterColumns: window.kernel[1],
    strideRows: window.stride[0],
    strideColumns: window.stride[1],
    inputElements: batch * elementsOf(input),
  });
  return { layers: [layer], output: [out, outputRows, outputColumns] };
}

function windowOf({ kernel, stride, dilation, padding = "same" }: LayerFields): Window {
  return {
    kernel: pairOf(kernel, [1, 1]),
    stride: pairOf(stride, [1, 1]),
    dilation: pairOf(dilation, [1, 1]),
    padding,
  };
}

function missing(context: LayerContext, field: string): undefined {
  context.fail("", "MISSING_KEY", `needs "${field}" (or its sizes K, C, Y, X, …)`);
  return undefined;
}

function undivided(context: LayerContext, what: string, groups: number): undefined {
  context.fail("groups", "BAD_SHAPE", `groups must divide ${what}, got ${groups}`);
  return undefined;
}

export function doesNotFit(context: LayerContext): undefined {
  context.fail("kernel", "BAD_SHAPE", `kernel is larger than its (padded) input ${showShape(context.input)}`);
  return undefined;
}
