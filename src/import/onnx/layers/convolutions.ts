/** Convolutions as layers. */

import type { Step } from "../graph/step.ts";
import type { NodeView } from "../node-view.ts";
import { product } from "../product.ts";
import { reachOf, type SpatialWindow, windowOf } from "../shapes/spatial-window.ts";
import { convolutions, convolutionWindow } from "../shapes/windows.ts";
import { isComplete, type Value } from "../value.ts";
import { type LayerDraft, type LayerFields, pairField } from "./layer-draft.ts";
import type { Drafts } from "./layer-rule.ts";
import type { Shape } from "./shape.ts";

interface Sizes {
  readonly node: NodeView;
  readonly input: readonly number[];
  readonly output: readonly number[];
  readonly window: SpatialWindow;
  readonly groups: number;
  readonly operands: readonly Value[];
}

export function convolutionDrafts({ node, results }: Step): Drafts {
  const [input, output, window] = [node.dims(0), results[0]?.dims, convolutionWindow(node)];
  if (!isComplete(input) || !isComplete(output) || window === undefined) return "unknown-shape";
  const operands = [node.input(0), node.input(convolutions[node.op]!.weights)].filter(({ isFixed }) => !isFixed);
  const sizes = { node, input, output, window, groups: node.int("group", 1), operands };
  if (window.kernel.length > 2) return [deepDraft(sizes)];
  return [input[0] === 1 ? windowDraft(sizes) : sizedDraft(sizes)];
}

const macsOf = ({ input, output, window, groups }: Sizes): number =>
  product(output) * (input[1]! / groups) * product(window.kernel);

const weightsOf = ({ input, output, window, groups }: Sizes): number =>
  output[1]! * (input[1]! / groups) * product(window.kernel);

const isDepthwise = ({ input, output, groups }: Sizes): boolean =>
  groups > 1 && groups === input[1] && output[1]! % groups === 0;

function windowDraft(sizes: Sizes): LayerDraft {
  const { input, output, window, groups, operands } = sizes;
  const [, channels = 1, rows = 1, columns = 1] = input;
  const leaves: Shape = [output[1]!, output[2] ?? 1, output[3] ?? 1];
  const padding = paddingOf([rows, columns], [leaves[1], leaves[2]], window);
  const kept = isDepthwise(sizes)
    ? { type: "depthwise-conv", fields: output[1] === groups ? {} : { multiplier: output[1]! / groups } }
    : { type: "conv", fields: { out: output[1], ...(groups > 1 && { groups }) } };
  return {
    type: kept.type,
    fields: windowFields(window, kept.fields, padding.fields),
    reads: [channels, ...(padding.reads ?? ([rows, columns] as const))],
    leaves,
    operands,
    macs: macsOf(sizes),
    weights: weightsOf(sizes),
    ...(padding.remark !== undefined && { remark: padding.remark }),
  };
}

function windowFields(window: SpatialWindow, first: LayerFields, padding: LayerFields): LayerFields {
  const [kernel, stride, dilation] = [window.kernel, window.strides, window.dilations].map(
    ([rows = 1, columns]) => [rows, columns ?? 1] as const,
  );
  return {
    ...("out" in first && { out: first.out }),
    kernel: pairField(...kernel!),
    ...((stride![0] > 1 || stride![1] > 1) && { stride: pairField(...stride!) }),
    ...padding,
    ...((dilation![0] > 1 || dilation![1] > 1) && { dilation: pairField(...dilation!) }),
    ...first,
  };
}

interface Padding {
  readonly fields: LayerFields;
  /** Rows and columns to read instead of the input's. */
  readonly reads?: readonly [rows: number, columns: number];
  readonly remark?: string;
}

/** rtmm pads both sides alike, or `same`. Any other padding becomes part of the input. */
export function paddingOf(
  size: readonly [number, number],
  output: readonly [number, number],
  window: SpatialWindow,
): Padding {
  const axes = [0, 1].map((axis) => axisOf(size[axis]!, output[axis]!, window, axis));
  if (axes.every(({ isSame }) => isSame)) return { fields: {} };
  if (axes.every(({ isEven }) => isEven)) {
    const [rows, columns] = axes.map(({ before }) => before) as [number, number];
    return { fields: { padding: rows === 0 && columns === 0 ? "valid" : pairField(rows, columns) } };
  }
  const reads = axes.map(({ swept }) => swept) as [number, number];
  const pads = axes.map(({ before, after }) => `${before}+${after}`).join(" x ");
  return { fields: { padding: "valid" }, reads, remark: `input with its padding of ${pads}` };
}

function axisOf(size: number, output: number, window: SpatialWindow, axis: number) {
  if (axis >= window.kernel.length) return { isSame: true, isEven: true, before: 0, after: 0, swept: size };
  const [stride, [before, after]] = [window.strides[axis]!, window.pads[axis]!];
  const swept = (output - 1) * stride + reachOf(window, axis);
  const isCeil = output === Math.ceil(size / stride);
  const sameBefore = Math.floor(Math.max(0, swept - size) / 2);
  // A SAME_LOWER padding has its odd row before the input; counts are the same.
  const isSame = isCeil && (before === sameBefore || before + after === Math.max(0, swept - size));
  const isEven = Math.floor((size + 2 * before - reachOf(window, axis)) / stride) + 1 === output;
  return { isSame, isEven, before, after, swept };
}

