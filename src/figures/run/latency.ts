/** Quantiles of response times and of data ages: a row for each task, with its deadline. */
import { significant } from "../../output/number-text.ts";
import { counted } from "../../output/words.ts";
import type { PicturedRun } from "../../records/run-details.ts";
import type { Figure, FigureData } from "../figure.ts";
import { absentFigure } from "../kit/absent.ts";
import { type RowChart, rowChartHeight, rowChartOption } from "../kit/rows.ts";
import { type Look, seriesColor } from "../look.ts";
import { numberOf } from "./values.ts";

/** A row of quantiles. null: nothing to measure, or not told. */
interface Quantiles {
  readonly row: string;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  readonly maxMs: number | null;
  readonly deadline?: { readonly least: number; readonly most: number } | null;
}

export function latencyFigure({ result, details }: PicturedRun): Figure {
  const id = "latency";
  const title = "Response times by task";
  const rows = result.tasks.map((task, index): Quantiles => {
    const value = (name: string) => numberOf(task, name);
    const deadline = details?.tasks[index]?.deadlineMs ?? null;
    const { p50Ms, p95Ms, p99Ms, maxMs } = {
      p50Ms: value("p50Ms"),
      p95Ms: value("p95Ms"),
      p99Ms: value("p99Ms"),
      maxMs: value("maxMs"),
    };
    return { row: task.id, p50Ms, p95Ms, p99Ms, maxMs, deadline };
  });
  if (rows.every(({ maxMs }) => maxMs === null)) return absentFigure(id, title, "No job completed.");
  const over = rows.filter(({ p99Ms, deadline }) => p99Ms !== null && deadline != null && p99Ms > deadline.least);
  const longest = longestOf(rows);
  const withDeadline = rows.filter(({ deadline }) => deadline != null).length;
  const judged =
    withDeadline === 0 ? "" : `; p99 is above the deadline in ${over.length} of ${counted(withDeadline, "task")}`;
  return {
    ...{ id, title },
    summary: `The longest response is ${significant(longest.maxMs!)} ms, of ${longest.row}${judged}.`,
    ...drawn(rows, "task", "response time (ms)"),
  };
}

/** undefined if no task reads another one or is shown. */
export function dataAgeFigure({ result }: PicturedRun): Figure | undefined {
  const id = "data-age";
  const title = "Age of what is read and shown";
  const rows = result.tasks.flatMap((task): readonly Quantiles[] => {
    const reads = (task.reads ?? []).map(
      ({ task: source, ageP50Ms, ageP99Ms, ageMaxMs }): Quantiles => ({
        ...{ row: `${task.id} reads ${source}`, p50Ms: ageP50Ms, p95Ms: null, p99Ms: ageP99Ms, maxMs: ageMaxMs },
      }),
    );
    const value = (name: string) => numberOf(task, `motionToPhoton${name}Ms`);
    const shows: Quantiles = {
      row: `${task.id}: to photon`,
      p50Ms: value("P50"),
      p95Ms: null,
      p99Ms: value("P99"),
      maxMs: value("Max"),
    };
    return shows.maxMs === null ? reads : [...reads, shows];
  });
  if (rows.length === 0) return undefined;
  if (rows.every(({ maxMs }) => maxMs === null))
    return absentFigure(id, title, "No job read anything that was finished.");
  const oldest = longestOf(rows);
  return {
    ...{ id, title },
    summary: `The oldest data is ${significant(oldest.maxMs!)} ms old at the end of a job (${oldest.row}).`,
    ...drawn(rows, "read", "age at completion (ms)"),
  };
}

const longestOf = (rows: readonly Quantiles[]): Quantiles =>
  rows.reduce((most, each) => ((each.maxMs ?? -1) > (most.maxMs ?? -1) ? each : most));

const drawn = (rows: readonly Quantiles[], what: string, axis: string): Pick<Figure, "data" | "height" | "option"> => ({
  data: dataOf(rows, what),
  height: (look) => rowChartHeight(chartOf(rows, axis, look), look),
  option: (look) => rowChartOption(chartOf(rows, axis, look), look),
});

function dataOf(rows: readonly Quantiles[], what: string): FigureData {
  const hasDeadlines = rows.some(({ deadline }) => deadline !== undefined);
  const names = [what, "p50Ms", "p95Ms", "p99Ms", "maxMs", ...(hasDeadlines ? ["deadlineMs", "latestDeadlineMs"] : [])];
  const headings = [what, "p50, ms", "p95, ms", "p99, ms", "maximum, ms", "deadline, ms", "latest deadline, ms"];
  return {
    columns: names.map((name, index) => ({ name, heading: headings[index]! })),
    rows: rows.map(({ row, p50Ms, p95Ms, p99Ms, maxMs, deadline }) => [
      ...[row, p50Ms, p95Ms, p99Ms, maxMs],
      ...(hasDeadlines ? [deadline?.least ?? null, deadline?.most ?? null] : []),
    ]),
  };
}

/** A short upright bar, which leaves the others to be seen. */
const END = "path://M4,0 L6,0 L6,10 L4,10 Z";

const marks = [
  { name: "p50", key: "p50Ms", symbol: "circle" },
  { name: "p95", key: "p95Ms", symbol: "diamond" },
  { name: "p99", key: "p99Ms", symbol: "triangle" },
  { name: "max", key: "maxMs", symbol: END },
] as const;

function chartOf(rows: readonly Quantiles[], axis: string, look: Look): RowChart {
  const color = seriesColor(look.colors, 0);
  const limits = rows.map(({ deadline }) => deadline?.least ?? null);
  const present = marks.filter(({ key }) => rows.some((row) => row[key] !== null));
  return {
    rows: rows.map(({ row }) => row),
    panels: [
      {
        axis: { name: axis, min: 0, scale: "auto" },
        parts: [
          { kind: "range", color, from: rows.map(({ p50Ms }) => p50Ms), to: rows.map(({ maxMs }) => maxMs) },
          ...present.map(({ name, key, symbol }) => ({
            ...{ kind: "marks" as const, name, color, symbol },
            values: rows.map((row) => row[key]),
          })),
          ...(limits.some((limit) => limit !== null)
            ? [{ kind: "limits" as const, name: "deadline", color: look.colors.bad, values: limits }]
            : []),
        ],
      },
    ],
  };
}
