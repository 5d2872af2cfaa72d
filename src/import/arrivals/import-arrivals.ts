/** Converts traces of requests to the releases of a scenario, and the scenario that replays them. */
import { printable } from "../../input/printable.ts";
import { ProblemList } from "../../input/problem-list.ts";
import { counted } from "../counted.ts";
import { csvFile } from "../csv-file.ts";
import { baseName, distinctNames, fileName, idsOf, kebabCase } from "../ids.ts";
import type { ImportedFile, ImportOptions, ImportResult, SourceFile, Warn } from "../imported.ts";
import { LeftOuts } from "../left-out.ts";
import { Reporter } from "../reporter.ts";
import { onOneLine, yamlFile } from "../yaml-file.ts";
import type { Arrival, RowMapping, TraceFormat } from "./arrival.ts";
import { formatTitles, remarksOn, traceFormat } from "./formats.ts";
import { mappingOf } from "./mapping.ts";
import { readCounts, type Within } from "./read-counts.ts";
import { readRows } from "./read-rows.ts";
import { traceTable } from "./table.ts";

export interface ArrivalsOptions extends ImportOptions, Partial<RowMapping> {
  /** Part of the trace, in ms from its first request; requests in [from, to) are taken. */
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly top?: number;
  readonly within?: Within;
  readonly seed?: number;
  /** Relative, of all tasks (none). */
  readonly deadlineMs?: number;
  /** Name of one scenario with a task for each file, all on one clock; absent: a scenario for each file. */
  readonly together?: string;
  /** Name or path of the model that all tasks run; absent: a measured model for each task. */
  readonly model?: string;
}

const nsPerMs = 1_000_000n;
/** As in rtmm's scenarios. */
const mostTasks = 1000;
const longestMs = 1e9;

/** Each file makes a scenario, or all make one. Throws an InputError with the problems of all files. */
export function importArrivals(
  sources: readonly SourceFile[],
  options: ArrivalsOptions = {},
  warn?: Warn,
): ImportResult {
  const problems = new ProblemList();
  const left = new LeftOuts();
  const read = sources.map(({ text, file }) => {
    const reporter = new Reporter(text, file, problems);
    return { reporter, trace: readTrace(text, file, options, reporter, left) };
  });
  const origins = read.flatMap(({ trace }) => (trace === undefined ? [] : [trace.originNs]));
  const commonNs = options.together === undefined ? undefined : origins.reduce(least, origins[0] ?? 0n);
  const parts = read.flatMap(({ reporter, trace }) =>
    trace === undefined ? [] : [partOf({ ...trace, originNs: commonNs ?? trace.originNs }, options, reporter, left)],
  );
  problems.finish(warn);
  const results = setsOf(parts, options).map((set) => convert(set, options));
  return {
    files: results.flatMap(({ files }) => files),
    report: { taken: results.map(({ taken }) => taken), left: left.list(), totals: [] },
  };
}

const least = (a: bigint, b: bigint): bigint => (b < a ? b : a);

/** What one scenario is made of. */
interface TraceSet {
  readonly name: string;
  readonly title: string;
  readonly files: readonly string[];
  readonly formats: readonly TraceFormat[];
  readonly arrivals: readonly Arrival[];
  /** Time 0 of the scenario. */
  readonly startNs: bigint;
}

function setsOf(parts: readonly Part[], { together }: ArrivalsOptions): readonly TraceSet[] {
  if (together === undefined) {
    const names = distinctNames(parts.map(({ file }) => kebabCase(baseName(file), "trace")));
    return parts.map((part, i) => setOf([part], names[i]!, baseName(part.file)));
  }
  const titles = fileTitles(parts.map(({ file }) => file));
  // A file with tasks of its own keeps them apart from those of others.
  const named = parts.map((part, i) => ({
    ...part,
    arrivals: part.arrivals.map((each) => ({
      ...each,
      task: each.task === "" ? titles[i]! : `${titles[i]} ${each.task}`,
    })),
  }));
  return [setOf(named, kebabCase(together, "trace"), together)];
}