/** Several images: written by sizes, with their number. */
function sizedDraft(sizes: Sizes): LayerDraft {
  const { input, output, window, groups, operands } = sizes;
  const [R = 1, S = 1] = window.kernel;
  const isApart = isDepthwise(sizes);
  const stride = pairField(window.strides[0] ?? 1, window.strides[1] ?? 1);
  const fields = {
    K: isApart ? output[1]! / groups : output[1],
    C: input[1],
    "Y'": output[2] ?? 1,
    "X'": output[3] ?? 1,
    R,
    S,
    ...(stride !== 1 && { stride }),
    ...(groups > 1 && !isApart && { groups }),
    N: input[0],
  };
  return {
    type: isApart ? "depthwise-conv" : "conv",
    fields,
    reads: undefined,
    leaves: [output[1]!, output[2] ?? 1, output[3] ?? 1],
    operands,
    macs: macsOf(sizes),
    weights: weightsOf(sizes),
    ...(window.dilations.some((dilation) => dilation > 1) && { remark: `dilation ${window.dilations.join(" x ")}` }),
  };
}

/** Three axes: output planes become images, and planes of the kernel become channels. */
function deepDraft(sizes: Sizes): LayerDraft {
  const { input, output, window, groups, operands } = sizes;
  const [R = 1, S = 1] = window.kernel.slice(-2);
  const [rows = 1, columns = 1] = output.slice(-2);
  const planes = product(output.slice(2, -2));
  const depth = product(window.kernel.slice(0, -2));
  const stride = pairField(window.strides.at(-2) ?? 1, window.strides.at(-1) ?? 1);
  const fields = {
    K: output[1],
    C: input[1]! * depth,
    "Y'": rows,
    "X'": columns,
    R,
    S,
    ...(stride !== 1 && { stride }),
    ...(groups > 1 && { groups }),
    N: input[0]! * planes,
  };
  return {
    type: "conv",
    fields,
    reads: undefined,
    leaves: [output[1]!, rows, columns],
    operands,
    macs: macsOf(sizes),
    weights: weightsOf(sizes),
    remark: `kernel ${window.kernel.join(" x ")}: its ${depth} planes are in C, ${planes} output planes in N`,
  };
}

export function transposedDrafts({ node, results }: Step): Drafts {
  const [input, weights, output] = [node.dims(0), node.dims(1), results[0]?.dims];
  if (!isComplete(input) || !isComplete(weights) || !isComplete(output)) return "unknown-shape";
  const window = windowOf(node, input, weights.slice(2));
  const operands = [node.input(0), node.input(1)].filter(({ isFixed }) => !isFixed);
  const sizes = { node, input, output, window, groups: node.int("group", 1), operands };
  return [window.kernel.length > 2 ? deepTransposedDraft(sizes) : transposedDraft(sizes)];
}

/** Every input meets every weight of its group once. */
const transposedMacs = ({ input, output, window, groups }: Sizes): number =>
  product(input) * (output[1]! / groups) * product(window.kernel);

const transposedWeights = ({ input, output, window, groups }: Sizes): number =>
  input[1]! * (output[1]! / groups) * product(window.kernel);

function transposedDraft(sizes: Sizes): LayerDraft {
  const { input, output, window, groups, operands } = sizes;
  const [batch = 1, channels = 1, rows = 1, columns = 1] = input;
  const ends = [0, 1].map((axis) => endOf(sizes, axis));
  const padding = pairField(ends[0]!.padding, ends[1]!.padding);
  const added = pairField(ends[0]!.added, ends[1]!.added);
  const fields = {
    ...windowFields(window, { out: output[1], ...(groups > 1 && { groups }) }, {}),
    stride: pairField(window.strides[0] ?? 1, window.strides[1] ?? 1),
    padding: padding === 0 ? "valid" : padding,
    ...(added !== 0 && { outputPadding: added }),
  };
  const [allRows, left] = [batch * rows, ends.map(({ left }) => left)];
  const leftRows = batch === 1 ? left[0]! : left[0]! + (allRows - rows) * (window.strides[0] ?? 1);
  return {
    type: "transposed-conv",
    fields,
    reads: [channels, allRows, columns],
    leaves: [output[1]!, leftRows, left[1]!],
    operands,
    macs: transposedMacs(sizes),
    weights: transposedWeights(sizes),
    ...(batch > 1 && { remark: `${batch} images below each other` }),
  };
}

/** rtmm cuts off both ends alike and adds less than a stride: what comes nearest to the operator's output. */
function endOf({ input, output, window }: Sizes, axis: number) {
  if (axis >= window.kernel.length) return { padding: 0, added: 0, left: input[axis + 2] ?? 1 };
  const stride = window.strides[axis]!;
  const full = (input[axis + 2]! - 1) * stride + reachOf(window, axis);
  const cut = full - output[axis + 2]!;
  const most = Math.max(stride, window.dilations[axis]!) - 1;
  const padding = cut <= 0 ? 0 : most > 0 ? Math.ceil(cut / 2) : Math.floor(cut / 2);
  const added = Math.min(most, Math.max(0, 2 * padding - cut));
  return { padding, added, left: full - 2 * padding + added };
}

function deepTransposedDraft(sizes: Sizes): LayerDraft {
  const { input, output, window, groups, operands } = sizes;
  const [R = 1, S = 1] = window.kernel.slice(-2);
  const [rows = 1, columns = 1] = input.slice(-2);
  const depth = product(window.kernel.slice(0, -2));
  const N = input[0]! * product(input.slice(2, -2));
  return {
    type: "conv",
    fields: { K: output[1]! * depth, C: input[1], "Y'": rows, "X'": columns, R, S, ...(groups > 1 && { groups }), N },
    reads: undefined,
    leaves: [output[1]! * depth, rows, columns],
    operands,
    macs: transposedMacs(sizes),
    weights: transposedWeights(sizes),
    remark: `transposed, kernel ${window.kernel.join(" x ")}, by its inputs: ${depth} planes of the kernel are in K`,
  };
}
