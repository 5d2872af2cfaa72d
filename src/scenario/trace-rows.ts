/** The rows of a CSV of releases (of a trace, or of a replay), by the columns and the clock that the scenario states. */
import type { TraceRelease } from "../core/scenario.ts";
import type { CsvRow } from "../input/csv-row.ts";
import { type CsvTable, parseCsv } from "../input/csv-table.ts";
import { readText } from "../input/file-source.ts";
import type { Path } from "../input/parsed-file.ts";
import { quote } from "../input/quote.ts";
import { type TimeFormat, timeNsOf } from "../input/time-text.ts";
import type { ScenarioContext } from "./scenario-context.ts";
import type { TraceFile } from "./scenario-file.ts";

/** What a file is read as. */
export interface TraceSource {
  readonly fields: TraceFile;
  /** Of the fields, and of the name of the file. */
  readonly place: Path;
  readonly filePlace: Path;
  /** Whether rows must say their task. */
  readonly hasTasks: boolean;
}

/** Names of the columns, and how their times are written. */
interface Columns {
  readonly time: string;
  readonly format: TimeFormat;
  readonly task: string;
  readonly deadline: string;
  readonly priority: string;
  readonly scale: string;
}

/** The largest time that a scenario may state, 1e9 ms. */
const LATEST_NS = 1_000_000_000_000_000n;

const MOST_SCALE = 1e6;

/**
 * The releases of the rows that belong to somebody, in the order of the file. `ownerOf` gives the task of a row, by
 * what its task column says; undefined leaves the row out. Undefined after a problem with the file as a whole.
 */
export function traceRows<Owner>(
  context: ScenarioContext,
  source: TraceSource,
  ownerOf: (row: CsvRow, taskColumn: string) => Owner | undefined,
): readonly (readonly [Owner, TraceRelease])[] | undefined {
  const columns = columnsOf(source.fields);
  const table = readTable(context, source, columns);
  if (table === undefined) return undefined;
  const rows = table.rows.flatMap((row) => {
    const owner = ownerOf(row, columns.task);
    const ns = owner === undefined ? undefined : timeIn(row, columns.time, columns.format, "needed");
    return owner === undefined || ns === undefined ? [] : [{ row, owner, ns }];
  });
  const origin = originOf(
    context,
    source,
    columns.format,
    rows.map(({ ns }) => ns),
  );
  if (origin === undefined) return undefined;
  return rows.flatMap(({ row, owner, ns }) => {
    const release = releaseIn(row, columns, ns, origin);
    return release === undefined ? [] : [[owner, release] as const];
  });
}

function columnsOf({ time = {}, columns = {} }: TraceFile): Columns {
  return {
    time: time.column ?? "releaseMs",
    format: time.format ?? "ms",
    task: columns.task ?? "task",
    deadline: columns.deadline ?? "deadlineMs",
    priority: columns.priority ?? "priority",
    scale: columns.scale ?? "scale",
  };
}

function readTable(context: ScenarioContext, source: TraceSource, columns: Columns): CsvTable | undefined {
  const { report, resolver, path } = context;
  const { fields, filePlace, hasTasks } = source;
  const file = resolver.locate(fields.file, path);
  const text = readText(file, resolver, report.problems, report.at(filePlace), "csv");
  if (text === undefined) return undefined;
  const named = Object.values(fields.columns ?? {}) as string[];
  const required = [...new Set([columns.time, ...(hasTasks ? [columns.task] : []), ...named])];
  const optional = [columns.deadline, columns.priority, columns.scale].filter((name) => !required.includes(name));
  const wanted = { required, optional, others: "ignored", ifMissing: otherNames } as const;
  const table = parseCsv(file, text, wanted, report.problems);
  if (table !== undefined && !isDeadlineOfUnit(fields, columns, table)) return undefined;
  return table;
}

/** For files of other tools, which have neither of these columns. */
const otherNames = {
  releaseMs: "; time: { column: … } gives the name of another one",
  task: "; columns: { task: … } gives the name of another one",
};

/** A deadline is written as the release is. A column that says ms in its name must not be taken for another unit. */
function isDeadlineOfUnit({ columns: named }: TraceFile, { format, deadline }: Columns, table: CsvTable): boolean {
  if (named?.deadline !== undefined || format === "ms" || !table.columns.includes(deadline)) return true;
  const message = `column ${quote(deadline)} is in ms, but times are read as ${format}: write deadlines as the times are written and name their column in columns: { deadline: … }`;
  table.headerProblem("KEYS_EXCLUDE", message);
  return false;
}

