/** Shapes of operators that work on each element: as their input, or as their inputs broadcast. */
import { BOOL, INT32, INT64, UINT8 } from "../element-type.ts";
import type { NodeView } from "../node-view.ts";
import { activation, broadcastDims, type Dims, type Value } from "../value.ts";
import type { ShapeRule, ShapeRules } from "./shape-rule.ts";

/** Activations and other functions of one number. */
export const unary = [
  ...["Abs", "Acos", "Acosh", "Asin", "Asinh", "Atan", "Atanh", "BiasGelu", "BitwiseNot", "Ceil", "Celu", "Clip"],
  ...["Cos", "Cosh", "Elu", "Erf", "Exp", "FastGelu", "Floor", "Gelu", "HardSigmoid", "HardSwish", "LeakyRelu", "Log"],
  ...["Neg", "Not", "PRelu", "QuickGelu", "Reciprocal", "Relu", "Round", "ScaledTanh", "Selu", "Shrink", "Sigmoid"],
  ...["Sign", "Sin", "Sinh", "Softplus", "Softsign", "Sqrt", "Swish", "Tan", "Tanh", "ThresholdedRelu", "Affine"],
  ...["ParametricSoftplus", "QLinearSigmoid", "QLinearLeakyRelu", "Identity", "Dropout", "IsNaN", "IsInf", "Cast"],
  ...["CastLike", "Rsqrt", "BitCast", "Mish"],
] as const;

/** Functions of two numbers or more, with broadcasting. */
export const nary = [
  ...["Add", "Sub", "Mul", "Div", "Mod", "Pow", "Max", "Min", "Mean", "Sum", "And", "Or", "Xor", "BitShift"],
  ...["BitwiseAnd", "BitwiseOr", "BitwiseXor", "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Where"],
  ...["QLinearAdd", "QLinearMul"],
] as const;

/** Normalisations and functions along an axis. */
export const alongAxis = [
  ...["BatchNormalization", "InstanceNormalization", "GroupNormalization", "GroupNorm", "LpNormalization", "LRN"],
  ...["LayerNormalization", "SimplifiedLayerNormalization", "RMSNormalization", "MeanVarianceNormalization"],
  ...["SkipLayerNormalization", "SkipSimplifiedLayerNormalization", "EmbedLayerNormalization", "SkipGroupNorm"],
  ...["Softmax", "LogSoftmax", "Hardmax", "QLinearSoftmax", "CumSum", "CumProd", "RotaryEmbedding", "Scaler"],
  ...["Normalizer", "ReverseSequence", "Trilu", "BiasSoftmax", "BiasAdd"],
] as const;

const comparisons: ReadonlySet<string> = new Set([
  ...["Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "And", "Or", "Xor", "Not", "IsNaN", "IsInf"],
]);

function typeOf(node: NodeView): number {
  if (comparisons.has(node.op)) return BOOL;
  if (node.op === "Cast") return node.int("to", 1);
  if (node.op === "CastLike" || node.op === "Where") return node.type(1);
  return node.type();
}

const asInput: ShapeRule = (node) => [activation(node.dims(0), typeOf(node))];

const broadcast: ShapeRule = (node) => {
  const operands = quantised.has(node.op) ? [node.input(0), node.input(3)] : operandsOf(node);
  const shapes = operands.map(({ dims }) => dims);
  const result = shapes.every((dims) => dims !== undefined) ? broadcastTogether(node, shapes) : undefined;
  return [activation(result, typeOf(node))];
};

/** With a scale and a zero point after each operand. */
const quantised: ReadonlySet<string> = new Set(["QLinearAdd", "QLinearMul"]);

const operandsOf = (node: NodeView): readonly Value[] => node.inputs.filter((input) => input !== undefined);

function broadcastTogether(node: NodeView, shapes: readonly Dims[]): Dims {
  if (node.version < 7 && node.domain === "" && node.int("broadcast", 0) === 1) return shapes[0]!;
  return broadcastDims(shapes) ?? node.fail("the shapes of its inputs contradict each other");
}

const dropout: ShapeRule = (node) => [activation(node.dims(0), node.type()), activation(node.dims(0), BOOL)];

/** The mean and the inverse deviation have size 1 from the axis on. */
const layerNormalization: ShapeRule = (node) => {
  const dims = node.dims(0);
  const axis = dims === undefined ? 0 : node.axis(node.int("axis", -1), dims.length);
  const statistics = dims?.map((size, i) => (i < axis ? size : 1));
  return [activation(dims, node.type()), activation(statistics), activation(statistics)];
};

/** Its fourth output is the sum that it normalises. */
const skipNormalization: ShapeRule = (node) => {
  const value = activation(node.dims(0), node.type());
  return [value, activation(undefined), activation(undefined), value];
};

const embedLayerNormalization: ShapeRule = (node) => {
  const [tokens, words] = [node.dims(0), node.dims(2)];
  const dims = tokens && words && [...tokens, words[1]];
  return [activation(dims, node.type(2)), activation(tokens && [tokens[0]], INT32), activation(dims, node.type(2))];
};

const quantizeLinear: ShapeRule = (node) => {
  const type = node.int("output_dtype", 0) || node.type(2) || UINT8;
  return [activation(node.dims(0), type)];
};

const dequantizeLinear: ShapeRule = (node) => [
  { ...activation(node.dims(0), node.type(1)), storedType: node.input(0).storedType ?? node.type() },
];

const dynamicQuantizeLinear: ShapeRule = (node) => [
  activation(node.dims(0), UINT8),
  activation([], 1),
  activation([], UINT8),
];

/** Position of the largest numbers along an axis: values and their indexes. */
const topK: ShapeRule = (node) => {
  const dims = node.dims(0);
  const k = node.has("k") ? node.int("k", 1) : node.numbers(1)?.[0];
  const axis = dims === undefined ? 0 : node.axis(node.int("axis", -1), dims.length);
  const result = dims?.map((size, i) => (i === axis ? k : size));
  return [activation(result, node.type()), activation(result, INT64)];
};

export const elementWiseRules: ShapeRules = {
  ...Object.fromEntries([...unary, ...alongAxis].map((op) => [op, asInput])),
  ...Object.fromEntries(nary.map((op) => [op, broadcast])),
  Dropout: dropout,
  LayerNormalization: layerNormalization,
  SimplifiedLayerNormalization: layerNormalization,
  SkipLayerNormalization: skipNormalization,
  SkipSimplifiedLayerNormalization: skipNormalization,
  EmbedLayerNormalization: embedLayerNormalization,
  QuantizeLinear: quantizeLinear,
  DequantizeLinear: dequantizeLinear,
  DynamicQuantizeLinear: dynamicQuantizeLinear,
  TopK: topK,
};
