/** Converts traces of requests to the releases of a scenario, and the scenario that replays them. */
import { printable } from "../../input/printable.ts";
import { ProblemList } from "../../input/problem-list.ts";
import { csvFile } from "../csv-file.ts";
import { baseName, distinctNames, fileName, idsOf, kebabCase } from "../ids.ts";
import type { ImportedFile, ImportOptions, ImportResult, SourceFile, Warn } from "../imported.ts";
import { LeftOuts } from "../left-out.ts";
import { Reporter } from "../reporter.ts";
import { onOneLine, yamlFile } from "../yaml-file.ts";
import type { Arrival, RowMapping, TraceFormat } from "./arrival.ts";
import { isMinute, readCounts, type Within } from "./read-counts.ts";
import { readRows } from "./read-rows.ts";
import { traceTable, withoutMark } from "./table.ts";
import { timeFormatOf, timeNameIn } from "./time-column.ts";
import type { TraceTable } from "./trace-table.ts";

export interface ArrivalsOptions extends ImportOptions, Partial<RowMapping> {
  /** Part of the trace, in ms from its first request; requests in [from, to) are taken. */
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly top?: number;
  readonly within?: Within;
  readonly seed?: number;
  /** Relative, of all tasks (none). */
  readonly deadlineMs?: number;
  /** Name or path of the model that all tasks run; absent: a measured model for each task. */
  readonly model?: string;
}

const nsPerMs = 1_000_000n;
/** As in rtmm's scenarios. */
const mostTasks = 1000;
const longestMs = 1e9;

/** Each file makes a scenario. Throws an InputError with the problems of all files. */
export function importArrivals(
  sources: readonly SourceFile[],
  options: ArrivalsOptions = {},
  warn?: Warn,
): ImportResult {
  const problems = new ProblemList();
  const left = new LeftOuts();
  const traces = sources.map(({ text, file }) => {
    const reporter = new Reporter(text, file, problems);
    return { file, trace: traceOf(text, file, options, reporter, left) };
  });
  problems.finish(warn);
  const names = distinctNames(traces.map(({ file }) => kebabCase(baseName(file), "trace")));
  const results = traces.map(({ file, trace }, i) => convert(trace!, names[i]!, file, options));
  return {
    files: results.flatMap(({ files }) => files),
    report: { taken: results.map(({ taken }) => taken), left: left.list(), totals: [] },
  };
}

/** Told by the columns of a table. */
export function traceFormat(header: readonly string[]): TraceFormat {
  const has = (...names: string[]): boolean => names.every((name) => header.includes(name));
  if (has("TIMESTAMP", "ContextTokens", "GeneratedTokens")) return "azure-llm";
  if (has("HashFunction") && header.some(isMinute)) return "azure-functions";
  if (has("app", "func", "end_timestamp", "duration")) return "azure-functions-2021";
  if (has("Timestamp", "Model", "Request tokens", "Response tokens")) return "burstgpt";
  if (!has("timestamp", "input_length", "output_length")) return "rows";
  // Both have the same columns otherwise, and other units.
  return has("chat_id") ? "bailian" : "mooncake";
}

const knownMappings: Readonly<Record<Exclude<TraceFormat, "azure-functions">, RowMapping>> = {
  "azure-llm": { time: "TIMESTAMP", timeFormat: "iso", scale: new Map([["GeneratedTokens", 1]]) },
  // A request is known by its end. Its work is relative to a second.
  "azure-functions-2021": {
    time: "end_timestamp",
    timeFormat: "s",
    before: "duration",
    task: "func",
    scale: new Map([["duration", 1]]),
  },
  // Requests that failed have no response.
  burstgpt: { time: "Timestamp", timeFormat: "s", task: "Model", scale: new Map([["Response tokens", 1]]) },
  mooncake: { time: "timestamp", timeFormat: "ms", scale: new Map([["output_length", 1]]) },
  bailian: { time: "timestamp", timeFormat: "s", scale: new Map([["output_length", 1]]) },
  rows: { time: "releaseMs", timeFormat: "ms" },
};

interface Trace {
  readonly arrivals: readonly Arrival[];
  /** Time 0 of the scenario. */
  readonly startNs: bigint;
  readonly format: TraceFormat;
}

/** Undefined after a problem. */
function traceOf(
  text: string,
  file: string,
  options: ArrivalsOptions,
  reporter: Reporter,
  left: LeftOuts,
): Trace | undefined {
  const table = traceTable(text);
  if (table === undefined) {
    reporter.report({ text: "", line: 1, column: 1 }, "EMPTY_FILE", "the file is empty");
    return undefined;
  }
  const format = options.time === undefined ? traceFormat(table.header) : "rows";
  const all =
    format === "azure-functions"
      ? readCounts(table, countOptions(options), file, reporter, left)
      : readRows(table, mappingOf(format, options, table, file, left, reporter), file, reporter, left);
  if (reporter.errorCount > 0) return undefined;
  // Counts have a clock that begins with the trace; rows begin with the first one.
  const originNs =
    format === "azure-functions"
      ? 0n
      : all.reduce((least, { timeNs }) => (timeNs < least ? timeNs : least), all[0]?.timeNs ?? 0n);
  const startNs = originNs + nsOf(options.fromMs ?? 0);
  const arrivals = windowOf(all, startNs, originNs, options, file, left);
  if (arrivals.length === 0) reporter.report({ text: "", line: 1, column: 1 }, "EMPTY_FILE", "no request is left");
  const tasks = new Set(arrivals.map(({ task }) => task)).size;
  if (tasks > mostTasks) {
    const message = `the trace has ${tasks} tasks, and a scenario at most ${mostTasks}; choose a part of it, such as --top 20`;
    reporter.report({ text: "", line: 1, column: 1 }, "TOO_BIG", message);
  }
  return { arrivals, startNs, format };
}

