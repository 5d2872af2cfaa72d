/** Release times from a CSV, of one task or of a whole scenario (such as the --jobs file of a run). */
import type { TraceRelease } from "../core/scenario.ts";
import { didYouMean } from "../input/closest.ts";
import type { CsvRow } from "../input/csv-row.ts";
import { parseCsv } from "../input/csv-table.ts";
import { readText } from "../input/file-source.ts";
import { quote } from "../input/quote.ts";
import type { Dependencies } from "./dependencies.ts";
import { nsFromMs } from "./ns-from-ms.ts";
import type { ScenarioContext } from "./scenario-context.ts";

/** Releases of each root task, in rising order. */
export type Replay = ReadonlyMap<number, readonly TraceRelease[]>;

/** Undefined if there is none, or after problems. */
export function readReplay(context: ScenarioContext, dependencies: Dependencies): Replay | undefined {
  const { report, resolver, scenario, path } = context;
  if (scenario.replay === undefined || !report.isSound(["replay"])) return undefined;
  const file = resolver.locate(scenario.replay, path);
  const text = readText(file, resolver, report.problems, report.at(["replay"]), "csv");
  const columns = { required: ["task", "releaseMs"], optional: ["priority", "deadlineMs"], others: "ignored" } as const;
  const table = text === undefined ? undefined : parseCsv(file, text, columns, report.problems);
  return table && byTask(context, dependencies, table.rows);
}

function byTask({ indexOf }: ScenarioContext, dependencies: Dependencies, rows: readonly CsvRow[]): Replay {
  const releases = new Map<number, TraceRelease[]>();
  for (const row of rows) {
    const id = row.text("task") ?? "";
    const task = indexOf.get(id);
    if (task === undefined)
      row.problem("task", "UNKNOWN_NAME", `unknown task ${quote(id)}${didYouMean(id, indexOf.keys())}`);
    // Jobs of dependent tasks follow from their parents'.
    if (task === undefined || dependencies[task]?.length !== 0) continue;
    const release = releaseRow(row);
    if (release === undefined) continue;
    const known = releases.get(task);
    if (known === undefined) releases.set(task, [release]);
    else known.push(release);
  }
  for (const list of releases.values()) list.sort((a, b) => a.releaseNs - b.releaseNs);
  return releases;
}

const LATEST_MS = 1e9;

/** One release; undefined after a problem. */
export function releaseRow(row: CsvRow): TraceRelease | undefined {
  const releaseMs = row.number("releaseMs");
  const deadlineMs = row.number("deadlineMs");
  const priority = row.number("priority");
  if (releaseMs === undefined) {
    if (row.text("releaseMs") === undefined) row.problem("releaseMs", "MISSING_KEY", "this row has no releaseMs");
    return undefined;
  }
  checkRange(row, "releaseMs", releaseMs);
  if (priority !== undefined && priority <= 0)
    row.problem("priority", "NOT_POSITIVE", `priority must be greater than 0, got ${priority}`);
  if (deadlineMs !== undefined && nsFromMs(deadlineMs) <= nsFromMs(releaseMs))
    row.problem(
      "deadlineMs",
      "DEADLINE_BEFORE_RELEASE",
      `deadlineMs must be after the release at ${releaseMs}, got ${deadlineMs}`,
    );
  return {
    releaseNs: nsFromMs(releaseMs),
    ...(deadlineMs !== undefined && { deadlineNs: nsFromMs(deadlineMs) }),
    ...(priority !== undefined && { priority }),
  };
}

function checkRange(row: CsvRow, column: string, ms: number): void {
  if (ms < 0) row.problem(column, "NEGATIVE", `${column} must be 0 or more, got ${ms}`);
  if (ms > LATEST_MS) row.problem(column, "TOO_BIG", `${column} must be at most ${LATEST_MS}, got ${ms}`);
}
