/** Shapes of convolutions and pooling. */
import { FLOAT, INT32, INT64 } from "../element-type.ts";
import type { NodeView } from "../node-view.ts";
import { activation, type Dim, type Dims, isComplete } from "../value.ts";
import type { ShapeRule, ShapeRules } from "./shape-rule.ts";
import { positionsOf, reachOf, type SpatialWindow, windowOf } from "./spatial-window.ts";

/** Where an operator has its operands: quantised forms have scales and zero points between them. */
export interface ConvolutionOperands {
  readonly weights: number;
  readonly type: (node: NodeView) => number;
}

const own = (node: NodeView): number => node.type();

export const convolutions: Readonly<Record<string, ConvolutionOperands>> = {
  Conv: { weights: 1, type: own },
  FusedConv: { weights: 1, type: own },
  ConvInteger: { weights: 1, type: () => INT32 },
  QLinearConv: { weights: 3, type: (node) => node.type(7) },
  DeformConv: { weights: 1, type: own },
};

/** Undefined where shapes of weights or input are unknown. */
export function convolutionWindow(node: NodeView): SpatialWindow | undefined {
  const weights = node.dims(convolutions[node.op]?.weights ?? 1);
  const input = node.dims(0);
  if (input === undefined || !isComplete(weights)) return undefined;
  if (weights.length !== input.length || weights.length < 3)
    node.fail(`its input has ${input.length} and its weights have ${weights.length} dimensions`);
  return windowOf(node, input, kernelOf(node, weights));
}

function kernelOf(node: NodeView, weights: readonly number[]): readonly number[] {
  const kernel = weights.slice(2);
  const stated = node.ints("kernel_shape");
  if (stated !== undefined && stated.length > 0 && stated.join() !== kernel.join())
    node.fail(`kernel_shape is [${stated.join(", ")}], but its weights are ${kernel.join(" x ")}`);
  return kernel;
}

const convolution: ShapeRule = (node) => {
  const operands = convolutions[node.op]!;
  const [input, weights] = [node.dims(0), node.dims(operands.weights)];
  const window = convolutionWindow(node);
  if (input === undefined || weights === undefined || window === undefined) return [activation(undefined)];
  const groups = node.int("group", 1);
  checkChannels(node, input[1], weights, groups);
  const spatial = positionsOf(node, input.slice(2), window, "floor");
  return [activation([input[0], weights[0], ...spatial], operands.type(node))];
};

function checkChannels(node: NodeView, channels: Dim, weights: Dims, groups: number): void {
  const [out, ofGroup] = weights;
  if (!(groups >= 1)) node.fail(`group must be at least 1, got ${groups}`);
  if (channels !== undefined && ofGroup !== undefined && channels !== ofGroup * groups)
    node.fail(`its input has ${channels} channels, but its weights take ${ofGroup} in ${groups} groups`);
  if (out !== undefined && out % groups !== 0) node.fail(`${groups} groups do not divide its ${out} outputs`);
}

/** (n - 1)·s + added + reach - pads, or what output_shape says. */
const transposed: ShapeRule = (node) => {
  const [input, weights] = [node.dims(0), node.dims(1)];
  if (input === undefined || !isComplete(weights)) return [activation(undefined)];
  if (weights.length !== input.length || weights.length < 3)
    node.fail(`its input has ${input.length} and its weights have ${weights.length} dimensions`);
  const groups = node.int("group", 1);
  if (input[1] !== undefined && input[1] !== weights[0])
    node.fail(`its input has ${input[1]} channels, but its weights take ${weights[0]}`);
  if (!(groups >= 1) || weights[0]! % groups !== 0)
    node.fail(`${groups} groups do not divide its ${weights[0]} channels`);
  return [activation([input[0], weights[1]! * groups, ...transposedSpatial(node, input, weights)], node.type())];
};

