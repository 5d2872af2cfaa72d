/** Shapes of operators that give the same elements another shape. */
import type { NodeView } from "../node-view.ts";
import { activation, type Dim, type Dims, elementsIn, type Numbers, type Value } from "../value.ts";
import type { ShapeRule, ShapeRules } from "./shape-rule.ts";

const like = (node: NodeView, dims: Dims | undefined): readonly Value[] => [activation(dims, node.type())];

const reshape: ShapeRule = (node) => {
  const target = node.listOf("shape", 1);
  const input = node.dims(0);
  if (target === undefined) return like(node, unknownOfRank(node.dims(1)?.[0]));
  return like(node, filledIn(node, target, input));
};

/** A shape of as many unknown sizes. */
const unknownOfRank = (rank: Dim): Dims | undefined =>
  rank === undefined || rank > 100 ? undefined : Array.from({ length: rank }, () => undefined);

/** 0 keeps a size, -1 takes what is left; so does a size that depends on the data, if it is the only one. */
function filledIn(node: NodeView, target: Numbers, input: Dims | undefined): Dims {
  const keeps = node.int("allowzero", 0) === 0;
  const dims = target.map((size, axis) => {
    if (size === 0 && keeps) return { size: input?.[axis], isOpen: false };
    return size === -1 || size === undefined ? { size: undefined, isOpen: true } : { size, isOpen: false };
  });
  if (target.filter((size) => size === -1).length > 1) node.fail("more than one size of its shape is -1");
  if (dims.some(({ size }) => size !== undefined && size < 0)) node.fail(`its shape is [${target.join(", ")}]`);
  const all = elementsIn(input);
  const open = dims.filter(({ isOpen }) => isOpen).length;
  const known = dims.every(({ size, isOpen }) => isOpen || size !== undefined);
  const product = dims.reduce((sum, { size }) => sum * (size ?? 1), 1);
  if (all !== undefined && known && open <= 1) checkElements(node, all, product, open, target);
  const rest = all !== undefined && known && open === 1 && product > 0 ? all / product : undefined;
  return dims.map(({ size, isOpen }) => (isOpen ? rest : size));
}

function checkElements(node: NodeView, all: number, product: number, open: number, target: Numbers): void {
  const fits = open === 1 ? product === 0 || all % product === 0 : all === product;
  if (!fits) node.fail(`its ${all} elements do not fit the shape [${target.map((size) => size ?? "?").join(", ")}]`);
}

const flatten: ShapeRule = (node) => {
  const dims = node.dims(0);
  if (dims === undefined) return like(node, undefined);
  const given = node.int("axis", 1);
  const axis = given === dims.length ? given : node.axis(given, Math.max(1, dims.length));
  return like(node, [elementsIn(dims.slice(0, axis)), elementsIn(dims.slice(axis))]);
};

const squeeze: ShapeRule = (node) => {
  const dims = node.dims(0);
  const given = node.listOf("axes", 1);
  if (dims === undefined || (given === undefined && node.inputs[1] !== undefined)) return like(node, undefined);
  if (given === undefined)
    return like(
      node,
      dims.filter((size) => size !== 1),
    );
  const axes = given.map((axis) => node.axis(axis ?? 0, dims.length));
  const wide = axes.find((axis) => dims[axis] !== undefined && dims[axis] !== 1);
  if (wide !== undefined) node.fail(`it removes axis ${wide}, which has the size ${dims[wide]}`);
  return like(
    node,
    dims.filter((_, axis) => !axes.includes(axis)),
  );
};

const unsqueeze: ShapeRule = (node) => {
  const dims = node.dims(0);
  const given = node.listOf("axes", 1);
  if (dims === undefined || given === undefined) return like(node, undefined);
  const rank = dims.length + given.length;
  const axes = given.map((axis) => node.axis(axis ?? 0, rank));
  if (new Set(axes).size < axes.length) node.fail("it adds the same axis twice");
  const left = [...dims];
  return like(
    node,
    Array.from({ length: rank }, (_, axis) => (axes.includes(axis) ? 1 : left.shift())),
  );
};

const transpose: ShapeRule = (node) => {
  const dims = node.dims(0);
  if (dims === undefined) return like(node, undefined);
  return like(
    node,
    permutationOf(node, dims.length).map((axis) => dims[axis]),
  );
};

/** By default it turns the axes around. */
export function permutationOf(node: NodeView, rank: number): readonly number[] {
  const order = node.ints("perm") ?? Array.from({ length: rank }, (_, axis) => rank - 1 - axis);
  const isWhole =
    order.length === rank && new Set(order).size === rank && order.every((axis) => axis < rank && axis >= 0);
  return isWhole ? order : node.fail(`its order of axes is [${order.join(", ")}], but it reads ${rank} dimensions`);
}

/** Blocks of pixels become channels, or the other way round. */
const spaceToDepth: ShapeRule = (node) => {
  const [batch, channels, rows, columns] = node.dims(0) ?? [];
  const block = node.int("blocksize", 1);
  return like(node, [batch, times(channels, block * block), over(node, rows, block), over(node, columns, block)]);
};

const depthToSpace: ShapeRule = (node) => {
  const [batch, channels, rows, columns] = node.dims(0) ?? [];
  const block = node.int("blocksize", 1);
  return like(node, [batch, over(node, channels, block * block), times(rows, block), times(columns, block)]);
};

const times = (size: Dim, factor: number): Dim => (size === undefined ? undefined : size * factor);

function over(node: NodeView, size: Dim, divisor: number): Dim {
  if (size === undefined) return undefined;
  return size % divisor === 0 ? size / divisor : node.fail(`its blocks of ${divisor} do not divide ${size}`);
}

export const reshapingRules: ShapeRules = {
  Reshape: reshape,
  Flatten: flatten,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Transpose: transpose,
  SpaceToDepth: spaceToDepth,
  DepthToSpace: depthToSpace,
};
