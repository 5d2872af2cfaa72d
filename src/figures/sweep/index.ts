/** The figures of a sweep. */
import type { MetricFacts } from "../../records/metric-facts.ts";
import type { SweepReport } from "../../records/sweep-report.ts";
import type { Figure } from "../figure.ts";
import { numeric } from "./coordinates.ts";
import { curveFigure } from "./curves.ts";
import { gridFigures } from "./grid-map.ts";
import { tradeOffFigure } from "./trade-off.ts";

/** Beyond, nobody looks at them. */
const MOST_GRIDS = 6;

export function sweepFigures(report: SweepReport): readonly Figure[] {
  const axes = numeric(report);
  const pairs = axes.flatMap((x, index) => axes.slice(index + 1).map((y) => [x, y] as const));
  const figures = [
    ...tradeOffs(report),
    ...report.metrics.flatMap((metric) => axes.map((x) => curveFigure(report, metric, x))),
    ...report.metrics.flatMap((metric) =>
      pairs.flatMap((pair) => gridFigures(report, metric, pair)).slice(0, MOST_GRIDS),
    ),
  ];
  return figures.filter((figure) => figure !== undefined);
}

/** The objectives of the sweep's front, or its first two metrics that have a better direction. */
function tradeOffs(report: SweepReport): readonly (Figure | undefined)[] {
  const objectives = report.pareto?.metrics ?? [];
  const isAimed = ({ better }: MetricFacts): boolean => better !== "neither";
  const chosen = report.metrics.filter(({ name }) => objectives.includes(name));
  const [x, y] = chosen.length > 1 ? chosen : preferred(report.metrics.filter(isAimed));
  return x === undefined || y === undefined ? [] : [tradeOffFigure(report, x, y)];
}

/** Energy against satisfaction is what most people look for. */
function preferred(metrics: readonly MetricFacts[]): readonly MetricFacts[] {
  const usual = metrics.filter(({ name }) => name === "energyMj" || name === "slaSatisfaction");
  return usual.length === 2 ? usual.toSorted((a) => (a.name === "energyMj" ? -1 : 1)) : metrics;
}
