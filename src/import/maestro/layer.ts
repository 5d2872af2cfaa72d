/** Reads one `Layer` block of a workload file. */
import { checkSizes, readSizes, readType } from "./layer-parts.ts";
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
  const inside = ["Type", "Stride", "Dimensions", ...enclosing];
  const handlers: Handlers = {
    Type: (word) => {
      type = readType(reader, word, layerTypes);
    },
    Stride: (word) => {
      if (dimensions !== undefined) reader.report(word, "MAESTRO_SYNTAX", "Stride must precede Dimensions");
      readSizes(reader, word, inside, sizeNames, strides);
    },
    Dimensions: (word) => {
      dimensions = word;
      readSizes(reader, word, inside, sizeNames, sizes);
    },
  };
  reader.block(keyword, enclosing, (token) => reader.dispatch(token, handlers, "a Layer"));
  if (type === undefined) reader.report(at, "MISSING_KEY", `the layer ${at.text} needs a Type`);
  checkSizes(reader, dimensions ?? at, at.text, sizes, ["K", "C", "R", "S"]);
  return { name: at.text, type: type ?? "CONV", sizes: { K: 1, C: 1, R: 1, S: 1, ...sizes }, strides };
}

/** The batch and strides, if not 1. */
export function ignoredSizes({ sizes, strides }: MaestroLayer): string[] {
  const named = Object.entries(strides).map(([name, stride]): [string, number] => [`stride ${name}`, stride]);
  return [["N", sizes.N ?? 1] as const, ...named].filter(([, n]) => n !== 1).map(([name, n]) => `${name} ${n}`);
}
