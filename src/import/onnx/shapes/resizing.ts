/** Shapes of operators that sample their input anew. */
import type { NodeView } from "../node-view.ts";
import { activation, type Dims, type Value } from "../value.ts";
import type { ShapeRule, ShapeRules } from "./shape-rule.ts";

const like = (node: NodeView, dims: Dims | undefined): readonly Value[] => [activation(dims, node.type())];

/** Targets of an upsampling: sizes, or scales of all axes. */
const resize: ShapeRule = (node) => {
  const dims = node.dims(0);
  if (dims === undefined) return like(node, undefined);
  const isOld = node.op === "Upsample" || node.version < 11;
  const axes = node.ints("axes")?.map((axis) => node.axis(axis, dims.length)) ?? [...dims.keys()];
  const sizes = isOld ? undefined : nonEmpty(node.numbers(3));
  if (sizes !== undefined) return like(node, resizedTo(node, dims, axes, sizes));
  const scales = node.floats("scales") ?? nonEmpty(node.numbers(isOld ? 1 : 2));
  return like(
    node,
    dims.map((size, axis) => {
      const at = axes.indexOf(axis);
      if (at < 0) return size;
      const scale = scales?.[at];
      // float32 scales such as 1/3 stand a little below: add what they lost.
      return size === undefined || scale === undefined ? undefined : Math.floor(size * scale + size * 1e-7);
    }),
  );
};

/** Policies other than `stretch` keep the ratio of rows and columns. */
function resizedTo(node: NodeView, dims: Dims, axes: readonly number[], sizes: Dims): Dims {
  const policy = node.text("keep_aspect_ratio_policy", "stretch");
  const target = dims.map((size, axis) => (axes.includes(axis) ? sizes[axes.indexOf(axis)] : size));
  if (policy === "stretch") return target;
  const ratios = axes.map((axis) => (target[axis] ?? Number.NaN) / (dims[axis] ?? Number.NaN));
  const scale = policy === "not_larger" ? Math.min(...ratios) : Math.max(...ratios);
  return dims.map((size, axis) => {
    if (!axes.includes(axis) || size === undefined) return size;
    return Number.isNaN(scale) ? undefined : Math.round(scale * size);
  });
}

const nonEmpty = <T>(list: readonly T[] | undefined): readonly T[] | undefined =>
  list === undefined || list.length === 0 ? undefined : list;

const affineGrid: ShapeRule = (node) => {
  const size = node.numbers(1);
  const spatial = size?.slice(2);
  return like(node, size && [size[0], ...spatial!, spatial!.length]);
};

const gridSample: ShapeRule = (node) => {
  const [dims, grid] = [node.dims(0), node.dims(1)];
  return like(node, dims && grid && [dims[0], dims[1], ...grid.slice(1, -1)]);
};

export const resizingRules: ShapeRules = {
  Resize: resize,
  Upsample: resize,
  AffineGrid: affineGrid,
  GridSample: gridSample,
};
