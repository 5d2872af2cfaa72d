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
  if (source === undefined) return undefined;
  const scaleColumn = source.fields.columns?.scale ?? "scale";
  let unscaled = 0;
  const rows = traceRows(context, source, (row, taskColumn) => {
    const task = taskOf(context, row, taskColumn);
    if (task === undefined || dependencies[task]?.length === 0) return task;
    // Jobs of dependent tasks follow from their parents'.
    if (Number(row.text(scaleColumn) ?? 1) !== 1) unscaled += 1;
    return undefined;
  });
  if (unscaled > 0) context.report.warning(source.filePlace, "NO_EFFECT", unscaledText(unscaled, scaleColumn));
  return byTask(rows);
}

const unscaledText = (rows: number, column: string): string =>
  `${column} has no effect in ${rows} of its rows: jobs of tasks with "after" take the work of their model`;

function sourceOf({ report, scenario: { replay } }: ScenarioContext): TraceSource | undefined {
  if (replay === undefined || !report.isSound(["replay"])) return undefined;
  const place = ["replay"];
  if (typeof replay === "string") return { fields: { file: replay }, place, filePlace: place, hasTasks: true };
  return { fields: replay satisfies TraceFile, place, filePlace: [...place, "file"], hasTasks: true };
}

function taskOf({ indexOf }: ScenarioContext, row: CsvRow, column: string): number | undefined {
  const id = row.text(column) ?? "";
  const task = indexOf.get(id);
  if (task === undefined)
    row.problem(column, "UNKNOWN_NAME", `unknown task ${quote(id)}${didYouMean(id, indexOf.keys())}`);
  return task;
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
