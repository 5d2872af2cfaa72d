/** Layers that only move data (pool, global-pool, elementwise, upsample), and reshape, which does nothing. */
import { broadcast, elementsOf, pairOf, type Shape, showShape } from "../shape.ts";
import { windowOutput } from "../window.ts";
import { doesNotFit } from "./convolutions.ts";
import type { Expansion, LayerContext, LayerType } from "./layer-type.ts";

export const pool: LayerType = {
  expand(fields, context) {
    const kernel = pairOf(fields.kernel, [1, 1]);
    const stride = pairOf(fields.stride, kernel);
    const window = { kernel, stride, dilation: pairOf(fields.dilation, [1, 1]), padding: fields.padding ?? "valid" };
    const [channels, rows, columns] = context.input;
    const [outputRows, outputColumns] = windowOutput(rows, columns, window);
    if (outputRows < 1 || outputColumns < 1) return doesNotFit(context);
    return moved(context, elementsOf(context.input), [channels, outputRows, outputColumns]);
  },
};

export const globalPool: LayerType = {
  expand: (_fields, context) => moved(context, elementsOf(context.input), [context.input[0], 1, 1]),
};

export const elementwise: LayerType = {
  joinsSources: true,
  expand({ operands }, context) {
    const output = broadcast(context.operands);
    if (output === undefined) {
      const shapes = context.operands.map(showShape).join(" and ");
      context.fail("from", "BAD_SHAPE", `operands must have the same shape (or 1 in a direction), got ${shapes}`);
      return undefined;
    }
    const read = context.operands.reduce((elements, operand) => elements + elementsOf(operand), 0);
    return moved(context, operands === undefined ? read : operands * elementsOf(output), output);
  },
};

export const upsample: LayerType = {
  expand({ scale }, context) {
    const [channels, rows, columns] = context.input;
    const [rowScale, columnScale] = pairOf(scale, [2, 2]);
    return moved(context, elementsOf(context.input), [channels, rows * rowScale, columns * columnScale]);
  },
};

export const reshape: LayerType = {
  expand({ shape }, { input, fail }) {
    const output = shape as unknown as Shape;
    if (elementsOf(output) !== elementsOf(input)) {
      const sizes = `${showShape(input)} has ${elementsOf(input)}, ${showShape(output)} has ${elementsOf(output)}`;
      fail("shape", "BAD_SHAPE", `shape must keep the number of elements: ${sizes}`);
      return undefined;
    }
    return { layers: [], output };
  },
};

function moved({ name, batch }: LayerContext, read: number, output: Shape): Expansion {
  const elements = { inputElements: batch * read, outputElements: batch * elementsOf(output) };
  return { layers: [{ kind: "memory", name, ...elements }], output };
}
