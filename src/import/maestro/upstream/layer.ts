/** Reads one `Layer` block of MAESTRO's own files. */
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
/** MAESTRO knows these words, and cannot cost them either. */
const reservedTypes = ["FC", "POOL", "LSTM"];
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
  const handlers: Handlers = {
    Type: (word) => {
      type = readType(reader, word);
    },
    Stride: (word) => readSizes(reader, word, enclosing, strides),
    Dimensions: (word) => {
      dimensions = word;
      readSizes(reader, word, enclosing, sizes);
    },
    Dataflow: (word) => {
      mapping = readMapping(reader, word, ["Layer", ...enclosing]);
    },
  };
  reader.block(keyword, enclosing, (token) => reader.dispatch(token, handlers, "a Layer"));
  if (type === undefined) reader.report(at, "MISSING_KEY", `the layer ${at.text} needs a Type`);
  checkSizes(reader, dimensions ?? at, at.text, type ?? "CONV", sizes);
  return { name: at.text, at, type: type ?? "CONV", sizes, strides, ...(mapping !== undefined && { mapping }) };
}

function readType(reader: TokenReader, keyword: Token): UpstreamType | undefined {
  const word = reader.word(keyword, layerTypes, reservedTypes);
  const type = layerTypes.find((known) => known === word?.text);
  if (word !== undefined && type === undefined) {
    reader.report(word, "UNSUPPORTED", `the type ${word.text} is reserved but has no costs; write it as a CONV`);
  }
  return type ?? "CONV";
}

/** A repeated dimension keeps its first value. */
function readSizes(
  reader: TokenReader,
  keyword: Token,
  enclosing: readonly string[],
  sizes: Partial<Record<SizeName, number>>,
): void {
  const handlers: Handlers = Object.fromEntries(
    sizeNames.map((name) => [
      name,
      (word: Token) => {
        const size = reader.whole(word) ?? 1;
        sizes[name] ??= size;
      },
    ]),
  );
  const inside = ["Type", "Stride", "Dimensions", "Dataflow", ...enclosing];
  reader.block(keyword, inside, (token) => reader.dispatch(token, handlers, keyword.text));
}

function checkSizes(reader: TokenReader, at: Token, layerName: string, type: UpstreamType, sizes: Sizes): void {
  const needed: readonly SizeName[] = type === "GEMM" ? ["M", "N", "K"] : ["K", "C", "R", "S"];
  const missing: string[] = needed.filter((name) => sizes[name] === undefined);
  for (const [input, output] of type === "GEMM" ? [] : inputsAndOutputs) {
    if (sizes[input] === undefined && sizes[output] === undefined) missing.push(`${input} or ${output}`);
    if (sizes[input] === undefined || sizes[output] === undefined) continue;
    reader.report(at, "KEYS_EXCLUDE", `the layer ${layerName} has both ${input} and ${output}; remove one of them`);
  }
  if (missing.length === 0) return;
  reader.report(at, "MISSING_KEY", `the layer ${layerName} needs Dimensions of ${missing.join(", ")}`);
}

const inputsAndOutputs = [
  ["Y", "Y'"],
  ["X", "X'"],
] as const;
