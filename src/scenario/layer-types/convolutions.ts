/** conv and depthwise-conv, from the shape that they read. */
import { convolution } from "../../core/layer.ts";
import type { LayerFields } from "../model-file.ts";
import { pairOf, showShape } from "../shape.ts";
import { paddingBefore, type Window, windowOutput } from "../window.ts";
import type { Expansion, LayerContext, LayerType } from "./layer-type.ts";
import { expandSized, isSized } from "./sized-convolution.ts";

export const conv: LayerType = {
  isSized,
  expand(fields, context) {
    if (isSized(fields)) return expandSized(fields, context, "dense");
    const { out } = fields;
    if (out === undefined) return missing(context, "out");
    const channels = groupedChannels(fields.groups, out, context);
    return channels && windowed(fields, context, "dense", channels, out);
  },
};

export const depthwiseConv: LayerType = {
  isSized,
  expand(fields, context) {
    if (isSized(fields)) return expandSized(fields, context, "depthwise");
    const [channels] = context.input;
    const { groups = channels, out } = fields;
    if (groups !== channels) return notDepthwise(context, groups);
    const { multiplier = out === undefined ? 1 : out / channels } = fields;
    if (!Number.isInteger(multiplier) || (out !== undefined && out !== channels * multiplier))
      return unmultiplied(context, fields);
    const sizes = { inputChannels: channels, outputChannels: multiplier };
    return windowed(fields, context, "depthwise", sizes, channels * multiplier);
  },
};

/** Channel counts of one group. */
interface Channels {
  readonly groups?: number;
  readonly inputChannels: number;
  readonly outputChannels: number;
}

/** Undefined if the groups do not divide the channels. */
export function groupedChannels(groups = 1, out: number, context: LayerContext): Channels | undefined {
  const [channels] = context.input;
  if (channels % groups !== 0) return undivided(context, `the ${channels} channels that it reads`, groups);
  if (out % groups !== 0) return undivided(context, `out = ${out}`, groups);
  return { groups, inputChannels: channels / groups, outputChannels: out / groups };
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
  const [paddingRows, paddingColumns] = paddingBefore(input[1], input[2], window);
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
    dilationRows: window.dilation[0],
    dilationColumns: window.dilation[1],
    inputRows: input[1],
    inputColumns: input[2],
    paddingRows,
    paddingColumns,
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

function notDepthwise(context: LayerContext, groups: number): undefined {
  const channels = `${context.input[0]} channels`;
  context.fail(
    "groups",
    "BAD_SHAPE",
    `a depthwise-conv has a group for each of its ${channels}, got ${groups}; use conv`,
  );
  return undefined;
}

function unmultiplied(context: LayerContext, { out, multiplier }: LayerFields): undefined {
  const times = multiplier === undefined ? "a multiple of" : `${multiplier} times`;
  context.fail("out", "BAD_SHAPE", `out must be ${times} the ${context.input[0]} channels that it reads, got ${out}`);
  return undefined;
}

export function doesNotFit(context: LayerContext): undefined {
  context.fail("kernel", "BAD_SHAPE", `kernel is larger than its (padded) input ${showShape(context.input)}`);
  return undefined;
}
