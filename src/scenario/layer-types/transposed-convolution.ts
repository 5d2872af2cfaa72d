/** transposed-conv: what a convolution with the same window would have read, from what it would have left. */
import { convolution } from "../../core/layer.ts";
import type { LayerFields } from "../model-file.ts";
import { pairOf, type Shape } from "../shape.ts";
import { transposedOutput, type Window } from "../window.ts";
import { groupedChannels } from "./convolutions.ts";
import type { LayerContext, LayerType } from "./layer-type.ts";

export const transposedConv: LayerType = {
  expand(fields, context) {
    const { out = 0, groups, outputPadding } = fields;
    const channels = groupedChannels(groups, out, context);
    if (channels === undefined) return undefined;
    const window = windowOf(fields);
    const added = pairOf(outputPadding, [0, 0]);
    if (!isPaddedRightly(window, added, fields, context)) return undefined;
    const [, rows, columns] = context.input;
    const [producedRows, producedColumns] = transposedOutput(rows, columns, window, added);
    if (producedRows < 1 || producedColumns < 1) return leavesNothing(context, [producedRows, producedColumns]);
    const layer = convolution({
      name: context.name,
      batch: context.batch,
      ...channels,
      // Every input element is multiplied with every weight of its group once, as in a convolution over the input's size.
      outputRows: rows,
      outputColumns: columns,
      producedRows,
      producedColumns,
      filterRows: window.kernel[0],
      filterColumns: window.kernel[1],
      inputElements: context.batch * context.input[0] * rows * columns,
    });
    return { layers: [layer], output: [out, producedRows, producedColumns] satisfies Shape };
  },
};

/** `same` by default, as in a conv; but who adds rows at the end has counted them, so nothing is cut off then. */
function windowOf({ kernel, stride, dilation, outputPadding, ...fields }: LayerFields): Window {
  const { padding = outputPadding === undefined ? "same" : "valid" } = fields;
  return {
    kernel: pairOf(kernel, [1, 1]),
    stride: pairOf(stride, [2, 2]),
    dilation: pairOf(dilation, [1, 1]),
    padding,
  };
}

function isPaddedRightly(
  { stride, dilation, padding }: Window,
  added: readonly [number, number],
  { outputPadding }: LayerFields,
  { fail }: LayerContext,
): boolean {
  if (outputPadding === undefined) return true;
  if (padding === "same") {
    fail(
      "outputPadding",
      "KEYS_EXCLUDE",
      "padding `same` already makes the output stride times as large; give padding a number",
    );
    return false;
  }
  // A convolution would have left one row more, so none of this many rows is its input.
  const axis = [0, 1].find((i) => added[i]! >= Math.max(stride[i]!, dilation[i]!));
  if (axis === undefined) return true;
  const limit = Math.max(stride[axis]!, dilation[axis]!);
  fail("outputPadding", "TOO_BIG", `outputPadding must be less than stride or dilation (${limit}), got ${added[axis]}`);
  return false;
}

function leavesNothing({ fail }: LayerContext, output: readonly [number, number]): undefined {
  fail("padding", "BAD_SHAPE", `padding cuts off all of its output: ${output.join(" x ")} would be left`);
  return undefined;
}
