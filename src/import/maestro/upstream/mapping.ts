/** Reads `Dataflow` blocks of MAESTRO's own files, whose sizes may be constants or those of the layer: `Sz(R)`. */
import type { TokenReader } from "../token-reader.ts";
import type { Token } from "../tokens.ts";

/** A number, or the layer's size of a dimension. */
export type Extent = number | { readonly sizeOf: string };

export type WrittenDirective =
  | {
      readonly kind: "temporal" | "spatial";
      readonly size: Extent;
      readonly step: Extent;
      readonly dimension: string;
    }
  | { readonly kind: "cluster"; readonly size: Extent };

const dimensions = ["K", "C", "R", "S", "Y", "X", "Y'", "X'", "N", "G", "M"] as const;
const sizeWord = "Sz";

/** Words with a meaning inside a Dataflow. */
export const dataflowWords = ["TemporalMap", "SpatialMap", "Cluster", sizeWord];

/** The directives of a block, in order; those with problems are left out. */
export function readMapping(reader: TokenReader, keyword: Token, enclosing: readonly string[]): WrittenDirective[] {
  const name = reader.name(keyword);
  if (name !== undefined) reader.report(name, "MAESTRO_SYNTAX", "a Dataflow has no name; put { after it");
  const directives: WrittenDirective[] = [];
  const read = (directive: (word: Token) => WrittenDirective | undefined) => (word: Token) => {
    const understood = directive(word);
    if (understood === undefined) reader.skipFrom(word, handlers);
    else directives.push(understood);
  };
  const handlers = {
    TemporalMap: read((word) => readMap(reader, word, "temporal")),
    SpatialMap: read((word) => readMap(reader, word, "spatial")),
    Cluster: read((word) => readCluster(reader, word)),
  };
  reader.block(keyword, enclosing, (token) => reader.dispatch(token, handlers, "a Dataflow"));
  return directives;
}

function readMap(reader: TokenReader, keyword: Token, kind: "temporal" | "spatial"): WrittenDirective | undefined {
  const size = readExtent(reader, keyword);
  const step = size && readExtent(reader, keyword);
  const word = step && reader.word(keyword, dimensions);
  return size && step && word ? { kind, size, step, dimension: word.text } : undefined;
}

/** P and L, physical and logical, have no effect; they may be absent. */
function readCluster(reader: TokenReader, keyword: Token): WrittenDirective | undefined {
  const size = readExtent(reader, keyword);
  if (size === undefined) return undefined;
  if (!reader.accepts("P")) reader.accepts("L");
  return { kind: "cluster", size };
}

function readExtent(reader: TokenReader, keyword: Token): Extent | undefined {
  if (!reader.accepts(sizeWord)) return reader.whole(keyword);
  const word = reader.word({ ...keyword, text: sizeWord }, dimensions);
  return word && { sizeOf: word.text };
}
