/** What the columns of a trace with a row for each request mean. */
import type { LeftOuts } from "../left-out.ts";
import type { Reporter } from "../reporter.ts";
import type { RowMapping, TraceFormat } from "./arrival.ts";
import { knownMappings } from "./formats.ts";
import { withoutMark } from "./table.ts";
import { timeFormatOf, timeNameIn } from "./time-column.ts";
import type { TraceTable } from "./trace-table.ts";

/** Options take the place of what is known of a format; columns with rtmm's own names are read unasked. */
export function mappingOf(
  format: Exclude<TraceFormat, "azure-functions">,
  options: Partial<RowMapping>,
  table: TraceTable,
  file: string,
  left: LeftOuts,
  reporter: Reporter,
): RowMapping {
  const { header } = table;
  const known = format === "rows" ? timedBy(table, options, reporter) : knownMappings[format];
  const own = (name: string): string | undefined => (format === "rows" && header.includes(name) ? name : undefined);
  const { before = known.before, task = known.task ?? own("task") } = options;
  const scale = options.scale ?? known.scale ?? (own("scale") === undefined ? undefined : new Map([["scale", 1]]));
  const mapping = {
    time: format === "rows" ? known.time : (options.time ?? known.time),
    timeFormat: options.timeFormat ?? known.timeFormat,
    ...(before !== undefined && { before }),
    ...(task !== undefined && { task }),
    ...(scale !== undefined && { scale }),
  };
  leaveOutColumns(header, mapping, file, left);
  return mapping;
}

/** The time as the options say, or else as the names of the columns tell. */
function timedBy(table: TraceTable, options: Partial<RowMapping>, reporter: Reporter): RowMapping {
  const own = knownMappings.rows;
  const isOwn = options.time === undefined && table.header.includes(own.time);
  const asked = options.time ?? (isOwn ? own.time : timeNameIn(table));
  const time = asked === undefined || table.header.includes(asked) ? asked : withoutMark(asked);
  // A column that is not there is told with those that are.
  if (time === undefined || !table.header.includes(time)) return { ...own, time: asked ?? own.time };
  const timeFormat = options.timeFormat ?? timeFormatOf(table, time);
  if (timeFormat !== undefined) return { time, timeFormat };
  const message = `nothing tells the unit of the time in "${time}"; say it: --time-format s (or ms, us, ns)`;
  reporter.report({ text: "", line: 1, column: 1 }, "MISSING_KEY", message);
  return { ...own, time };
}

function leaveOutColumns(header: readonly string[], mapping: RowMapping, file: string, left: LeftOuts): void {
  const { time, before, task, scale = new Map<string, number>() } = mapping;
  const used = new Set([time, before, task, ...scale.keys()]);
  const work = [...scale.keys()].join(" and ");
  for (const column of header) {
    if (column === "" || used.has(column)) continue;
    const isContext = column === "ContextTokens" && work === "GeneratedTokens";
    const why = isContext
      ? "a job's work is its GeneratedTokens; --scale ContextTokens=0.01,GeneratedTokens=1 would add the context"
      : "nothing says what it means; --scale makes a column the work of a job, and --task its task";
    left.add(`column ${column}`, why, file);
  }
}
