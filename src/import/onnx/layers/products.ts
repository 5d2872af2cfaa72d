/** Matrix products as layers: with weights `fc` or `gemm`, of two activations `matmul`. */

import type { Step } from "../graph/step.ts";
import { product } from "../product.ts";
import { contractionOf, gemmOperands, gemmSizes, matricesOf, products } from "../shapes/products.ts";
import { isComplete, type Value } from "../value.ts";
import type { LayerDraft } from "./layer-draft.ts";
import type { Drafts } from "./layer-rule.ts";

export interface ProductSizes {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  /** Products of unlike second operands. */
  readonly groups: number;
}

export function weightedDraft({ rows, inner, columns, groups }: ProductSizes, operands: readonly Value[]): LayerDraft {
  const macs = groups * rows * inner * columns;
  const weights = groups * inner * columns;
  if (rows === 1 && groups === 1)
    return {
      ...{ type: "fc", fields: { out: columns }, reads: [inner, 1, 1], leaves: [columns, 1, 1] },
      ...{ operands, macs, weights },
    };
  return {
    type: "gemm",
    fields: { out: columns, ...(groups > 1 && { groups }) },
    reads: [inner * groups, rows, 1],
    leaves: [columns * groups, rows, 1],
    ...{ operands, macs, weights },
  };
}

export const activationDraft = (
  { rows, inner, columns, groups }: ProductSizes,
  operands: readonly Value[],
  suffix?: string,
): LayerDraft => ({
  type: "matmul",
  fields: { out: columns, ...(groups > 1 && { groups }) },
  reads: [inner * groups, rows, 1],
  leaves: [columns * groups, rows, 1],
  operands,
  macs: groups * rows * inner * columns,
  weights: 0,
  ...(suffix !== undefined && { suffix }),
});

export function matMulDrafts({ node }: Step): Drafts {
  const matrices = matricesOf(node);
  const [a, b] = [node.input(0), node.input(products[node.op]!.second)];
  if (matrices === undefined || !isComplete(matrices.first) || !isComplete(matrices.second)) return "unknown-shape";
  const { first, second } = matrices;
  const [rows, inner] = first.slice(-2) as [number, number];
  const columns = second.at(-1)!;
  const [own, other] = [product(first.slice(0, -2)), product(second.slice(0, -2))];
  const all = broadcastCount(first.slice(0, -2), second.slice(0, -2));
  // Where one weight comes first, [out, in] x [in, rows], it is the second operand of the transposed product.
  if (a.isFixed && !b.isFixed) {
    return [weightedDraft({ rows: (columns * all) / own, inner, columns: rows, groups: own }, [b])];
  }
  const sizes = { rows: (rows * all) / other, inner, columns, groups: other };
  return [b.isFixed ? weightedDraft(sizes, [a]) : activationDraft(sizes, [a, b])];
}

/** Products after broadcasting of the leading axes. */
function broadcastCount(a: readonly number[], b: readonly number[]): number {
  const rank = Math.max(a.length, b.length);
  let count = 1;
  for (let axis = 1; axis <= rank; axis += 1) count *= Math.max(a.at(-axis) ?? 1, b.at(-axis) ?? 1);
  return count;
}

export function gemmDrafts({ node }: Step): Drafts {
  const sizes = gemmSizes(node);
  if (sizes?.rows === undefined || sizes.inner === undefined || sizes.columns === undefined) return "unknown-shape";
  const { rows, inner, columns } = sizes;
  const [a, b] = [node.input(0), node.input(gemmOperands[node.op as keyof typeof gemmOperands])];
  if (a.isFixed && !b.isFixed) return [weightedDraft({ rows: columns, inner, columns: rows, groups: 1 }, [b])];
  const whole = { rows, inner, columns, groups: 1 };
  return [b.isFixed ? weightedDraft(whole, [a]) : activationDraft(whole, [a, b])];
}

export function nBitsDrafts({ node, results }: Step): Drafts {
  const output = results[0]?.dims;
  if (!isComplete(output)) return "unknown-shape";
  const sizes = { rows: product(output.slice(0, -1)), inner: node.int("K", 0), columns: node.int("N", 0), groups: 1 };
  return [weightedDraft(sizes, [node.input(0)])];
}

/** Labels of both operands and the result are groups; of one operand and the result, rows or columns. */
export function einsumDrafts({ node }: Step): Drafts {
  const contraction = contractionOf(node);
  if (contraction === undefined) return "unknown-shape";
  const sizes = new Map([...contraction.sizes].map(([label, size]) => [label, size ?? Number.NaN]));
  if ([...sizes.values()].some(Number.isNaN)) return "unknown-shape";
  const [a = [], b = [], ...more] = contraction.operands;
  const operands = node.inputs.filter((input) => input !== undefined);
  if (contraction.operands.length !== 2 || more.length > 0) return [wholeContraction(sizes, operands)];
  const amount = (labels: Iterable<string>): number => product([...new Set(labels)].map((label) => sizes.get(label)!));
  const [inA, inB, kept] = [new Set(a), new Set(b), new Set(contraction.result)];
  const whole = {
    rows: amount(a.filter((label) => !inB.has(label))),
    columns: amount(b.filter((label) => !inA.has(label))),
    groups: amount(a.filter((label) => inB.has(label) && kept.has(label))),
    inner: amount(a.filter((label) => inB.has(label) && !kept.has(label))),
  };
  const [first, second] = operands as [Value, Value];
  if (second.isFixed) return [weightedDraft(whole, [first])];
  if (first.isFixed) return [weightedDraft({ ...whole, rows: whole.columns, columns: whole.rows }, [second])];
  return [activationDraft(whole, [first, second])];
}

/** More operands than two: all their labels together, as a plain loop would do it. */
function wholeContraction(sizes: ReadonlyMap<string, number>, operands: readonly Value[]): LayerDraft {
  const work = product([...sizes.values()]);
  return activationDraft(
    { rows: work, inner: 1, columns: 1, groups: 1 },
    operands.filter(({ isFixed }) => !isFixed),
  );
}
