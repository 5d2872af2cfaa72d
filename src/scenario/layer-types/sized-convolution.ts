/** Convolutions written by their sizes K, C, Y, X, R, S, as accelerator papers and MAESTRO do. */
import { convolution } from "../../core/layer.ts";
import type { LayerFields } from "../model-file.ts";
import { pairOf } from "../shape.ts";
import type { Expansion, LayerContext } from "./layer-type.ts";

const sizeKeys = ["K", "C", "Y", "X", "Y'", "X'", "R", "S", "N"] as const;
const shapeKeys = ["out", "kernel", "padding", "dilation", "multiplier", "from", "input"] as const;

/** Any of these keys makes it a layer by sizes. */
export const isSized = (fields: LayerFields): boolean => sizeKeys.some((key) => fields[key] !== undefined);

export function expandSized(
  fields: LayerFields,
  context: LayerContext,
  operator: "dense" | "depthwise",
): Expansion | undefined {
  const { R = 1, S = 1, N = context.batch, groups = 1, K = operator === "depthwise" ? 1 : undefined, C } = fields;
  const mixed = shapeKeys.find((key) => fields[key] !== undefined);
  if (mixed !== undefined)
    return refuse(context, mixed, "KEYS_EXCLUDE", `${mixed} cannot be combined with sizes (K, C, Y, X, …)`);
  if (K === undefined || C === undefined) return refuse(context, "", "MISSING_KEY", `needs "${K ? "C" : "K"}"`);
  if (operator === "depthwise" && fields.groups !== undefined && groups !== C)
    return refuse(
      context,
      "groups",
      "BAD_SHAPE",
      `a depthwise-conv has a group for each of its C = ${C} channels, got ${groups}`,
    );
  if (operator === "dense" && (K % groups !== 0 || C % groups !== 0))
    return refuse(context, "groups", "BAD_SHAPE", `groups must divide K and C, got ${groups}`);
  const [strideRows, strideColumns] = pairOf(fields.stride, [1, 1]);
  const rows = extent(context, "Y", fields.Y, fields["Y'"], R, strideRows);
  const columns = extent(context, "X", fields.X, fields["X'"], S, strideColumns);
  if (rows === undefined || columns === undefined) return undefined;
  const layer = convolution({
    name: context.name,
    operator,
    batch: N,
    groups: operator === "depthwise" ? 1 : groups,
    outputChannels: operator === "depthwise" ? K : K / groups,
    inputChannels: operator === "depthwise" ? C : C / groups,
    outputRows: rows.output,
    outputColumns: columns.output,
    filterRows: R,
    filterColumns: S,
    strideRows,
    strideColumns,
    sweptRows: rows.swept,
    sweptColumns: columns.swept,
    inputRows: rows.input,
    inputColumns: columns.input,
  });
  const out = operator === "depthwise" ? K * C : K;
  return { layers: [layer], output: [out, rows.output, columns.output] };
}

interface Extent {
  readonly input: number;
  readonly output: number;
  readonly swept: number;
}

/** An input smaller than the filter keeps its size in `swept` and gives one output (Q2 of docs/references.md). */
function extent(
  context: LayerContext,
  letter: "Y" | "X",
  input: number | undefined,
  output: number | undefined,
  filter: number,
  stride: number,
): Extent | undefined {
  if (input !== undefined && output !== undefined)
    return refuse(context, `${letter}'`, "KEYS_EXCLUDE", `give ${letter} (input) or ${letter}' (output), not both`);
  if (output !== undefined) {
    return { input: (output - 1) * stride + filter, output, swept: output + filter - 1 };
  }
  if (input === undefined)
    return refuse(context, "", "MISSING_KEY", `needs "${letter}" (input) or "${letter}'" (output)`);
  if (input < filter) return { input, output: 1, swept: input };
  const outputs = Math.floor((input - filter) / stride) + 1;
  return { input, output: outputs, swept: outputs + filter - 1 };
}

function refuse(
  context: LayerContext,
  field: string,
  ...problem: Parameters<LayerContext["fail"]> extends [string, ...infer R] ? R : never
): undefined {
  context.fail(field, ...problem);
  return undefined;
}
