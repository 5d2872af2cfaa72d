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
  const { R = 1, S = 1, N = context.batch } = fields;
  const mixed = shapeKeys.find((key) => fields[key] !== undefined);
  if (mixed !== undefined)
    return refuse(context, mixed, "KEYS_EXCLUDE", `${mixed} cannot be combined with sizes (K, C, Y, X, …)`);
  const channels = operator === "depthwise" ? depthwiseChannels(fields, context) : denseChannels(fields, context);
  if (channels === undefined) return undefined;
  const [strideRows, strideColumns] = pairOf(fields.stride, [1, 1]);
  const rows = extent(context, "Y", fields.Y, fields["Y'"], R, strideRows);
  const columns = extent(context, "X", fields.X, fields["X'"], S, strideColumns);
  if (rows === undefined || columns === undefined) return undefined;
  const layer = convolution({
    name: context.name,
    operator,
    batch: N,
    ...channels.ofGroup,
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
  return { layers: [layer], output: [channels.out, rows.output, columns.output] };
}

interface SizedChannels {
  readonly ofGroup: { readonly groups: number; readonly outputChannels: number; readonly inputChannels: number };
  /** Of all groups. */
  readonly out: number;
}

function denseChannels({ K, C, groups = 1 }: LayerFields, context: LayerContext): SizedChannels | undefined {
  if (K === undefined || C === undefined) return refuse(context, "", "MISSING_KEY", `needs "${K ? "C" : "K"}"`);
  if (K % groups !== 0 || C % groups !== 0)
    return refuse(context, "groups", "BAD_SHAPE", `groups must divide K and C, got ${groups}`);
  return { ofGroup: { groups, outputChannels: K / groups, inputChannels: C / groups }, out: K };
}

function depthwiseChannels({ K = 1, C, groups = C }: LayerFields, context: LayerContext): SizedChannels | undefined {
  if (C === undefined) return refuse(context, "", "MISSING_KEY", 'needs "C"');
  if (groups !== C) {
    const message = `a depthwise-conv has a group for each of its C = ${C} channels, got ${groups}`;
    return refuse(context, "groups", "BAD_SHAPE", message);
  }
  return { ofGroup: { groups: 1, outputChannels: K, inputChannels: C }, out: K * C };
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
