/** Known numbers that another shape, order or selection of them has. */

import type { NodeView } from "../node-view.ts";
import { product } from "../product.ts";
import { permutationOf } from "../shapes/reshaping.ts";
import { cutsOf } from "../shapes/selection.ts";
import { isComplete, knownValue, type Numbers, type Value } from "../value.ts";
import { broadcastPosition, type FoldRule, type FoldRules, forEachIndex, stridesOf } from "./fold-rule.ts";

/** The same numbers in the output's shape. */
const renamed: FoldRule = (node, [output]) => {
  const numbers = node.numbers(0);
  return numbers === undefined || !isComplete(output?.dims) || product(output.dims) !== numbers.length
    ? undefined
    : [knownValue(output.dims, numbers, output.type)];
};

interface Source {
  readonly numbers: Numbers;
  readonly dims: readonly number[];
  readonly strides: readonly number[];
}

function sourceOf(value: Value | undefined): Source | undefined {
  const numbers = value?.numbers();
  if (numbers === undefined || !isComplete(value?.dims)) return undefined;
  return { numbers, dims: value.dims, strides: stridesOf(value.dims) };
}

/** Each element of the output from a position of the first input. */
const moved =
  (positionOf: (node: NodeView, source: Source) => ((indexes: readonly number[]) => number) | undefined): FoldRule =>
  (node, [output]) => {
    const source = sourceOf(node.inputs[0]);
    if (source === undefined || !isComplete(output?.dims)) return undefined;
    const position = positionOf(node, source);
    if (position === undefined) return undefined;
    const results: (number | undefined)[] = [];
    forEachIndex(output.dims, (indexes) => results.push(source.numbers[position(indexes)]));
    return [knownValue(output.dims, results, output.type)];
  };

const expand = moved(
  (_, { dims, strides }) =>
    (indexes) =>
      broadcastPosition(indexes, dims, strides),
);

const transpose = moved((node, { dims, strides }) => {
  const order = permutationOf(node, dims.length);
  return (indexes) => order.reduce((sum, axis, i) => sum + indexes[i]! * strides[axis]!, 0);
});

const tile = moved(
  (_, { dims, strides }) =>
    (indexes) =>
      dims.reduce((sum, size, axis) => sum + (indexes[axis]! % size) * strides[axis]!, 0),
);

const slice = moved((node, { dims, strides }) => {
  const cuts = cutsOf(node, dims);
  if (cuts === undefined || cuts.some(({ start, step }) => start === undefined || step === undefined)) return undefined;
  const [starts, steps] = [dims.map(() => 0), dims.map(() => 1)];
  for (const { axis, start, step } of cuts) [starts[axis], steps[axis]] = [start!, step!];
  return (indexes) => indexes.reduce((sum, i, axis) => sum + (starts[axis]! + i * steps[axis]!) * strides[axis]!, 0);
});

const gather: FoldRule = (node, [output]) => {
  const [source, picks] = [sourceOf(node.inputs[0]), sourceOf(node.inputs[1])];
  if (source === undefined || picks === undefined || !isComplete(output?.dims)) return undefined;
  const axis = node.axis(node.int("axis", 0), source.dims.length);
  const size = source.dims[axis]!;
  const depth = picks.dims.length;
  const results: (number | undefined)[] = [];
  forEachIndex(output.dims, (indexes) => {
    const pick = picks.numbers[broadcastPosition(indexes.slice(axis, axis + depth), picks.dims, picks.strides)];
    if (pick === undefined) return results.push(undefined);
    if (pick >= size || pick < -size) node.fail(`it takes element ${pick} of ${size}`);
    const own = [...indexes.slice(0, axis), pick < 0 ? pick + size : pick, ...indexes.slice(axis + depth)];
    return results.push(source.numbers[own.reduce((sum, i, a) => sum + i * source.strides[a]!, 0)]);
  });
  return [knownValue(output.dims, results, output.type)];
};

const concat: FoldRule = (node, [output]) => {
  const sources = node.inputs.map(sourceOf);
  if (!isComplete(output?.dims) || sources.some((source) => source === undefined)) return undefined;
  const axis = node.axis(node.int("axis", 1), output.dims.length);
  const outer = product(output.dims.slice(0, axis));
  const results: (number | undefined)[] = [];
  for (let row = 0; row < outer; row += 1) {
    for (const source of sources) {
      const width = source!.numbers.length / outer;
      results.push(...source!.numbers.slice(row * width, (row + 1) * width));
    }
  }
  return [knownValue(output.dims, results, output.type)];
};

const split: FoldRule = (node, outputs) => {
  const source = sourceOf(node.inputs[0]);
  if (source === undefined || outputs.some(({ dims }) => !isComplete(dims))) return undefined;
  const axis = node.axis(node.int("axis", 0), source.dims.length);
  let start = 0;
  return outputs.map(({ dims, type }) => {
    const own = dims as readonly number[];
    const results: (number | undefined)[] = [];
    forEachIndex(own, (indexes) => {
      const position = indexes.reduce((sum, i, a) => sum + (a === axis ? i + start : i) * source.strides[a]!, 0);
      results.push(source.numbers[position]);
    });
    start += own[axis]!;
    return knownValue(own, results, type);
  });
};

/** Columns are the indexes of each element that is not 0. */
const nonZero: FoldRule = (node) => {
  const source = sourceOf(node.inputs[0]);
  if (source === undefined || source.numbers.includes(undefined)) return undefined;
  const rows: number[][] = source.dims.map(() => []);
  forEachIndex(source.dims, (indexes, position) => {
    if (source.numbers[position] !== 0) for (const [axis, index] of indexes.entries()) rows[axis]!.push(index);
  });
  return [knownValue([rows.length, rows[0]?.length ?? 0], rows.flat())];
};

const scatterND: FoldRule = (node, [output]) => {
  const [source, picks, updates] = [0, 1, 2].map((i) => sourceOf(node.inputs[i]));
  if (source === undefined || picks === undefined || updates === undefined || !isComplete(output?.dims))
    return undefined;
  const depth = picks.dims.at(-1) ?? 0;
  const width = product(source.dims.slice(depth));
  const results = [...source.numbers];
  for (let row = 0; row * depth < picks.numbers.length; row += 1) {
    const indexes = picks.numbers.slice(row * depth, (row + 1) * depth);
    if (indexes.includes(undefined)) return undefined;
    const start = indexes.reduce<number>((sum, index, axis) => {
      const size = source.dims[axis]!;
      return sum + (index! < 0 ? index! + size : index!) * source.strides[axis]!;
    }, 0);
    for (let i = 0; i < width; i += 1) results[start + i] = updates.numbers[row * width + i];
  }
  return results.length === source.numbers.length ? [knownValue(output.dims, results, output.type)] : undefined;
};

export const movementFolds: FoldRules = {
  Reshape: renamed,
  Flatten: renamed,
  Squeeze: renamed,
  Unsqueeze: renamed,
  Dropout: renamed,
  Expand: expand,
  Transpose: transpose,
  Tile: tile,
  Slice: slice,
  Gather: gather,
  Concat: concat,
  Split: split,
  NonZero: nonZero,
  ScatterND: scatterND,
};