function transposedSpatial(node: NodeView, input: Dims, weights: readonly number[]): Dims {
  const kernel = weights.slice(2);
  const window = windowOf(node, input, kernel);
  const stated = node.ints("output_shape");
  if (stated !== undefined && stated.length > 0) return stated.slice(-kernel.length);
  const added = node.ints("output_padding") ?? [];
  const isSame = node.text("auto_pad", "NOTSET").startsWith("SAME");
  return kernel.map((_, axis) => {
    const size = input[axis + 2];
    if (size === undefined) return undefined;
    const stride = window.strides[axis]!;
    if (isSame) return size * stride;
    const [before, after] = window.pads[axis]!;
    const left = (size - 1) * stride + (added[axis] ?? 0) + reachOf(window, axis) - before - after;
    return left >= 1 ? left : node.fail("its padding cuts off all of its output");
  });
}

export function poolWindow(node: NodeView): SpatialWindow | undefined {
  const input = node.dims(0);
  const kernel = node.ints("kernel_shape");
  if (input === undefined) return undefined;
  if (kernel === undefined || kernel.length === 0) return node.fail("it needs kernel_shape");
  if (kernel.length !== input.length - 2)
    node.fail(`kernel_shape has ${kernel.length} numbers for an input of ${input.length} dimensions`);
  return windowOf(node, input, kernel);
}

const pool: ShapeRule = (node) => {
  const input = node.dims(0);
  const window = poolWindow(node);
  if (input === undefined || window === undefined) return [activation(undefined, node.type())];
  const rounding = node.int("ceil_mode", 0) === 1 ? "ceil" : "floor";
  const dims = [input[0], input[1], ...positionsOf(node, input.slice(2), window, rounding)];
  return [activation(dims, node.type()), activation(dims, INT64)];
};

const globalPool: ShapeRule = (node) => {
  const input = node.dims(0);
  if (input !== undefined && input.length < 2) node.fail("it pools over the axes after the second, and there are none");
  const dims = input?.map((size, axis) => (axis < 2 ? size : 1));
  return [activation(dims, node.op.startsWith("QLinear") ? node.type() : node.type() || FLOAT)];
};

/** [regions, channels, rows, columns]. */
const regions =
  (rows: (node: NodeView) => Dim, columns: (node: NodeView) => Dim): ShapeRule =>
  (node) => [activation([node.dims(1)?.[0], node.dims(0)?.[1], rows(node), columns(node)], node.type())];

/** The inverse of a max pool; its third input may state the shape. */
const maxUnpool: ShapeRule = (node) => {
  const stated = node.numbers(2);
  const input = node.dims(0);
  if (stated !== undefined) return [activation(stated, node.type())];
  const window = poolWindow(node);
  if (input === undefined || window === undefined) return [activation(undefined, node.type())];
  const spatial = window.kernel.map((kernel, axis) => {
    const size = input[axis + 2];
    const [before, after] = window.pads[axis]!;
    return size === undefined ? undefined : (size - 1) * window.strides[axis]! + kernel - before - after;
  });
  return [activation([input[0], input[1], ...spatial], node.type())];
};

const col2im: ShapeRule = (node) => {
  const [input, image, block] = [node.dims(0), node.numbers(1), node.numbers(2)];
  const size = block?.reduce<Dim>(
    (product, n) => (product === undefined || n === undefined ? undefined : product * n),
    1,
  );
  const channels = input?.[1] === undefined || size === undefined ? undefined : input[1] / size;
  return [activation(image === undefined ? undefined : [input?.[0], channels, ...image], node.type())];
};

export const windowRules: ShapeRules = {
  ...Object.fromEntries(Object.keys(convolutions).map((op) => [op, convolution])),
  ConvTranspose: transposed,
  MaxPool: pool,
  AveragePool: pool,
  LpPool: pool,
  QLinearAveragePool: pool,
  GlobalAveragePool: globalPool,
  GlobalMaxPool: globalPool,
  GlobalLpPool: globalPool,
  QLinearGlobalAveragePool: globalPool,
  MaxRoiPool: regions(
    (node) => node.ints("pooled_shape")?.[0],
    (node) => node.ints("pooled_shape")?.[1],
  ),
  RoiAlign: regions(
    (node) => node.int("output_height", 1),
    (node) => node.int("output_width", 1),
  ),
  MaxUnpool: maxUnpool,
  Col2Im: col2im,
};
