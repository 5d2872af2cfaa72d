/** The dataflows that a system's accelerators can name: presets and its own `dataflows`. */
import { dataflowPresets, dataflowProblem } from "../core/dataflows.ts";
import { parseDirective } from "../core/directive.ts";
import type { Dataflow } from "../core/system.ts";
import { quote } from "../input/quote.ts";
import type { Report } from "../input/report.ts";
import type { SystemFile } from "./system-file.ts";

/** By name; undefined for one with problems. */
export type Dataflows = ReadonlyMap<string, Dataflow | undefined>;

export function dataflowsOf({ dataflows }: SystemFile, report: Report): Dataflows {
  const known = new Map<string, Dataflow | undefined>(dataflowPresets.map((dataflow) => [dataflow.name, dataflow]));
  if (typeof dataflows !== "object" || dataflows === null) return known;
  for (const [name, lines] of Object.entries(dataflows)) {
    if (known.has(name))
      report.problem(["dataflows", name], "DUPLICATE_ID", `${name} is a built-in dataflow; choose another name`, "key");
    else known.set(name, report.isSound(["dataflows", name]) ? dataflowFrom(name, lines, report) : undefined);
  }
  return known;
}

function dataflowFrom(name: string, lines: readonly string[], report: Report): Dataflow | undefined {
  const place = ["dataflows", name];
  const directives = lines.flatMap((line, i) => {
    const directive = parseDirective(line);
    if (directive !== undefined) return [directive];
    const expected = "TemporalMap(size,step) D, SpatialMap(size,step) D or Cluster(size), D one of K C R S Y X Y' X'";
    report.problem([...place, i], "BAD_DIRECTIVE", `a directive must be ${expected}; got ${quote(line)}`);
    return [];
  });
  if (directives.length < lines.length) return undefined;
  const problem = dataflowProblem({ name, directives });
  if (problem === undefined) return { name, directives };
  report.problem(place, "BAD_DIRECTIVE", `dataflow ${name} ${problem}`, "key");
  return undefined;
}
