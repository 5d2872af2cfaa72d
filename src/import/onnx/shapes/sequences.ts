/** Shapes of sequences of tensors, and of optional values. */
import type { NodeView } from "../node-view.ts";
import { activation, type Dims, knownValue, type Value } from "../value.ts";
import { splitSizes } from "./selection.ts";
import type { ShapeRule, ShapeRules } from "./shape-rule.ts";

const sequence = (items: readonly Value[] | undefined): readonly Value[] => [
  { ...activation(undefined, 0), ...(items && { items }) },
];

const construct: ShapeRule = (node) => sequence(node.inputs.filter((input) => input !== undefined));

const at: ShapeRule = (node) => {
  const { items } = node.input(0);
  const index = node.numbers(1)?.[0];
  if (items === undefined) return [activation(undefined)];
  if (index !== undefined) return [items.at(index) ?? node.fail(`there is no item ${index} in ${items.length}`)];
  const [first] = items;
  return [first !== undefined && items.every((item) => sameDims(item, first)) ? first : activation(undefined)];
};

const sameDims = (a: Value, b: Value): boolean => a.dims?.join() === b.dims?.join();

const insert: ShapeRule = (node) => {
  const { items } = node.input(0);
  const index = node.numbers(2)?.[0] ?? items?.length;
  if (items === undefined || index === undefined) return sequence(undefined);
  return sequence([...items.slice(0, index), node.input(1), ...items.slice(index)]);
};

const erase: ShapeRule = (node) => {
  const { items } = node.input(0);
  const index = node.numbers(1)?.[0] ?? -1;
  return sequence(items?.filter((_, i) => i !== (index < 0 ? index + items.length : index)));
};

const length: ShapeRule = (node) => [knownValue([], [node.input(0).items?.length])];

const split: ShapeRule = (node) => {
  const dims = node.dims(0);
  if (dims === undefined) return sequence(undefined);
  const axis = node.axis(node.int("axis", 0), dims.length);
  const sizes = partsOf(node, dims, axis);
  const keeps = node.int("keepdims", 1) === 1 || node.inputs[1] !== undefined;
  const part = (size: number | undefined) => dims.flatMap((own, i) => (i !== axis ? [own] : keeps ? [size] : []));
  return sequence(sizes?.map((size) => activation(part(size), node.type())));
};

/** By the size of each part, by sizes of all of them, or one by one. */
function partsOf(node: NodeView, dims: Dims, axis: number): Dims | undefined {
  const size = dims[axis];
  if (size === undefined) return undefined;
  if (node.inputs[1] === undefined) return Array.from({ length: Math.min(size, 10_000) }, () => 1);
  const given = node.numbers(1);
  if (given === undefined) return undefined;
  if (node.dims(1)?.length === 1) return splitSizes(node, size);
  const part = given[0] ?? size;
  if (!(part >= 1)) node.fail(`the size of its parts is ${part}`);
  return Array.from({ length: Math.ceil(size / part) }, (_, i) => Math.min(part, size - i * part));
}

const concat: ShapeRule = (node) => {
  const { items } = node.input(0);
  const [first] = items ?? [];
  if (items === undefined || first?.dims === undefined) return [activation(undefined)];
  const isNew = node.int("new_axis", 0) === 1;
  const axis = node.axis(node.int("axis", 0), first.dims.length + (isNew ? 1 : 0));
  if (isNew) return [activation([...first.dims.slice(0, axis), items.length, ...first.dims.slice(axis)], first.type)];
  const sizes = items.map((item) => item.dims?.[axis]);
  const total = sizes.some((size) => size === undefined) ? undefined : sizes.reduce<number>((sum, n) => sum + n!, 0);
  return [
    activation(
      first.dims.map((own, i) => (i === axis ? total : own)),
      first.type,
    ),
  ];
};

const asInput: ShapeRule = (node) => (node.inputs[0] === undefined ? [activation(undefined)] : [node.inputs[0]]);

export const sequenceRules: ShapeRules = {
  SequenceConstruct: construct,
  SequenceEmpty: () => sequence([]),
  SequenceAt: at,
  SequenceInsert: insert,
  SequenceErase: erase,
  SequenceLength: length,
  SplitToSequence: split,
  ConcatFromSequence: concat,
  Optional: asInput,
  OptionalGetElement: asInput,
  OptionalHasElement: (node) => [knownValue([], [node.inputs[0] === undefined ? 0 : 1], 9)],
};
