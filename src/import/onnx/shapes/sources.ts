/** Shapes of operators that make values from nothing, or from a shape. */
import { BOOL, FLOAT, INT64 } from "../element-type.ts";
import type { NodeView } from "../node-view.ts";
import { activation, type Dim, elementsIn, fixedValue, knownValue, MOST_FOLDED, type Value } from "../value.ts";
import type { ShapeRule, ShapeRules } from "./shape-rule.ts";
import { valueOfTensor } from "./tensor-value.ts";

const constant: ShapeRule = (node) => {
  const tensor = node.tensor("value");
  if (tensor !== undefined) return [valueOfTensor(tensor)];
  if (node.has("value_int")) return [knownValue([], [node.int("value_int", 0)])];
  if (node.has("value_float")) return [knownValue([], [node.float("value_float", 0)], FLOAT)];
  const [ints, floats] = [node.ints("value_ints"), node.floats("value_floats")];
  if (ints !== undefined) return [knownValue([ints.length], ints)];
  if (floats !== undefined) return [knownValue([floats.length], floats, FLOAT)];
  return [fixedValue(undefined, 0)];
};

const constantOfShape: ShapeRule = (node) => {
  const [dims, value] = [node.numbers(0), node.tensor("value")];
  const type = value?.type ?? FLOAT;
  if (dims?.some((size) => size !== undefined && size < 0)) node.fail(`its shape is [${dims.join(", ")}]`);
  const count = elementsIn(dims);
  if (count === undefined || count > MOST_FOLDED) return [fixedValue(dims, type)];
  const fill = value === undefined ? 0 : value.numbers()?.[0];
  return [knownValue(dims!, new Array<Dim>(count).fill(fill), type)];
};

/** A size that depends on the data stays undefined among the others. */
const shape: ShapeRule = (node) => {
  const dims = node.input(0).dims;
  if (dims === undefined) return [activation([undefined], INT64)];
  const count = dims.length;
  const clamp = (at: number) => Math.min(count, Math.max(0, at < 0 ? at + count : at));
  const part = dims.slice(clamp(node.int("start", 0)), clamp(node.int("end", count)));
  return [knownValue([part.length], part)];
};

const size: ShapeRule = (node) => [knownValue([], [elementsIn(node.input(0).dims)])];

const range: ShapeRule = (node) => {
  const [start, limit, step] = [0, 1, 2].map((i) => node.numbers(i)?.[0]);
  if (start === undefined || limit === undefined || step === undefined) return [activation([undefined], node.type())];
  if (step === 0) node.fail("its step is 0");
  const count = Math.max(0, Math.ceil((limit - start) / step));
  if (!(count <= Number.MAX_SAFE_INTEGER)) node.fail(`it has ${count} numbers`);
  if (count > MOST_FOLDED) return [fixedValue([count], node.type())];
  return [
    knownValue(
      [count],
      Array.from({ length: count }, (_, i) => start + i * step),
      node.type(),
    ),
  ];
};

const random: ShapeRule = (node) => [activation(node.ints("shape"), node.int("dtype", FLOAT))];

const likeInput =
  (type: (node: NodeView) => number): ShapeRule =>
  (node) => [activation(node.dims(0), type(node))];

const ownType = (node: NodeView): number => node.int("dtype", node.type());

/** A window function of as many samples. */
const signalWindow: ShapeRule = (node) => [fixedValue([node.numbers(0)?.[0]], node.int("output_datatype", FLOAT))];

const melWeights: ShapeRule = (node): readonly Value[] => {
  const samples = node.numbers(1)?.[0];
  const bins = samples === undefined ? undefined : Math.floor(samples / 2) + 1;
  return [fixedValue([bins, node.numbers(0)?.[0]], node.int("output_datatype", FLOAT))];
};

const multinomial: ShapeRule = (node) => [
  activation([node.dims(0)?.[0], node.int("sample_size", 1)], node.int("dtype", 6)),
];

/** Axis and sides: a real signal gains an axis of two, and half of the spectrum may be left out. */
const dft: ShapeRule = (node) => {
  const dims = node.dims(0);
  if (dims === undefined) return [activation(undefined, node.type())];
  const given = node.has("axis") ? node.int("axis", 1) : (node.numbers(2)?.[0] ?? (node.version < 20 ? 1 : -2));
  const axis = node.axis(given, dims.length);
  const length = node.inputs[1] === undefined ? dims[axis] : node.numbers(1)?.[0];
  const bins = node.int("onesided", 0) === 1 && length !== undefined ? Math.floor(length / 2) + 1 : length;
  const isInverse = node.int("inverse", 0) === 1 && node.int("onesided", 0) === 1;
  return [
    activation(
      dims.map((own, i) => (i === axis ? bins : i === dims.length - 1 ? (isInverse ? 1 : 2) : own)),
      node.type(),
    ),
  ];
};

const stft: ShapeRule = (node) => {
  const dims = node.dims(0);
  const [step, length] = [node.numbers(1)?.[0], node.numbers(3)?.[0] ?? node.dims(2)?.[0]];
  const samples = dims?.[1];
  const frames = [samples, step, length].includes(undefined) ? undefined : Math.floor((samples! - length!) / step!) + 1;
  const bins = length === undefined ? undefined : node.int("onesided", 1) === 1 ? Math.floor(length / 2) + 1 : length;
  return [activation([dims?.[0], frames, bins, 2], node.type())];
};

export const sourceRules: ShapeRules = {
  Constant: constant,
  ConstantOfShape: constantOfShape,
  Shape: shape,
  Size: size,
  Range: range,
  RandomNormal: random,
  RandomUniform: random,
  RandomNormalLike: likeInput(ownType),
  RandomUniformLike: likeInput(ownType),
  EyeLike: likeInput(ownType),
  Bernoulli: likeInput(ownType),
  HannWindow: signalWindow,
  HammingWindow: signalWindow,
  BlackmanWindow: signalWindow,
  MelWeightMatrix: melWeights,
  Multinomial: multinomial,
  DFT: dft,
  STFT: stft,
  IsInf: likeInput(() => BOOL),
};
