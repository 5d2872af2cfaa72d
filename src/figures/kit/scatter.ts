/** Points of several names in two metrics, and a line through the best ones. */
import type { EChartsOption, SeriesOption } from "echarts";
import { type Look, seriesColor } from "../look.ts";
import { type AxisSpec, valueAxis } from "./scale.ts";
import { baseOption, dataLine, em, type LegendEntry, legendHeight, legendOption, symbolOf } from "./style.ts";

export interface Scatter {
  readonly x: AxisSpec;
  readonly y: AxisSpec;
  readonly clouds: readonly Cloud[];
  /** Each one in order of x. */
  readonly fronts: readonly (readonly (readonly [number, number])[])[];
}

export interface Cloud {
  readonly name: string;
  readonly index: number;
  readonly points: readonly (readonly [number, number])[];
}

const FRONT = "Pareto front";
const FRONT_ICON = "path://M0,6 L5,6 L5,8 L0,8 Z M8,6 L13,6 L13,8 L8,8 Z";
const BELOW = 3.1;

const legendOf = ({ clouds, fronts }: Scatter): readonly LegendEntry[] => [
  ...(clouds.length < 2 ? [] : clouds.map(({ name, index }) => ({ name, icon: symbolOf(index) }))),
  ...(fronts.length === 0 ? [] : [{ name: FRONT, icon: FRONT_ICON }]),
];

const topOf = (chart: Scatter, look: Look): number => legendHeight(legendOf(chart), look) + em(look, 0.7);

export const scatterHeight = (chart: Scatter, look: Look): number =>
  topOf(chart, look) + Math.round(look.width * 0.55) + em(look, BELOW);

export function scatterOption(chart: Scatter, look: Look): EChartsOption {
  const all = chart.clouds.flatMap(({ points }) => points);
  const xs = all.map(([x]) => x);
  const ys = all.map(([, y]) => y);
  return {
    ...baseOption(look),
    ...legendOption(legendOf(chart), look),
    grid: {
      ...{ left: em(look, 4.9), right: em(look, 1.9), top: topOf(chart, look), bottom: em(look, BELOW) },
      outerBoundsMode: "none",
    },
    xAxis: {
      ...valueAxis({ zero: "free", ...chart.x }, xs, look, look.width < em(look, 36) ? 4 : 8),
      nameGap: em(look, 1.9),
    },
    yAxis: { ...valueAxis({ zero: "free", ...chart.y }, ys, look, 5), nameGap: em(look, 3.7) },
    series: [
      ...chart.fronts.map((front) => frontSeries(front, look)),
      ...chart.clouds.map((cloud) => cloudSeries(cloud, look)),
    ],
  } as EChartsOption;
}

const frontSeries = (front: readonly (readonly [number, number])[], look: Look) =>
  ({
    type: "line",
    name: FRONT,
    data: front.map((point) => [...point]),
    symbol: "none",
    lineStyle: { color: look.colors.quietText, width: dataLine(look), type: "dashed" },
    itemStyle: { color: look.colors.quietText },
    z: 2,
  }) as SeriesOption;

const cloudSeries = ({ name, index, points }: Cloud, look: Look) =>
  ({
    type: "scatter",
    name,
    symbol: symbolOf(index),
    symbolSize: em(look, 0.75),
    data: points.map((point) => [...point]),
    itemStyle: { color: seriesColor(look.colors, index), opacity: 0.9 },
    z: 3,
  }) as SeriesOption;
