/** Reads one `Layer` block of MAESTRO's own files. */
import { checkSizes, readSizes, readType, windowSizes } from "../layer-parts.ts";
import type { Handlers, TokenReader } from "../token-reader.ts";
import type { Token } from "../tokens.ts";
import { dataflowWords, readMapping, type WrittenDirective } from "./mapping.ts";

export interface UpstreamLayer {
  readonly name: string;
  readonly at: Token;
  readonly type: UpstreamType;
  readonly sizes: Sizes;
  readonly strides: Sizes;
  /** Its own `Dataflow`; absent: that of the layer before. */
  readonly mapping?: readonly WrittenDirective[];
}

export type UpstreamType = (typeof layerTypes)[number];
export type SizeName = (typeof sizeNames)[number];
/** Y and X are the padded input, Y' and X' the output; K and C of an NGCONV are those of one of its G groups. */
export type Sizes = Readonly<Partial<Record<SizeName, number>>>;

const layerTypes = ["CONV", "DSCONV", "TRCONV", "NGCONV", "GEMM"] as const;
const sizeNames = ["N", "G", "K", "C", "M", "Y", "X", "Y'", "X'", "R", "S"] as const;

/** Words with a meaning inside a layer. */
export const layerWords = ["Type", "Stride", "Dimensions", "Dataflow", ...dataflowWords, ...sizeNames];

/** Reports values that it cannot read, and replaces them by 1 (or CONV). */
export function readUpstreamLayer(
  reader: TokenReader,
  keyword: Token,
  enclosing: readonly string[],
  index: number,
): UpstreamLayer {
  const at = reader.name(keyword) ?? { ...keyword, text: `layer${index + 1}` };
  const strides: Partial<Record<SizeName, number>> = {};
  const sizes: Partial<Record<SizeName, number>> = {};
  let type: UpstreamType | undefined;
  let dimensions: Token | undefined;
  let mapping: readonly WrittenDirective[] | undefined;
  const inside = ["Type", "Stride", "Dimensions", "Dataflow", ...enclosing];
  const handlers: Handlers = {
    Type: (word) => {
      type = readType(reader, word, layerTypes);
    },
    Stride: (word) => readSizes(reader, word, inside, sizeNames, strides),
    Dimensions: (word) => {
      dimensions = word;
      readSizes(reader, word, inside, sizeNames, sizes);
    },
    Dataflow: (word) => {
      mapping = readMapping(reader, word, ["Layer", ...enclosing]);
    },
  };
  reader.block(keyword, enclosing, (token) => reader.dispatch(token, handlers, "a Layer"));
  if (type === undefined) reader.report(at, "MISSING_KEY", `the layer ${at.text} needs a Type`);
  const isProduct = type === "GEMM";
  // Old files say no K of a depthwise convolution: one filter for each channel.
  if (type === "DSCONV") sizes.K ??= 1;
  const needed = isProduct ? ["M", "N", "K"] : ["K", "C", "R", "S"];
  checkSizes(reader, dimensions ?? at, at.text, sizes, needed, isProduct ? [] : windowSizes);
  return { name: at.text, at, type: type ?? "CONV", sizes, strides, ...(mapping !== undefined && { mapping }) };
}