/** Undefined if the cell is empty, or after a problem. */
function timeIn(row: CsvRow, column: string, format: TimeFormat, need: "needed" | "optional"): bigint | undefined {
  const text = row.text(column);
  if (text === undefined) {
    if (need === "needed") row.problem(column, "MISSING_KEY", `this row has no ${column}`);
    return undefined;
  }
  const ns = timeNsOf(text, format);
  if (ns !== undefined) return ns;
  if (format === "iso") row.problem(column, "WRONG_TYPE", isoProblem(column, text));
  else if (timeNsOf(text, "iso") !== undefined)
    row.problem(
      column,
      "WRONG_TYPE",
      `${column} must be a number, got ${quote(text)}; time: { column: ${column}, format: iso } reads dates`,
    );
  else row.number(column);
  return undefined;
}

const isoProblem = (column: string, text: string): string =>
  `${column} must be a date and time such as 2023-11-16 18:17:03.9799600, with Z, +01:00 or no zone (UTC), got ${quote(text)}`;

/** When the scenario begins, on the clock of the file. */
interface Origin {
  readonly ns: bigint;
  /** Set where the scenario says it, or times are dates. */
  readonly isStated: boolean;
}

function originOf(
  { report }: ScenarioContext,
  { fields, place }: TraceSource,
  format: TimeFormat,
  timesNs: readonly bigint[],
): Origin | undefined {
  const { origin = format === "iso" ? "first" : 0 } = fields.time ?? {};
  if (origin === "first") return { ns: timesNs.reduce((a, b) => (b < a ? b : a), timesNs[0] ?? 0n), isStated: true };
  const at = [...place, "time", "origin"];
  if (typeof origin === "number" && !isExact(origin)) {
    report.problem(at, "TOO_BIG", `origin has more digits than a number keeps; write it in quotes: "${origin}"`);
    return undefined;
  }
  const ns = timeNsOf(String(origin), format);
  if (ns !== undefined) return { ns, isStated: fields.time?.origin !== undefined };
  const what = format === "iso" ? "a date and time" : `a number (${format})`;
  report.problem(at, "WRONG_TYPE", `origin must be first or ${what}, as the times are, got ${quote(String(origin))}`);
  return undefined;
}

/** Whether the number is surely the one that was written: a float keeps 15 digits, and whole numbers up to 2^53. */
const isExact = (value: number): boolean =>
  Number.isInteger(value) ? Number.isSafeInteger(value) : String(value).replace(/\D/g, "").length <= 15;

/** Undefined after a problem. */
function releaseIn(row: CsvRow, columns: Columns, ns: bigint, origin: Origin): TraceRelease | undefined {
  const releaseNs = sinceOrigin(row, columns.time, ns, origin);
  const deadline = timeIn(row, columns.deadline, columns.format, "optional");
  const priority = positive(row, columns.priority, Infinity);
  const scale = positive(row, columns.scale, MOST_SCALE);
  if (deadline !== undefined && deadline <= ns)
    row.problem(
      columns.deadline,
      "DEADLINE_BEFORE_RELEASE",
      `${columns.deadline} must be after the release at ${row.text(columns.time)}, got ${row.text(columns.deadline)}`,
    );
  if (releaseNs === undefined) return undefined;
  return {
    releaseNs,
    ...(deadline !== undefined && { deadlineNs: Number(deadline - origin.ns) }),
    ...(priority !== undefined && { priority }),
    ...(scale !== undefined && scale !== 1 && { scale }),
  };
}

/** ns from the start of the scenario; undefined after a problem. */
function sinceOrigin(row: CsvRow, column: string, ns: bigint, origin: Origin): number | undefined {
  const sinceNs = ns - origin.ns;
  const text = row.text(column);
  if (sinceNs < 0n) {
    const what = origin.isStated ? "is before the origin" : "must be 0 or more";
    row.problem(column, "NEGATIVE", `${column} ${what}, got ${text}`);
    return undefined;
  }
  if (sinceNs <= LATEST_NS) return Number(sinceNs);
  const what = origin.isStated ? "is more than 1e9 ms after the origin" : "must be at most 1e9 ms";
  const hint = origin.isStated ? "" : "; time: { origin: first } counts from the earliest row";
  row.problem(column, "TOO_BIG", `${column} ${what}, got ${text}${hint}`);
  return undefined;
}

function positive(row: CsvRow, column: string, most: number): number | undefined {
  const value = row.number(column);
  if (value !== undefined && value <= 0)
    row.problem(column, "NOT_POSITIVE", `${column} must be greater than 0, got ${value}`);
  if (value !== undefined && value > most) row.problem(column, "TOO_BIG", `${column} must be at most ${most}`);
  return value;
}
