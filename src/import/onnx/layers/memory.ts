/** Operators that only move data, as layers: pooling, normalisation, reductions, resizing, look-ups. */

import type { Step } from "../graph/step.ts";
import { product } from "../product.ts";
import { poolWindow } from "../shapes/windows.ts";
import { isComplete, type Value } from "../value.ts";
import { paddingOf } from "./convolutions.ts";
import { elementwiseDraft, memoryDraft, pairField, reductionDraft } from "./layer-draft.ts";
import type { Drafts } from "./layer-rule.ts";
import { planesOf, type Shape, shapeOf } from "./shape.ts";

export function poolDrafts({ node, results }: Step): Drafts {
  const [input, output, window] = [node.dims(0), results[0]?.dims, poolWindow(node)];
  if (!isComplete(input) || !isComplete(output) || window === undefined) return "unknown-shape";
  const [reads, leaves] = [planesOf(input), planesOf(output)];
  if (reads === undefined || leaves === undefined)
    return [
      reductionDraft([node.input(0)], product(input), product(output), { remark: `pool of ${input.length - 2} axes` }),
    ];
  const padding = paddingOf([reads[1], reads[2]], [leaves[1], leaves[2]], window);
  const [kernel, stride] = [window.kernel, window.strides].map(([rows = 1, columns]) => pairField(rows, columns ?? 1));
  const dilation = pairField(window.dilations[0] ?? 1, window.dilations[1] ?? 1);
  const fields = {
    kernel,
    ...(String(stride) !== String(kernel) && { stride }),
    ...poolPadding(padding.fields),
    ...(dilation !== 1 && { dilation }),
  };
  const shape: Shape = [reads[0], ...(padding.reads ?? ([reads[1], reads[2]] as const))];
  const remark = padding.remark === undefined ? {} : { remark: padding.remark };
  return [memoryDraft("pool", [node.input(0)], shape, leaves, { fields, ...remark })];
}

/** The default of a pool is `valid`, that of a convolution `same`. */
function poolPadding({ padding = "same" }: { readonly padding?: unknown }) {
  return padding === "valid" ? {} : { padding };
}

export function globalPoolDrafts({ node }: Step): Drafts {
  const input = node.dims(0);
  if (!isComplete(input)) return "unknown-shape";
  const [batch = 1, channels = 1, rows = 1, ...rest] = input;
  const reads: Shape = [batch * channels, rows, product(rest)];
  return [memoryDraft("global-pool", [node.input(0)], reads, [reads[0], 1, 1])];
}

/** Softmax, normalisation: each element read and written once; `operands` read as many tensors of that size. */
export const wholeDrafts =
  (operands = 1) =>
  ({ node, results }: Step): Drafts => {
    const output = results[0]?.dims;
    if (!isComplete(output)) return "unknown-shape";
    const read = node.inputs.filter((input): input is Value => input !== undefined && !input.isFixed);
    return [elementwiseDraft(read, shapeOf(output), operands)];
  };

/** Element-wise work on several tensors, of which some may be smaller. */
export function elementwiseDrafts({ node, results }: Step): Drafts {
  const output = results[0]?.dims;
  if (!isComplete(output)) return "unknown-shape";
  const read = node.inputs.filter((input): input is Value => input !== undefined && !input.isFixed);
  const elements = read.reduce((sum, { dims }) => sum + (isComplete(dims) ? product(dims) : 0), 0);
  const count = Math.max(1, Math.round(elements / Math.max(1, product(output))));
  return [elementwiseDraft(read, shapeOf(output), count)];
}

export function reductionDrafts({ node, results }: Step): Drafts {
  const [input, output] = [node.dims(0), results[0]?.dims];
  if (!isComplete(input) || !isComplete(output)) return "unknown-shape";
  return [reductionDraft([node.input(0)], product(input), product(output))];
}

/** Whole scales are an upsample; any other resizing reads its input, or writes its larger output. */
export function resizeDrafts({ node, results }: Step): Drafts {
  const [input, output] = [node.dims(0), results[0]?.dims];
  if (!isComplete(input) || !isComplete(output)) return "unknown-shape";
  if (input.join() === output.join()) return [];
  const [reads, leaves] = [planesOf(input), planesOf(output)];
  const isPlain = reads !== undefined && leaves !== undefined && reads[0] === leaves[0];
  if (isPlain && leaves[1] % reads[1] === 0 && leaves[2] % reads[2] === 0) {
    const scale = pairField(leaves[1] / reads[1], leaves[2] / reads[2]);
    return [memoryDraft("upsample", [node.input(0)], reads, leaves, { fields: { scale } })];
  }
  const remark = `resizes [${input.join(", ")}] to [${output.join(", ")}]`;
  if (product(output) < product(input))
    return [reductionDraft([node.input(0)], product(input), product(output), { remark })];
  return [elementwiseDraft([node.input(0)], shapeOf(output), 1, { remark })];
}

/** Rows of a table of weights: read and written once. Of an activation it is a selection. */
export const isLookUp = ({ node }: Step): boolean =>
  node.inputs[0]?.isFixed === true && node.inputs[1]?.isFixed === false && (node.dims(0)?.length ?? 0) > 1;

export function lookUpDrafts({ node, results }: Step): Drafts {
  const output = results[0]?.dims;
  if (!isComplete(output)) return "unknown-shape";
  return [elementwiseDraft([node.input(1)], shapeOf(output), 1, { remark: "rows of a table" })];
}
