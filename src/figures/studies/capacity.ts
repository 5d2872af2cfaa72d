/** Load curves of a search for capacity: the bound's metric at every factor that was tried. */
import { significant } from "../../output/number-text.ts";
import { caseText } from "../../output/words.ts";
import type { Capacity, CapacityAnswer, CaseCapacity } from "../../records/capacity.ts";
import type { Figure } from "../figure.ts";
import { absentFigure } from "../kit/absent.ts";
import { type Line, type LineChart, lineChartHeight, lineChartOption } from "../kit/lines.ts";

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
  const [metric] = bound.split(/[<>=]/);
  const lines = each.answers
    .map((answer, index) => lineOf(answer, index, boundIndex))
    .filter(({ points }) => points.length > 0);
  if (lines.length === 0) return absentFigure(id, title, `${bound} has no value at any factor that was tried.`);
  const chart: LineChart = {
    x: { name: "factor on the rates", scale: "auto" },
    y: { name: metric!, scale: "auto" },
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
