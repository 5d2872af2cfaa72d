/** Shapes of reductions over axes. */
import { INT64 } from "../element-type.ts";
import type { NodeView } from "../node-view.ts";
import { activation, type Dims } from "../value.ts";
import type { ShapeRule, ShapeRules } from "./shape-rule.ts";

export const reductions = [
  ...["ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceMax", "ReduceMean", "ReduceMin"],
  ...["ReduceProd", "ReduceSum", "ReduceSumSquare"],
] as const;

/** Undefined if they depend on the data; without a list, all of them (or none, if it says so). */
export function reducedAxes(node: NodeView, rank: number): readonly number[] | undefined {
  const given = node.listOf("axes", 1);
  if (given === undefined && node.inputs[1] !== undefined) return undefined;
  if (given?.some((axis) => axis === undefined)) return undefined;
  if (given !== undefined && given.length > 0) return given.map((axis) => node.axis(axis!, rank));
  return node.int("noop_with_empty_axes", 0) === 1 ? [] : Array.from({ length: rank }, (_, axis) => axis);
}

/** Reduced axes stay with size 1, unless `keepdims` is 0. */
function reducedDims(node: NodeView, dims: Dims, axes: readonly number[]): Dims {
  const ones = dims.map((size, axis) => (axes.includes(axis) ? 1 : size));
  return keepsAxes(node) ? ones : ones.filter((_, axis) => !axes.includes(axis));
}

const keepsAxes = (node: NodeView): boolean => node.int("keepdims", 1) === 1;

const reduction: ShapeRule = (node) => {
  const dims = node.dims(0);
  const axes = dims && reducedAxes(node, dims.length);
  if (dims !== undefined && axes === undefined && keepsAxes(node))
    return [
      activation(
        dims.map(() => undefined),
        node.type(),
      ),
    ];
  return [activation(dims && axes && reducedDims(node, dims, axes), node.type())];
};

const position: ShapeRule = (node) => {
  const dims = node.dims(0);
  if (dims === undefined) return [activation(undefined, INT64)];
  const axis = node.axis(node.int("axis", 0), dims.length);
  return [activation(reducedDims(node, dims, [axis]), INT64)];
};

export const reductionRules: ShapeRules = {
  ...Object.fromEntries(reductions.map((op) => [op, reduction])),
  ArgMax: position,
  ArgMin: position,
};
