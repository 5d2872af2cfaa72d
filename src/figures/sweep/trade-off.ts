/** Two metrics against each other: a point for each group, and the Pareto front of each workload. */
import { counted } from "../../output/words.ts";
import type { MetricFacts } from "../../records/metric-facts.ts";
import type { SweepGroup, SweepReport } from "../../records/sweep-report.ts";
import type { Figure } from "../figure.ts";
import { metricAxis } from "../kit/metric-axis.ts";
import { type Scatter, scatterHeight, scatterOption } from "../kit/scatter.ts";
import { grouped, nameOf, varied } from "./coordinates.ts";
import { cellOf } from "./curves.ts";

const MOST_FRONTS = 6;
const MOST_POINTS = 2000;

interface Point {
  readonly group: SweepGroup;
  readonly xy: readonly [number, number];
}

/** undefined if fewer than two groups have both metrics. */
export function tradeOffFigure(report: SweepReport, x: MetricFacts, y: MetricFacts): Figure | undefined {
  const all = report.groups
    .filter(({ failed }) => failed === 0)
    .flatMap((group): readonly Point[] => {
      const [xMean, yMean] = [group.metrics[x.name]?.mean, group.metrics[y.name]?.mean];
      return xMean === undefined || yMean === undefined ? [] : [{ group, xy: [xMean, yMean] }];
    });
  if (all.length < 2) return undefined;
  const names = varied(report);
  const clouds = names.includes("scheduler") ? ["scheduler"] : names.slice(0, 1);
  const workload = names.filter((name) => !isOfScheduler(name, report));
  const fronts = grouped(
    all.map(({ group }) => group),
    workload,
  ).map((own) =>
    frontOf(
      all.filter(({ group }) => own.includes(group)),
      x,
      y,
    ),
  );
  const shown = x.better === "neither" || y.better === "neither" || fronts.length > MOST_FRONTS ? [] : fronts;
  const points = all.slice(0, MOST_POINTS);
  const chart: Scatter = {
    x: metricAxis(x),
    y: metricAxis(y),
    clouds: grouped(
      points.map(({ group }) => group),
      clouds,
    ).map((own, index) => ({
      name: nameOf(own[0]!.coordinates, clouds),
      index,
      points: points.filter(({ group }) => own.includes(group)).map(({ xy }) => xy),
    })),
    fronts: shown.map((front) => front.map(({ xy }) => xy)).filter((front) => front.length > 1),
  };
  const best = new Set(fronts.flat().map(({ group }) => group));
  return {
    id: `trade-off-${x.name}-${y.name}`,
    title: `${y.title} against ${x.title}`,
    summary: `${counted(all.length, "group")} by ${x.title} and ${y.title}; ${best.size} on the Pareto fronts of ${counted(fronts.length, "workload")}.`,
    data: {
      columns: [
        ...names.map((name) => ({ name, heading: name })),
        { name: x.name, heading: x.title },
        { name: y.name, heading: y.title },
        { name: "onFront", heading: "on the front" },
      ],
      rows: all.map(({ group, xy }) => [
        ...names.map((name) => cellOf(group.coordinates[name])),
        ...xy,
        best.has(group) ? 1 : 0,
      ]),
    },
    height: (look) => scatterHeight(chart, look),
    option: (look) => scatterOption(chart, look),
  };
}

/** The scheduler and its parameters, which come after it. */
function isOfScheduler(name: string, { coordinateNames }: SweepReport): boolean {
  const from = coordinateNames.indexOf("scheduler");
  return from >= 0 && coordinateNames.indexOf(name) >= from;
}

/** Points that no other one beats in one metric without losing in the other, by x. */
export function frontOf(
  points: readonly Point[],
  x: Pick<MetricFacts, "better">,
  y: Pick<MetricFacts, "better">,
): readonly Point[] {
  const merits = ({ xy }: Point): readonly [number, number] => [
    x.better === "higher" ? xy[0] : -xy[0],
    y.better === "higher" ? xy[1] : -xy[1],
  ];
  const isBeaten = (point: Point): boolean => {
    const [a, b] = merits(point);
    return points.some((other) => {
      const [c, d] = merits(other);
      return c >= a && d >= b && (c > a || d > b);
    });
  };
  return points.filter((point) => !isBeaten(point)).sort((a, b) => a.xy[0] - b.xy[0] || a.xy[1] - b.xy[1]);
}
