/** Reductions of known numbers. */

import { product } from "../product.ts";
import { reducedAxes } from "../shapes/reductions.ts";
import { isComplete, knownValue, type Numbers } from "../value.ts";
import { type FoldRule, type FoldRules, forEachIndex, stridesOf } from "./fold-rule.ts";

type Reduce = (numbers: readonly number[]) => number;

const sum: Reduce = (numbers) => numbers.reduce((total, n) => total + n, 0);

const reductions: Readonly<Record<string, Reduce>> = {
  ReduceSum: sum,
  ReduceProd: (numbers) => numbers.reduce((total, n) => total * n, 1),
  ReduceMax: (numbers) => numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
  ReduceMin: (numbers) => numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
  ReduceMean: (numbers) => sum(numbers) / numbers.length,
};

const foldReduction =
  (reduce: Reduce): FoldRule =>
  (node, [output]) => {
    const [numbers, dims] = [node.numbers(0), node.dims(0)];
    if (numbers === undefined || !isComplete(dims) || !isComplete(output?.dims)) return undefined;
    const axes = reducedAxes(node, dims.length);
    if (axes === undefined) return undefined;
    const groups = groupsOf(numbers, dims, axes, product(output.dims));
    const results = groups.map((group) => (group.includes(undefined) ? undefined : reduce(group as readonly number[])));
    return [knownValue(output.dims, results, output.type)];
  };

/** The numbers that become one, for each result. */
function groupsOf(
  numbers: Numbers,
  dims: readonly number[],
  axes: readonly number[],
  count: number,
): (number | undefined)[][] {
  const kept = dims.map((size, axis) => (axes.includes(axis) ? 1 : size));
  const strides = stridesOf(kept).map((stride, axis) => (axes.includes(axis) ? 0 : stride));
  const groups = Array.from({ length: count }, (): (number | undefined)[] => []);
  forEachIndex(dims, (indexes, position) => {
    const group = indexes.reduce((at, index, axis) => at + index * strides[axis]!, 0);
    groups[group]!.push(numbers[position]);
  });
  return groups;
}

export const reductionFolds: FoldRules = Object.fromEntries(
  Object.entries(reductions).map(([op, reduce]) => [op, foldReduction(reduce)]),
);
