/** Shapes of matrix products. */
import { INT32 } from "../element-type.ts";
import type { NodeView } from "../node-view.ts";
import { activation, broadcastDims, type Dim, type Dims, type Value } from "../value.ts";
import type { ShapeRule, ShapeRules } from "./shape-rule.ts";

/** The second operand of a product, and the type of its result. */
export interface ProductOperands {
  readonly second: number;
  readonly type: (node: NodeView) => number;
}

const own = (node: NodeView): number => node.type();

export const products: Readonly<Record<string, ProductOperands>> = {
  MatMul: { second: 1, type: own },
  FusedMatMul: { second: 1, type: own },
  TransposeMatMul: { second: 1, type: own },
  MatMulInteger: { second: 1, type: () => INT32 },
  MatMulIntegerToFloat: { second: 1, type: (node) => node.type(2) },
  DynamicQuantizeMatMul: { second: 1, type: own },
  QLinearMatMul: { second: 3, type: (node) => node.type(7) },
};

export interface Matrices {
  /** With the last two axes as they are multiplied; a vector has become a matrix. */
  readonly first: Dims;
  readonly second: Dims;
  /** Result, with the axes of vectors gone. */
  readonly result: Dims;
}

/** Undefined where a rank is unknown. */
export function matricesOf(node: NodeView): Matrices | undefined {
  const [a, b] = [node.dims(0), node.dims(products[node.op]?.second ?? 1)];
  if (a === undefined || b === undefined) return undefined;
  if (a.length === 0 || b.length === 0) node.fail("a scalar cannot be multiplied as a matrix");
  const first = swapped(a.length === 1 ? [1, a[0]] : a, node.int("transA", 0));
  const second = swapped(b.length === 1 ? [b[0], 1] : b, node.int("transB", 0));
  const [rows, inner, innerToo, columns] = [first.at(-2), first.at(-1), second.at(-2), second.at(-1)];
  if (inner !== undefined && innerToo !== undefined && inner !== innerToo)
    node.fail(`it multiplies ${inner} columns with ${innerToo} rows`);
  const batch = broadcastDims([first.slice(0, -2), second.slice(0, -2)]);
  if (batch === undefined) return node.fail("the leading axes of its operands contradict each other");
  const result = [...batch, ...(a.length === 1 ? [] : [rows]), ...(b.length === 1 ? [] : [columns])];
  return { first, second, result };
}

const swapped = (dims: Dims, transposed: number): Dims =>
  transposed === 1 ? [...dims.slice(0, -2), dims.at(-1), dims.at(-2)] : dims;

const product: ShapeRule = (node) => [activation(matricesOf(node)?.result, products[node.op]!.type(node))];

export const gemmOperands = { Gemm: 1, QGemm: 3, FusedGemm: 1 } as const;

export interface GemmSizes {
  readonly rows: Dim;
  readonly inner: Dim;
  readonly columns: Dim;
}

/** Before operator set 7 an operand with more axes is flattened. */
export function gemmSizes(node: NodeView): GemmSizes | undefined {
  const second = gemmOperands[node.op as keyof typeof gemmOperands] ?? 1;
  const [a, b] = [flat(node.dims(0)), node.dims(second)];
  if (a === undefined || b === undefined) return undefined;
  if (b.length !== 2) node.fail(`its second operand has ${b.length} dimensions, not 2`);
  const [rows, inner] = swapped(a, node.int("transA", 0));
  const [innerToo, columns] = swapped(b, node.int("transB", 0));
  if (inner !== undefined && innerToo !== undefined && inner !== innerToo)
    node.fail(`it multiplies ${inner} columns with ${innerToo} rows`);
  return { rows, inner: inner ?? innerToo, columns };
}

function flat(dims: Dims | undefined): Dims | undefined {
  if (dims === undefined || dims.length === 2) return dims;
  const rest = dims.slice(1).reduce<Dim>((all, n) => (all === undefined || n === undefined ? undefined : all * n), 1);
  return [dims[0] ?? 1, rest];
}

