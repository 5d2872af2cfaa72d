/** Shapes of operators that pick, join, repeat or fill in elements. */
import { INT64 } from "../element-type.ts";
import type { NodeView } from "../node-view.ts";
import { activation, broadcastDims, type Dim, type Dims, type Value } from "../value.ts";
import type { ShapeRule, ShapeRules } from "./shape-rule.ts";

const like = (node: NodeView, dims: Dims | undefined): readonly Value[] => [activation(dims, node.type())];

const concat: ShapeRule = (node) => {
  // The quantised form has the scale and the zero point of the result first, and those of each input behind it.
  const inputs = node.op === "QLinearConcat" ? node.inputs.filter((_, i) => i % 3 === 2) : node.inputs;
  const shapes = inputs.flatMap((input) => (input === undefined ? [] : [input.dims]));
  const known = shapes.filter((dims) => dims !== undefined);
  const [first] = known;
  if (first === undefined) return like(node, undefined);
  const axis = node.axis(node.int("axis", 1), first.length);
  if (known.some((dims) => dims.length !== first.length)) node.fail("its inputs have unlike numbers of dimensions");
  const total = known.length < shapes.length ? undefined : sumOf(known.map((dims) => dims[axis]));
  return like(
    node,
    first.map((_, i) =>
      i === axis
        ? total
        : agreed(
            node,
            known.map((dims) => dims[i]),
          ),
    ),
  );
};

const sumOf = (sizes: Dims): Dim =>
  sizes.reduce<Dim>((sum, size) => (sum === undefined || size === undefined ? undefined : sum + size), 0);

function agreed(node: NodeView, sizes: Dims): Dim {
  const known = sizes.filter((size) => size !== undefined);
  const other = known.find((size) => size !== known[0]);
  return other === undefined ? known[0] : node.fail(`its inputs have the sizes ${known[0]} and ${other} on one axis`);
}

const split: ShapeRule = (node) => {
  const dims = node.dims(0);
  if (dims === undefined) return node.outputs.map(() => activation(undefined, node.type()));
  const axis = node.axis(node.int("axis", 0), dims.length);
  const sizes = splitSizes(node, dims[axis]);
  return sizes.map((size) =>
    activation(
      dims.map((own, i) => (i === axis ? size : own)),
      node.type(),
    ),
  );
};

/** As stated, or equal parts of which the last may be smaller. */
export function splitSizes(node: NodeView, size: Dim): Dims {
  const stated = node.listOf("split", 1);
  const count = node.outputs.length;
  if (stated !== undefined && stated.length > 0) {
    const total = sumOf(stated);
    if (size !== undefined && total !== undefined && total !== size) node.fail(`it splits ${size} into ${total}`);
    return stated;
  }
  if (size === undefined) return node.outputs.map(() => undefined);
  const part = Math.ceil(size / count);
  return node.outputs.map((_, i) => Math.max(0, Math.min(part, size - i * part)));
}

/** Where a slice begins and ends on each axis that it cuts, and its step. */
export interface Cut {
  readonly axis: number;
  readonly start: Dim;
  readonly step: Dim;
  readonly count: Dim;
}

/** Undefined if its axes depend on the data. */
export function cutsOf(node: NodeView, dims: Dims): readonly Cut[] | undefined {
  const isOld = node.has("starts");
  const starts = node.listOf("starts", 1);
  const ends = node.listOf("ends", 2);
  const count = starts?.length ?? ends?.length ?? node.dims(1)?.[0];
  if (count === undefined) return undefined;
  const given = node.listOf("axes", 3) ?? (isOld || node.inputs[3] === undefined ? range(count) : undefined);
  if (given === undefined || given.some((axis) => axis === undefined)) return undefined;
  const steps = isOld || node.inputs[4] === undefined ? range(count).map(() => 1) : node.numbers(4);
  return given.map((each, i) => {
    const axis = node.axis(each!, dims.length);
    return { axis, ...extentOf(node, dims[axis], starts?.[i], ends?.[i], steps?.[i]) };
  });
}

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

function extentOf(node: NodeView, size: Dim, start: Dim, end: Dim, step: Dim): Omit<Cut, "axis"> {
  if (step === 0) node.fail("its step is 0");
  if (size === undefined || start === undefined || end === undefined || step === undefined)
    return { start: undefined, step, count: undefined };
  const clamp = (at: number, low: number, high: number) => Math.min(high, Math.max(low, at < 0 ? at + size : at));
  const [from, to] =
    step > 0 ? [clamp(start, 0, size), clamp(end, 0, size)] : [clamp(start, 0, size - 1), clamp(end, -1, size - 1)];
  return { start: from, step, count: Math.max(0, Math.ceil((to - from) / step)) };
}

