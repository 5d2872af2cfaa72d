/** Release times of a whole scenario from a CSV (such as the --jobs file of a run). */
import type { TraceRelease } from "../core/scenario.ts";
import { didYouMean } from "../input/closest.ts";
import type { CsvRow } from "../input/csv-row.ts";
import { quote } from "../input/quote.ts";
import type { Dependencies } from "./dependencies.ts";
import type { ScenarioContext } from "./scenario-context.ts";
import type { TraceFile } from "./scenario-file.ts";
import { type TraceSource, traceRows } from "./trace-rows.ts";

/** Releases of each root task, in rising order. */
export type Replay = ReadonlyMap<number, readonly TraceRelease[]>;

/** Undefined if there is none, or after problems. */
export function readReplay(context: ScenarioContext, dependencies: Dependencies): Replay | undefined {
  const source = sourceOf(context);
  return source && byTask(traceRows(context, source, (row, column) => taskOf(context, dependencies, row, column)));
}

function sourceOf({ report, scenario: { replay } }: ScenarioContext): TraceSource | undefined {
  if (replay === undefined || !report.isSound(["replay"])) return undefined;
  const place = ["replay"];
  if (typeof replay === "string") return { fields: { file: replay }, place, filePlace: place, hasTasks: true };
  return { fields: replay satisfies TraceFile, place, filePlace: [...place, "file"], hasTasks: true };
}

/** The root task of a row; jobs of dependent tasks follow from their parents'. */
function taskOf(
  { indexOf }: ScenarioContext,
  dependencies: Dependencies,
  row: CsvRow,
  column: string,
): number | undefined {
  const id = row.text(column) ?? "";
  const task = indexOf.get(id);
  if (task === undefined)
    row.problem(column, "UNKNOWN_NAME", `unknown task ${quote(id)}${didYouMean(id, indexOf.keys())}`);
  return task !== undefined && dependencies[task]?.length === 0 ? task : undefined;
}

function byTask(rows: ReturnType<typeof traceRows<number>>): Replay | undefined {
  if (rows === undefined) return undefined;
  const releases = new Map<number, TraceRelease[]>();
  for (const [task, release] of rows) {
    const known = releases.get(task);
    if (known === undefined) releases.set(task, [release]);
    else known.push(release);
  }
  for (const list of releases.values()) list.sort((a, b) => a.releaseNs - b.releaseNs);
  return releases;
}