const gemm: ShapeRule = (node) => {
  const sizes = gemmSizes(node);
  return [activation(sizes && [sizes.rows, sizes.columns], node.op === "QGemm" ? node.type(8) || 1 : node.type())];
};

/** Weights of 4 bits in blocks: attributes say their shape. */
const matMulNBits: ShapeRule = (node) => {
  const input = node.dims(0);
  const inner = node.int("K", 0);
  if (input?.at(-1) !== undefined && input.at(-1) !== inner)
    node.fail(`its input has ${input.at(-1)} features, but K is ${inner}`);
  return [activation(input && [...input.slice(0, -1), node.int("N", 0)], node.type())];
};

/** An Einsum of labels, its ellipsis spelled out. */
export interface Contraction {
  readonly operands: readonly (readonly string[])[];
  readonly result: readonly string[];
  readonly sizes: ReadonlyMap<string, Dim>;
}

export function contractionOf(node: NodeView): Contraction | undefined {
  const shapes = node.inputs.map((input) => input?.dims);
  if (shapes.some((dims) => dims === undefined)) return undefined;
  const equation = node.text("equation", "").replace(/\s/g, "");
  const [left = "", right] = equation.split("->");
  const terms = left.split(",");
  if (terms.length !== shapes.length) node.fail(`"${equation}" has ${terms.length} terms for ${shapes.length} inputs`);
  const hidden = terms.map((term, i) => shapes[i]!.length - term.replace("...", "").length);
  const most = Math.max(0, ...terms.map((term, i) => (term.includes("...") ? hidden[i]! : 0)));
  const operands = terms.map((term, i) => labelsOf(term, term.includes("...") ? hidden[i]! : 0, most));
  const sizes = sizesOf(node, operands, shapes as readonly Dims[]);
  const result = right === undefined ? implicitResult(operands, most) : labelsOf(right, most, most);
  return { operands, result, sizes };
}

/** The axes of an ellipsis get the labels .0, .1 and so on, counted from the end. */
function labelsOf(term: string, hidden: number, most: number): readonly string[] {
  const [before = "", after] = term.split("...");
  if (after === undefined) return [...before];
  return [...before, ...Array.from({ length: hidden }, (_, i) => `.${most - hidden + i}`), ...after];
}

function sizesOf(node: NodeView, operands: Contraction["operands"], shapes: readonly Dims[]): Map<string, Dim> {
  const sizes = new Map<string, Dim>();
  for (const [i, labels] of operands.entries()) {
    if (labels.length !== shapes[i]!.length) node.fail("its equation does not fit the dimensions of its inputs");
    for (const [axis, label] of labels.entries()) {
      const [known, size] = [sizes.get(label), shapes[i]![axis]];
      if (known !== undefined && size !== undefined && known !== size && known !== 1 && size !== 1)
        node.fail(`its equation gives "${label}" the sizes ${known} and ${size}`);
      if (known === undefined || known === 1) sizes.set(label, size);
    }
  }
  return sizes;
}

function implicitResult(operands: Contraction["operands"], most: number): readonly string[] {
  const all = operands.flat();
  const once = [...new Set(all)].filter(
    (label) => !label.startsWith(".") && all.indexOf(label) === all.lastIndexOf(label),
  );
  return [...Array.from({ length: most }, (_, i) => `.${i}`), ...once.sort()];
}

const einsum: ShapeRule = (node): readonly Value[] => {
  const contraction = contractionOf(node);
  return [
    activation(
      contraction?.result.map((label) => contraction.sizes.get(label)),
      node.type(),
    ),
  ];
};

const det: ShapeRule = (node) => [activation(node.dims(0)?.slice(0, -2), node.type())];

export const productRules: ShapeRules = {
  ...Object.fromEntries(Object.keys(products).map((op) => [op, product])),
  ...Object.fromEntries(Object.keys(gemmOperands).map((op) => [op, gemm])),
  MatMulNBits: matMulNBits,
  Einsum: einsum,
  Det: det,
};
