/** Reads the artifact's dataflow files: one `Dataflow` block of directives an accelerator (notes, section 2). */
import { dataflowProblem } from "../../core/dataflows.ts";
import type { DataflowDimension, Directive } from "../../core/system.ts";
import type { Reporter } from "./reporter.ts";
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
  const reader = new TokenReader(text, reporter, ["Dataflow", "TemporalMap", "SpatialMap", "Cluster", ...dimensions]);
  const dataflows: MaestroDataflow[] = [];
  reader.blocks({
    Dataflow: (keyword) => {
      const directives = readDirectives(reader, keyword);
      dataflows.push({ at: keyword, directives });
      const problem = dataflowProblem({ name: "", directives });
      if (problem !== undefined) reader.report(keyword, "BAD_DIRECTIVE", `this Dataflow ${problem}`);
    },
  });
  return dataflows;
}

function readDirectives(reader: TokenReader, keyword: Token): Directive[] {
  const directives: Directive[] = [];
  const map = (kind: "temporal" | "spatial") => (word: Token) => {
    const size = reader.whole(word) ?? 1;
    const step = reader.whole(word) ?? 1;
    const token = reader.word(word, dimensions);
    const dimension = dimensions.find((known) => known === token?.text);
    if (dimension !== undefined) directives.push({ kind, size, step, dimension });
  };
  const handlers: Handlers = {
    TemporalMap: map("temporal"),
    SpatialMap: map("spatial"),
    Cluster: (word) => {
      const size = reader.whole(word) ?? 1;
      reader.word(word, ["P", "L"]);
      directives.push({ kind: "cluster", size });
    },
  };
  reader.block(keyword, ["Dataflow"], (token) => reader.dispatch(token, handlers, "a Dataflow"));
  return directives;
}
