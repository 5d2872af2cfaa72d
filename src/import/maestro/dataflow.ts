/** Reads the artifact's dataflow files, one `Dataflow` an accelerator: docs/references.md#maestro-text-formats. */
import { dataflowProblem } from "../../core/dataflows.ts";
import type { DataflowDimension, Directive } from "../../core/system.ts";
import type { Reporter } from "../reporter.ts";
import { type Handlers, TokenReader } from "./token-reader.ts";
import type { Token } from "./tokens.ts";

export interface MaestroDataflow {
  /** The `Dataflow` keyword. */
  readonly at: Token;
  readonly directives: readonly Directive[];
}

const dimensions: readonly DataflowDimension[] = ["K", "C", "R", "S", "Y", "X", "Y'", "X'"];

/** The blocks of a dataflow file, in its order. */
export function readMaestroDataflows(text: string, reporter: Reporter): readonly MaestroDataflow[] {
  const reader = new TokenReader(text, reporter, ["Dataflow", "TemporalMap", "SpatialMap", "Cluster"]);
  const dataflows: MaestroDataflow[] = [];
  reader.blocks({
    Dataflow: (keyword) => {
      const errorsBefore = reporter.errorCount;
      const directives = readDirectives(reader, keyword);
      dataflows.push({ at: keyword, directives });
      const problem = reporter.errorCount > errorsBefore ? undefined : dataflowProblem({ name: "", directives });
      if (problem !== undefined) reporter.report(keyword, "BAD_DIRECTIVE", `this Dataflow ${problem}`);
    },
  });
  return dataflows;
}

function readDirectives(reader: TokenReader, keyword: Token): Directive[] {
  const name = reader.name(keyword);
  if (name !== undefined) reader.report(name, "MAESTRO_SYNTAX", "a Dataflow has no name; put { after it");
  const directives: Directive[] = [];
  const read = (directive: (word: Token) => Directive | undefined) => (word: Token) => {
    const understood = directive(word);
    if (understood === undefined) reader.skipFrom(word, handlers);
    else directives.push(understood);
  };
  const handlers: Handlers = {
    TemporalMap: read((word) => readMap(reader, word, "temporal")),
    SpatialMap: read((word) => readMap(reader, word, "spatial")),
    Cluster: read((word) => readCluster(reader, word)),
  };
  reader.block(keyword, ["Dataflow"], (token) => reader.dispatch(token, handlers, "a Dataflow"));
  return directives;
}

function readMap(reader: TokenReader, keyword: Token, kind: "temporal" | "spatial"): Directive | undefined {
  const size = reader.whole(keyword);
  const step = size && reader.whole(keyword);
  const word = step && reader.word(keyword, dimensions);
  const dimension = word && dimensions.find((known) => known === word.text);
  return size && step && dimension ? { kind, size, step, dimension } : undefined;
}

function readCluster(reader: TokenReader, keyword: Token): Directive | undefined {
  const size = reader.whole(keyword);
  // P or L: the artifact ignores it.
  const kind = size && reader.word(keyword, ["P", "L"]);
  return size && kind ? { kind: "cluster", size } : undefined;
}
