/** Load curves of a search for capacity: the bound's metric at every factor that was tried. */
import { metrics } from "../../metrics/index.ts";
import { significant } from "../../output/number-text.ts";
import { caseText } from "../../output/words.ts";
import type { Capacity, CapacityAnswer, CaseCapacity } from "../../records/capacity.ts";
import type { Figure } from "../figure.ts";
import { absentFigure } from "../kit/absent.ts";
import { type Line, type LineChart, lineChartHeight, lineChartOption } from "../kit/lines.ts";
import { metricAxis } from "../kit/metric-axis.ts";
import type { AxisSpec } from "../kit/scale.ts";

/** For each case and bound a load curve. */
export const capacityFigures = (capacity: Capacity): readonly Figure[] =>
  capacity.cases.flatMap((each, caseIndex) =>
    capacity.bounds.map((bound, boundIndex) => {
      const isOnly = capacity.cases.length === 1 && capacity.bounds.length === 1;
      const id = isOnly ? "load-curve" : `load-curve-${caseIndex + 1}-${boundIndex + 1}`;
      return loadCurve(each, { id, bound, boundIndex });
    }),
  );

interface CurvePlan {
  readonly id: string;
  readonly bound: string;
  readonly boundIndex: number;
}

function loadCurve(each: CaseCapacity, { id, bound, boundIndex }: CurvePlan): Figure {
  const title = `Load curves of ${caseText(each)}`;
  const lines = each.answers
    .map((answer, index) => lineOf(answer, index, boundIndex))
    .filter(({ points }) => points.length > 0);
  if (lines.length === 0) return absentFigure(id, title, `${bound} has no value at any factor that was tried.`);
  const chart: LineChart = {
    x: { name: "factor on the rates", zero: "free", scale: "auto" },
    y: axisOf(bound),
    lines,
    ...(each.ceiling !== null && { limitX: { value: each.ceiling.ruledOutFrom, name: "no scheduler can" } }),
  };
  const found = each.answers.map(
    ({ scheduler, factor }) => `${scheduler} ${factor === null ? "-" : significant(factor)}`,
  );
  const ceiling =
    each.ceiling === null ? "" : ` From ${significant(each.ceiling.ruledOutFrom)} on no scheduler can, by proof.`;
  return {
    ...{ id, title },
    summary: `Largest factor with ${bound}: ${found.join(", ")}.${ceiling}`,
    data: {
      columns: ["scheduler", "factor", "utilisation", "holds", "mean", "low95", "high95"].map((name) => ({
        name,
        heading: name,
      })),
      rows: each.answers.flatMap(({ scheduler, curve }) =>
        curve.map(({ factor, utilisation, holds, values }) => {
          const value = values[boundIndex];
          const interval = value?.interval ?? null;
          return [
            scheduler,
            factor,
            utilisation,
            holds ? 1 : 0,
            value?.mean ?? null,
            interval?.low ?? null,
            interval?.high ?? null,
          ];
        }),
      ),
    },
    height: (look) => lineChartHeight(chart, look),
    option: (look) => lineChartOption(chart, look),
  };
}

/** Of the metric in a bound, such as `slaSatisfaction>=0.99` or `tasks.ht.p99Ms<=22`. */
function axisOf(bound: string): AxisSpec {
  const path = bound.split(/[<>=]/)[0]!;
  const name = path.slice(path.lastIndexOf(".") + 1);
  const metric = metrics.find((each) => each.name === name);
  if (metric === undefined) return { name: path, scale: "auto" };
  const axis = metricAxis(metric, { scale: metric.unit === "share" ? "linear" : "auto" });
  return path === name ? axis : { ...axis, name: `${path}: ${axis.name}` };
}

/** A diamond is at the capacity. */
function lineOf({ scheduler, factor, curve }: CapacityAnswer, index: number, boundIndex: number): Line {
  const points = curve.flatMap((each) => {
    const value = each.values[boundIndex];
    if (value == null || value.mean === null) return [];
    return [{ x: each.factor, y: value.mean, ...(value.interval !== null && value.interval) }];
  });
  const at = points.find(({ x }) => x === factor);
  return { name: scheduler, index, symbols: "all", points, ...(at !== undefined && { mark: [at.x, at.y] as const }) };
}