const nsOf = (ms: number): bigint => BigInt(Math.round(ms * Number(nsPerMs)));

function countOptions({ within = "even", seed = 1, fromMs = 0, toMs, top }: ArrivalsOptions) {
  const end = toMs === undefined ? {} : { toNs: nsOf(toMs) };
  return { within, seed, fromNs: nsOf(fromMs), ...end, ...(top !== undefined && { top }) };
}

/** Options take the place of what is known of a format; columns with rtmm's own names are read unasked. */
function mappingOf(
  format: Exclude<TraceFormat, "azure-functions">,
  options: ArrivalsOptions,
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
function timedBy(table: TraceTable, options: ArrivalsOptions, reporter: Reporter): RowMapping {
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

function windowOf(
  all: readonly Arrival[],
  startNs: bigint,
  originNs: bigint,
  { toMs }: ArrivalsOptions,
  file: string,
  left: LeftOuts,
): readonly Arrival[] {
  const endNs = toMs === undefined ? undefined : originNs + nsOf(toMs);
  return all.filter(({ timeNs, at }) => {
    const isInside = timeNs >= startNs && (endNs === undefined || timeNs < endNs);
    if (!isInside) left.add("request", "it is outside the part that was chosen", file, at);
    return isInside;
  });
}

function convert(
  { arrivals, startNs, format }: Trace,
  name: string,
  file: string,
  options: ArrivalsOptions,
): { readonly files: readonly ImportedFile[]; readonly taken: string } {
  const titles = [...new Set(arrivals.map(({ task }) => task))];
  const ids = idsOf(titles.map(shortTitle), "task");
  const idOf = new Map(titles.map((title, i) => [title, ids[i]!]));
  const sorted = [...arrivals].sort((a, b) => (a.timeNs < b.timeNs ? -1 : a.timeNs > b.timeNs ? 1 : 0));
  const isScaled = sorted.some(({ scale }) => scale !== undefined);
  const rows = sorted.map(({ task, timeNs, scale }) => [
    idOf.get(task)!,
    msText(timeNs - startNs),
    ...(isScaled ? [scale] : []),
  ]);
  const columns = ["task", "releaseMs", ...(isScaled ? ["scale"] : [])];
  const lastNs = sorted.at(-1)!.timeNs - startNs;
  const durationMs = Math.min(longestMs, Number(lastNs / nsPerMs) + 1);
  const tasks = titles.map((title) => taskOf(idOf.get(title)!, title, options));
  const [replay = ""] = distinctNames([`${name}-jobs`], [name]);
  const scenario = { name, title: baseName(file), source: fileName(file), durationMs, replay: `${replay}.csv`, tasks };
  const heading = {
    schema: "scenario",
    sources: [file],
    format: formatTitles[format],
    remarks: remarksOn(format, options),
  } as const;
  const counted = `${sorted.length} ${sorted.length === 1 ? "request" : "requests"} of ${titles.length} ${titles.length === 1 ? "task" : "tasks"}`;
  return {
    files: [yamlFile(scenario, heading, options), csvFile({ kind: "arrivals", name: replay, columns, rows })],
    taken: `${counted} in ${durationMs} ms from ${fileName(file)}`,
  };
}

/** Hashes are cut to what tells them apart at a glance. */
const shortTitle = (title: string): string =>
  title === "" ? "request" : /^[0-9a-f]{32,}$/i.test(title) ? `f-${title.slice(0, 8)}` : title;

function taskOf(
  id: string,
  title: string,
  { model, deadlineMs = "none" as const }: Pick<ArrivalsOptions, "model"> & { readonly deadlineMs?: number | "none" },
) {
  const name = printable(title);
  const measured = { name: id, ...(name !== id && name !== "" && { title: name }), layers: "measured" };
  return onOneLine({ id, model: model ?? measured, deadlineMs });
}

/** Every ns is kept. */
function msText(ns: bigint): string {
  const fraction = String(ns % nsPerMs)
    .padStart(6, "0")
    .replace(/0+$/, "");
  return `${ns / nsPerMs}${fraction === "" ? "" : `.${fraction}`}`;
}

const formatTitles: Readonly<Record<TraceFormat, string>> = {
  "azure-llm": "Azure LLM inference trace",
  "azure-functions": "Azure Functions trace, counts a minute",
  "azure-functions-2021": "Azure Functions trace of 2021",
  burstgpt: "BurstGPT trace",
  mooncake: "Mooncake trace",
  bailian: "Qwen-Bailian trace",
  rows: "trace of requests",
};

function remarksOn(format: TraceFormat, { scale, within = "even", model }: ArrivalsOptions): string[] {
  const works: Readonly<Record<TraceFormat, string | undefined>> = {
    "azure-llm": "Measure the model for one generated token: the scale of a job is its GeneratedTokens.",
    "azure-functions": {
      even: "Invocations of a minute are spread evenly.",
      uniform: "Invocations of a minute are drawn uniformly.",
      start: "Invocations are at the start of their minute.",
    }[within],
    "azure-functions-2021": "Measure models for one second: the scale of a job is its duration in s.",
    burstgpt: "Measure the model for one generated token: the scale of a job is its response tokens.",
    mooncake: "Measure the model for one generated token: the scale of a job is its output_length.",
    bailian: "Measure the model for one generated token: the scale of a job is its output_length.",
    rows: undefined,
  };
  const written =
    scale && `The scale of a job is ${[...scale].map(([name, worth]) => `${worth} x ${name}`).join(" + ")}.`;
  const work = written ?? works[format];
  return [
    ...(work === undefined ? [] : [work]),
    ...(model === undefined ? ["Models are measured: a system with costs: table has their times."] : []),
  ];
}
