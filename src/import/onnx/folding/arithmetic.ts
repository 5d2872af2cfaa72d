/** Arithmetic on known numbers, with broadcasting. */
import { isInteger } from "../element-type.ts";
import type { NodeView } from "../node-view.ts";
import { isComplete, knownValue, type Numbers } from "../value.ts";
import { broadcastPosition, type FoldRule, type FoldRules, forEachIndex, stridesOf } from "./fold-rule.ts";

type Binary = (a: number, b: number, node: NodeView) => number;
type Unary = (a: number, node: NodeView) => number;

/** Integers are cut towards 0. */
const divide: Binary = (a, b, node) => (isInteger(node.type()) ? Math.trunc(a / b) : a / b);

/** The sign of the divisor, or with fmod of the dividend. */
const modulo: Binary = (a, b, node) => (node.int("fmod", 0) === 1 ? a % b : a - b * Math.floor(a / b));

const truth = (holds: boolean): number => (holds ? 1 : 0);

const binary: Readonly<Record<string, Binary>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: divide,
  Mod: modulo,
  Pow: (a, b) => a ** b,
  Max: (a, b) => Math.max(a, b),
  Min: (a, b) => Math.min(a, b),
  Sum: (a, b) => a + b,
  And: (a, b) => truth(a !== 0 && b !== 0),
  Or: (a, b) => truth(a !== 0 || b !== 0),
  Xor: (a, b) => truth((a !== 0) !== (b !== 0)),
  Equal: (a, b) => truth(a === b),
  Greater: (a, b) => truth(a > b),
  GreaterOrEqual: (a, b) => truth(a >= b),
  Less: (a, b) => truth(a < b),
  LessOrEqual: (a, b) => truth(a <= b),
};

/** Halves go to the even number. */
function roundToEven(a: number): number {
  const rounded = Math.round(a);
  return Math.abs(a % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

const cast: Unary = (a, node) => castTo(node.op === "Cast" ? node.int("to", 1) : node.type(1), a);

const BOOL = 9;

function castTo(type: number, a: number): number {
  if (type === BOOL) return truth(a !== 0);
  return isInteger(type) ? Math.trunc(a) : a;
}

const unary: Readonly<Record<string, Unary>> = {
  Abs: Math.abs,
  Neg: (a) => -a,
  Floor: Math.floor,
  Ceil: Math.ceil,
  Round: roundToEven,
  Sqrt: Math.sqrt,
  Exp: Math.exp,
  Log: Math.log,
  Reciprocal: (a) => 1 / a,
  Sign: Math.sign,
  Not: (a) => truth(a === 0),
  Identity: (a) => a,
  Relu: (a) => Math.max(0, a),
  Cast: cast,
  CastLike: cast,
};

const foldUnary =
  (compute: Unary): FoldRule =>
  (node, [output]) => {
    const numbers = node.numbers(0);
    if (numbers === undefined || output?.dims === undefined) return undefined;
    const results = numbers.map((a) => (a === undefined ? undefined : compute(a, node)));
    return [knownValue(output.dims, results, output.type)];
  };

interface Operand {
  readonly numbers: Numbers;
  readonly dims: readonly number[];
  readonly strides: readonly number[];
}

function operandsOf(node: NodeView): readonly Operand[] | undefined {
  const operands: Operand[] = [];
  for (const input of node.inputs) {
    const numbers = input?.numbers();
    if (numbers === undefined || !isComplete(input?.dims)) return undefined;
    operands.push({ numbers, dims: input.dims, strides: stridesOf(input.dims) });
  }
  return operands;
}

const foldBroadcast =
  (compute: (values: readonly (number | undefined)[], node: NodeView) => number | undefined): FoldRule =>
  (node, [output]) => {
    const operands = operandsOf(node);
    if (operands === undefined || !isComplete(output?.dims)) return undefined;
    const results: (number | undefined)[] = [];
    forEachIndex(output.dims, (indexes) => {
      const values = operands.map(({ numbers, dims, strides }) => numbers[broadcastPosition(indexes, dims, strides)]);
      results.push(compute(values, node));
    });
    return [knownValue(output.dims, results, output.type)];
  };

const foldBinary = (compute: Binary): FoldRule =>
  foldBroadcast((values, node) =>
    values.reduce((a, b) => (a === undefined || b === undefined ? undefined : compute(a, b, node))),
  );

const where = foldBroadcast(([condition, a, b]) =>
  condition === undefined ? (a === b ? a : undefined) : condition !== 0 ? a : b,
);

const clip: FoldRule = (node, [output]) => {
  const numbers = node.numbers(0);
  if (numbers === undefined || output?.dims === undefined) return undefined;
  const low = node.numbers(1)?.[0] ?? node.float("min", Number.NEGATIVE_INFINITY);
  const high = node.numbers(2)?.[0] ?? node.float("max", Number.POSITIVE_INFINITY);
  const results = numbers.map((a) => (a === undefined ? undefined : Math.min(high, Math.max(low, a))));
  return [knownValue(output.dims, results, output.type)];
};

export const arithmeticFolds: FoldRules = {
  ...Object.fromEntries(Object.entries(unary).map(([op, compute]) => [op, foldUnary(compute)])),
  ...Object.fromEntries(Object.entries(binary).map(([op, compute]) => [op, foldBinary(compute)])),
  Where: where,
  Clip: clip,
};