const slice: ShapeRule = (node) => {
  const dims = node.dims(0);
  if (dims === undefined) return like(node, undefined);
  const cuts = cutsOf(node, dims);
  if (cuts === undefined)
    return like(
      node,
      dims.map(() => undefined),
    );
  const result = [...dims];
  for (const { axis, count } of cuts) result[axis] = count;
  return like(node, result);
};

const gather: ShapeRule = (node) => {
  const [dims, indexes] = [node.dims(0), node.dims(1)];
  if (dims === undefined || indexes === undefined) return like(node, undefined);
  const axis = node.axis(node.int("axis", 0), dims.length);
  return like(node, [...dims.slice(0, axis), ...indexes, ...dims.slice(axis + 1)]);
};

const gatherElements: ShapeRule = (node) => like(node, node.dims(1));

const gatherND: ShapeRule = (node) => {
  const [dims, indexes] = [node.dims(0), node.dims(1)];
  const depth = indexes?.at(-1);
  if (dims === undefined || indexes === undefined || depth === undefined) return like(node, undefined);
  return like(node, [...indexes.slice(0, -1), ...dims.slice(node.int("batch_dims", 0) + depth)]);
};

const asFirst: ShapeRule = (node) => like(node, node.dims(0));

const expand: ShapeRule = (node) => {
  const [dims, target] = [node.dims(0), node.numbers(1)];
  if (dims === undefined || target === undefined) return like(node, undefined);
  return like(node, broadcastDims([dims, target]) ?? node.fail(`it cannot expand to [${target.join(", ")}]`));
};

const tile: ShapeRule = (node) => {
  const [dims, repeats] = [node.dims(0), node.numbers(1)];
  return like(
    node,
    dims?.map((size, axis) => {
      const times = repeats?.[axis];
      return size === undefined || times === undefined ? undefined : size * times;
    }),
  );
};

const pad: ShapeRule = (node) => {
  const dims = node.dims(0);
  if (dims === undefined) return like(node, undefined);
  const pads = node.ints("pads") ?? node.ints("paddings") ?? node.numbers(1);
  const axes = node.numbers(3)?.map((axis) => node.axis(axis ?? 0, dims.length)) ?? range(dims.length);
  if (pads !== undefined && pads.length !== 2 * axes.length)
    node.fail(`pads has ${pads.length} numbers for ${axes.length} axes`);
  return like(
    node,
    dims.map((size, axis) => {
      const at = axes.indexOf(axis);
      if (at < 0) return size;
      return sumOf([size, pads?.[at], pads?.[at + axes.length]]);
    }),
  );
};

/** Of the elements that are not 0, which the data decides; folding knows better. */
const nonZero: ShapeRule = (node) => [activation([node.dims(0)?.length, undefined], INT64)];

const compress: ShapeRule = (node) => {
  const dims = node.dims(0);
  if (!node.has("axis") || dims === undefined) return like(node, [undefined]);
  const axis = node.axis(node.int("axis", 0), dims.length);
  return like(
    node,
    dims.map((size, i) => (i === axis ? undefined : size)),
  );
};

const unique: ShapeRule = (node) => [
  activation([undefined], node.type()),
  ...[1, 2, 3].map(() => activation([undefined], INT64)),
];

const oneHot: ShapeRule = (node) => {
  const [indexes, depth] = [node.dims(0), node.numbers(1)?.[0]];
  if (indexes === undefined) return [activation(undefined, node.type(2))];
  const axis = node.axis(node.int("axis", -1), indexes.length + 1);
  return [activation([...indexes.slice(0, axis), depth, ...indexes.slice(axis)], node.type(2))];
};

/** A box a row: batch, class, box. How many, the data decides. */
const nonMaxSuppression: ShapeRule = () => [activation([undefined, 3], INT64)];

const centerCropPad: ShapeRule = (node) => {
  const [dims, target] = [node.dims(0), node.numbers(1)];
  const axes = dims && (node.ints("axes")?.map((axis) => node.axis(axis, dims.length)) ?? range(dims.length));
  return like(
    node,
    dims?.map((size, axis) => (axes!.includes(axis) ? target?.[axes!.indexOf(axis)] : size)),
  );
};

export const selectionRules: ShapeRules = {
  Concat: concat,
  QLinearConcat: concat,
  Split: split,
  Slice: slice,
  DynamicSlice: slice,
  Gather: gather,
  GatherElements: gatherElements,
  GatherND: gatherND,
  Scatter: asFirst,
  ScatterElements: asFirst,
  ScatterND: asFirst,
  TensorScatter: asFirst,
  Expand: expand,
  Tile: tile,
  Pad: pad,
  NonZero: nonZero,
  Compress: compress,
  Unique: unique,
  OneHot: oneHot,
  NonMaxSuppression: nonMaxSuppression,
  CenterCropPad: centerCropPad,
};
