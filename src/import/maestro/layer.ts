/** Reads one `Layer` block of a workload file. */
import type { Handlers, TokenReader } from "./token-reader.ts";
import type { Token } from "./tokens.ts";

export interface MaestroLayer {
  readonly name: string;
  readonly type: LayerType;
  readonly sizes: LayerSizes;
  /** Ignored by the artifact. */
  readonly strides: Sizes;
}

export type LayerType = "CONV" | "DSCONV" | "TRCONV" | "NGCONV";

/** One of Y and Y', one of X and X' (primed: output sizes). N is ignored by the artifact. */
export type LayerSizes = Sizes & { readonly K: number; readonly C: number; readonly R: number; readonly S: number };

type Sizes = Readonly<Partial<Record<SizeName, number>>>;
export type SizeName = (typeof sizeNames)[number];

const sizeNames = ["N", "K", "C", "Y", "X", "Y'", "X'", "R", "S"] as const;
const layerTypes = ["CONV", "DSCONV", "TRCONV", "NGCONV"] as const;
/** Words that the artifact knows but cannot cost. */
const reservedTypes = ["FC", "POOL", "LSTM"];

/** Words with a meaning inside a layer. */
export const layerWords = ["Type", "Stride", "Dimensions", ...sizeNames];

/** Reports values that it cannot read, and replaces them by 1 (or CONV). */
export function readLayer(
  reader: TokenReader,
  keyword: Token,
  enclosing: readonly string[],
  index: number,
): MaestroLayer {
  const at = reader.name(keyword) ?? { ...keyword, text: `layer${index + 1}` };
  const strides: Partial<Record<SizeName, number>> = {};
  const sizes: Partial<Record<SizeName, number>> = {};
  let type: LayerType | undefined;
  let dimensions: Token | undefined;
  const handlers: Handlers = {
    Type: (word) => {
      type = readType(reader, word);
    },
    Stride: (word) => {
      if (dimensions !== undefined) reader.report(word, "MAESTRO_SYNTAX", "Stride must precede Dimensions");
      readSizes(reader, word, enclosing, strides);
    },
    Dimensions: (word) => {
      dimensions = word;
      readSizes(reader, word, enclosing, sizes);
    },
  };
  reader.block(keyword, enclosing, (token) => reader.dispatch(token, handlers, "a Layer"));
  if (type === undefined) reader.report(at, "MISSING_KEY", `the layer ${at.text} needs a Type`);
  checkSizes(reader, dimensions ?? at, at.text, sizes);
  return { name: at.text, type: type ?? "CONV", sizes: { K: 1, C: 1, R: 1, S: 1, ...sizes }, strides };
}

/** The batch and strides, if not 1. */
export function ignoredSizes({ sizes, strides }: MaestroLayer): string[] {
  const named = Object.entries(strides).map(([name, stride]): [string, number] => [`stride ${name}`, stride]);
  return [["N", sizes.N ?? 1] as const, ...named].filter(([, n]) => n !== 1).map(([name, n]) => `${name} ${n}`);
}

function readType(reader: TokenReader, keyword: Token): LayerType {
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
  const inside = ["Type", "Stride", "Dimensions", ...enclosing];
  reader.block(keyword, inside, (token) => reader.dispatch(token, handlers, keyword.text));
}

function checkSizes(reader: TokenReader, at: Token, layerName: string, sizes: Sizes): void {
  const missing: string[] = (["K", "C", "R", "S"] as const).filter((name) => sizes[name] === undefined);
  for (const [input, output] of [
    ["Y", "Y'"],
    ["X", "X'"],
  ] as const) {
    if (sizes[input] === undefined && sizes[output] === undefined) missing.push(`${input} or ${output}`);
    if (sizes[input] === undefined || sizes[output] === undefined) continue;
    reader.report(at, "KEYS_EXCLUDE", `the layer ${layerName} has both ${input} and ${output}; remove one of them`);
  }
  if (missing.length === 0) return;
  reader.report(at, "MISSING_KEY", `the layer ${layerName} needs Dimensions of ${missing.join(", ")}`);
}