const setOf = (parts: readonly Part[], name: string, title: string): TraceSet => ({
  name,
  title,
  files: parts.map(({ file }) => file),
  formats: [...new Set(parts.map(({ format }) => format))],
  arrivals: parts.flatMap(({ arrivals }) => arrivals),
  startNs: parts[0]!.startNs,
});

/** The folder tells `cam0/data.csv` from `imu0/data.csv`. */
function fileTitles(files: readonly string[]): readonly string[] {
  const names = files.map(baseName);
  const folders = files.map((file) => /([^/\\]+)[/\\][^/\\]*$/.exec(file)?.[1] ?? baseName(file));
  return distinctNames(new Set(names).size === names.length ? names : folders);
}

/** A trace as its file has it. */
interface Trace {
  readonly file: string;
  readonly format: TraceFormat;
  readonly arrivals: readonly Arrival[];
  readonly originNs: bigint;
}

/** Undefined after a problem. */
function readTrace(
  text: string,
  file: string,
  options: ArrivalsOptions,
  reporter: Reporter,
  left: LeftOuts,
): Trace | undefined {
  if (/^\uFEFF?\s*\[\s*\{/.test(text)) {
    const message = "this is a JSON list, and rtmm takes an object a line, as `jq -c '.[]'` writes them";
    reporter.report(startOfFile, "WRONG_TYPE", message);
    return undefined;
  }
  const table = traceTable(text);
  if (table === undefined) {
    reporter.report(startOfFile, "EMPTY_FILE", "the file is empty");
    return undefined;
  }
  const format = options.time === undefined ? traceFormat(table.header) : "rows";
  const arrivals =
    format === "azure-functions"
      ? readCounts(table, countOptions(options), file, reporter, left)
      : readRows(table, mappingOf(format, options, table, file, left, reporter), file, reporter, left);
  if (reporter.errorCount > 0) return undefined;
  // Counts have a clock that begins with the trace; rows begin with the first one.
  const times = arrivals.map(({ timeNs }) => timeNs);
  const originNs = format === "azure-functions" ? 0n : times.reduce(least, times[0] ?? 0n);
  return { file, format, arrivals, originNs };
}

const startOfFile = { text: "", line: 1, column: 1 } as const;

/** The part of a trace that was chosen. */
type Part = Omit<Trace, "originNs"> & Pick<TraceSet, "startNs">;

function partOf(trace: Trace, options: ArrivalsOptions, reporter: Reporter, left: LeftOuts): Part {
  const { arrivals: all, originNs, file, format } = trace;
  const startNs = originNs + nsOf(options.fromMs ?? 0);
  const arrivals = windowOf(all, startNs, originNs, options, file, left);
  if (arrivals.length === 0) reporter.report(startOfFile, "EMPTY_FILE", "no request is left");
  const tasks = new Set(arrivals.map(({ task }) => task)).size;
  if (tasks > mostTasks) {
    const message = `the trace has ${tasks} tasks, and a scenario at most ${mostTasks}; choose a part of it, such as --top 20`;
    reporter.report(startOfFile, "TOO_BIG", message);
  }
  return { file, format, arrivals, startNs };
}

const nsOf = (ms: number): bigint => BigInt(Math.round(ms * Number(nsPerMs)));

function countOptions({ within = "even", seed = 1, fromMs = 0, toMs, top }: ArrivalsOptions) {
  const end = toMs === undefined ? {} : { toNs: nsOf(toMs) };
  return { within, seed, fromNs: nsOf(fromMs), ...end, ...(top !== undefined && { top }) };
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
  { name, title, files, formats, arrivals, startNs }: TraceSet,
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
  const source = files.map(fileName).join(", ");
  const scenario = { name, title, source, durationMs, replay: `${replay}.csv`, tasks };
  const heading = {
    schema: "scenario",
    sources: files,
    format: formats.map((format) => formatTitles[format]).join(", "),
    remarks: [...new Set(formats.flatMap((format) => remarksOn(format, options)))],
  } as const;
  const requests = `${counted(sorted.length, "request")} of ${counted(titles.length, "task")}`;
  return {
    files: [yamlFile(scenario, heading, options), csvFile({ kind: "arrivals", name: replay, columns, rows })],
    taken: `${requests} in ${durationMs} ms from ${source}`,
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
