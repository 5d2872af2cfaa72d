/** A metric over a numeric coordinate, a line for each combination of the others. */
import type { MetricFacts } from "../../records/metric-facts.ts";
import type { SweepGroup, SweepReport } from "../../records/sweep-report.ts";
import type { Cell, Figure } from "../figure.ts";
import { type Line, type LineChart, lineChartHeight, lineChartOption } from "../kit/lines.ts";
import { metricAxis } from "../kit/metric-axis.ts";
import { grouped, nameOf, varied } from "./coordinates.ts";

/** More lines cannot be told apart. */
const MOST_LINES = 12;

/** undefined if no group has the metric, or if no line would have two points. */
export function curveFigure(report: SweepReport, metric: MetricFacts, x: string): Figure | undefined {
  const others = varied(report).filter((name) => name !== x);
  const known = report.groups.filter(
    (group) => typeof group.coordinates[x] === "number" && group.metrics[metric.name] != null,
  );
  const lines = grouped(known, others).map((own, index) => lineOf(own, { metric, x, others, index }));
  const long = lines.filter(({ points }) => points.length > 1);
  if (long.length === 0) return undefined;
  const chart: LineChart = {
    x: { name: x, zero: "free" },
    y: metricAxis(metric, { scale: "auto" }),
    lines: long.slice(0, MOST_LINES),
  };
  const which = long.length > MOST_LINES ? ` The first ${MOST_LINES} of ${long.length} combinations have a line.` : "";
  const bands = long.some(({ points }) => points.some(({ low }) => low !== undefined))
    ? " Bands are 95 % intervals."
    : "";
  return {
    id: `curve-${metric.name}-${x}`,
    title: `${metric.title} over ${x}`,
    summary: `${metric.title} as a mean over seeds, by ${x}.${bands}${which}`,
    data: {
      columns: [
        { name: x, heading: x },
        ...others.map((name) => ({ name, heading: name })),
        { name: metric.name, heading: metric.title },
        { name: `${metric.name}Low95`, heading: "95 % from" },
        { name: `${metric.name}High95`, heading: "to" },
      ],
      rows: known.map((group) => rowOf(group, [x, ...others], metric.name)),
    },
    height: (look) => lineChartHeight(chart, look),
    option: (look) => lineChartOption(chart, look),
  };
}

interface LinePlan {
  readonly metric: MetricFacts;
  readonly x: string;
  readonly others: readonly string[];
  readonly index: number;
}

function lineOf(own: readonly SweepGroup[], { metric, x, others, index }: LinePlan): Line {
  const points = own.map(({ coordinates, metrics }) => {
    const { mean, low, high } = metrics[metric.name]!;
    return { x: coordinates[x] as number, y: mean, ...(low !== null && high !== null && { low, high }) };
  });
  return { name: nameOf(own[0]!.coordinates, others), index, symbols: "all", points: points.sort((a, b) => a.x - b.x) };
}

function rowOf({ coordinates, metrics }: SweepGroup, names: readonly string[], metric: string): readonly Cell[] {
  const mean = metrics[metric];
  return [...names.map((name) => cellOf(coordinates[name])), mean?.mean ?? null, mean?.low ?? null, mean?.high ?? null];
}

export function cellOf(value: unknown): Cell {
  if (value === undefined || value === null) return null;
  return typeof value === "number" || typeof value === "string" ? value : JSON.stringify(value);
}
