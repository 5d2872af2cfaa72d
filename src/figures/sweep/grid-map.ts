/** A metric over two numeric coordinates. */
import { readable } from "../../output/number-text.ts";
import type { MetricFacts } from "../../records/metric-facts.ts";
import type { SweepGroup, SweepReport } from "../../records/sweep-report.ts";
import type { Figure } from "../figure.ts";
import { type HeatMap, heatMapHeight, heatMapOption } from "../kit/heat-map.ts";
import { grouped, nameOf, valuesOf, valueText, varied } from "./coordinates.ts";

/** One for each combination of the other coordinates that has at least two values of both. */
export function gridFigures(
  report: SweepReport,
  metric: MetricFacts,
  [x, y]: readonly [string, string],
): readonly Figure[] {
  const others = varied(report).filter((name) => name !== x && name !== y);
  const known = report.groups.filter(
    ({ coordinates, metrics }) =>
      [x, y].every((name) => typeof coordinates[name] === "number") && metrics[metric.name] != null,
  );
  const maps = grouped(known, others).filter((own) => [x, y].every((name) => valuesOf(own, name).length > 1));
  return maps.map((own, index) => {
    const what = others.length === 0 ? "" : `, ${nameOf(own[0]!.coordinates, others)}`;
    return gridFigure(own, {
      metric,
      x,
      y,
      what,
      id: `grid-${metric.name}-${x}-${y}${maps.length > 1 ? `-${index + 1}` : ""}`,
    });
  });
}

interface GridPlan {
  readonly metric: MetricFacts;
  readonly x: string;
  readonly y: string;
  /** The other coordinates. */
  readonly what: string;
  readonly id: string;
}

function gridFigure(own: readonly SweepGroup[], { metric, x, y, what, id }: GridPlan): Figure {
  const xs = valuesOf(own, x);
  // Upwards, as on an axis.
  const ys = valuesOf(own, y).toReversed();
  const meanAt = (xValue: unknown, yValue: unknown): number | undefined =>
    own.find(({ coordinates }) => coordinates[x] === xValue && coordinates[y] === yValue)?.metrics[metric.name]?.mean;
  const map: HeatMap = {
    columns: xs.map(valueText),
    rows: ys.map(valueText),
    ...{ xName: x, yName: y, colors: "sequential" },
    cells: ys.map((yValue) =>
      xs.map((xValue) => {
        const mean = meanAt(xValue, yValue);
        return mean === undefined
          ? null
          : { value: mean, text: readable(mean, metric.unit === "count" ? "ratio" : metric.unit) };
      }),
    ),
  };
  const means = own.map(({ coordinates, metrics }) => ({ coordinates, mean: metrics[metric.name]!.mean }));
  const sign = metric.better === "higher" ? -1 : 1;
  const [best] = [...means].sort((a, b) => sign * (a.mean - b.mean));
  return {
    id,
    title: `${metric.title} over ${x} and ${y}${what}`,
    summary: `${metric.title}${what}: ${metric.better === "neither" ? "least" : "best"} at ${nameOf(best!.coordinates, [x, y])}, with ${readable(best!.mean, metric.unit)}.`,
    data: {
      columns: [
        { name: x, heading: x },
        { name: y, heading: y },
        { name: metric.name, heading: metric.title },
      ],
      rows: means.map(({ coordinates, mean }) => [coordinates[x] as number, coordinates[y] as number, mean]),
    },
    height: (look) => heatMapHeight(map, look),
    option: (look) => heatMapOption(map, look),
  };
}
