/** Ratios to the baseline as a heat map: scenario x scheduler. */
import { significant } from "../../output/number-text.ts";
import type { Comparison, MetricComparison } from "../../records/comparison.ts";
import type { Figure } from "../figure.ts";
import { type HeatCell, type HeatMap, heatMapHeight, heatMapOption } from "../kit/heat-map.ts";
import { haveRatios, standingsOf } from "./ratios.ts";

/** undefined unless there are several cases and schedulers to compare. */
export function ratioMapFigure(comparison: Comparison, metric: MetricComparison): Figure | undefined {
  const { baseline, schedulers, cases } = comparison;
  const others = schedulers.flatMap(({ label }, index) => (label === baseline ? [] : [{ label, index }]));
  const standings = standingsOf(comparison, metric);
  if (cases.length < 2 || !haveRatios(comparison, standings)) return undefined;
  // A better ratio has the colour of low values.
  const sign = metric.better === "higher" ? -1 : 1;
  const map: HeatMap = {
    columns: others.map(({ label }) => label),
    rows: standings.map(({ name }) => name),
    colors: "diverging",
    cells: standings.map((each) => others.map(({ index }) => cellOf(each.schedulers[index]?.ratio ?? null, sign))),
  };
  const direction = metric.better === "neither" ? "" : " Blue is better than it, orange worse.";
  return {
    id: `map-${metric.name}`,
    title: `${metric.title} relative to ${baseline}, by case and scheduler`,
    summary: `Ratios of ${metric.title} to that of ${baseline}.${direction}`,
    data: {
      columns: [{ name: "case", heading: "case" }, ...others.map(({ label }) => ({ name: label, heading: label }))],
      rows: standings.map(({ name, schedulers: own }) => [
        name,
        ...others.map(({ index }) => own[index]?.ratio ?? null),
      ]),
    },
    height: (look) => heatMapHeight(map, look),
    option: (look) => heatMapOption(map, look),
  };
}

/** Twice as much and half as much are equally far from the baseline. */
const cellOf = (ratio: number | null, sign: number): HeatCell | null =>
  ratio === null || ratio <= 0 ? null : { value: sign * Math.log(ratio), text: significant(ratio) };
