/** Line charts: a line for each name, with bands of intervals and single points. */
import type { EChartsOption, SeriesOption } from "echarts";
import { type Look, seriesColor } from "../look.ts";
import { type AxisSpec, valueAxis } from "./scale.ts";
import { baseOption, dashOf, dataLine, em, type LegendEntry, legendHeight, legendOption, symbolOf } from "./style.ts";

export interface LineChart {
  readonly x: AxisSpec;
  readonly y: AxisSpec;
  readonly lines: readonly Line[];
  /** Relative to the width. */
  readonly aspect?: number;
  /** An upright line, such as a proven bound. */
  readonly limitX?: { readonly value: number; readonly name: string };
}

export interface Line {
  readonly name: string;
  /** In the palette and among symbols and dashes. */
  readonly index: number;
  /** Ascending in x. */
  readonly points: readonly LinePoint[];
  readonly symbols: "all" | "few" | "none";
  readonly step?: "end";
  /** A point of its own, such as a deadline. */
  readonly mark?: readonly [number, number];
}

export interface LinePoint {
  readonly x: number;
  readonly y: number;
  readonly low?: number;
  readonly high?: number;
}

const BELOW = 3.1;
const FEW = 8;

export const lineChartHeight = (chart: LineChart, look: Look): number =>
  topOf(chart, look) + Math.round(look.width * (chart.aspect ?? 0.5)) + em(look, BELOW);

export function lineChartOption(chart: LineChart, look: Look): EChartsOption {
  const ys = chart.lines.flatMap(({ points }) => points.flatMap(({ y, low, high }) => [y, low ?? y, high ?? y]));
  const limits = chart.limitX === undefined ? [] : [chart.limitX.value];
  const xs = [...chart.lines.flatMap(({ points }) => points.map(({ x }) => x)), ...limits];
  return {
    ...baseOption(look),
    ...legendOption(legendOf(chart), look),
    grid: {
      ...{ left: em(look, 4.9), right: em(look, 1.7), top: topOf(chart, look), bottom: em(look, BELOW) },
      outerBoundsMode: "none",
    },
    xAxis: { ...valueAxis(chart.x, xs, look, look.width < em(look, 36) ? 4 : 8), nameGap: em(look, 1.9) },
    yAxis: { ...valueAxis(chart.y, ys, look, 5), nameGap: em(look, 3.7) },
    series: [...chart.lines.flatMap((line) => seriesOf(line, look)), ...limitSeries(chart, look)],
  } as EChartsOption;
}

const legendOf = ({ lines, limitX }: LineChart): readonly LegendEntry[] => [
  ...(lines.length < 2 && limitX === undefined ? [] : lines.map(({ name }) => ({ name }))),
  ...(limitX === undefined ? [] : [{ name: limitX.name, icon: LIMIT_ICON }]),
];

/** A thin upright line. */
const LIMIT_ICON = "path://M6,0 L8,0 L8,14 L6,14 Z M0,0 M14,14";

/** A line over the whole height. */
function limitSeries({ limitX }: LineChart, look: Look): SeriesOption[] {
  if (limitX === undefined) return [];
  const lineStyle = { color: look.colors.bad, width: dataLine(look), type: "solid" };
  const markLine = { silent: true, symbol: "none", label: { show: false }, lineStyle, data: [{ xAxis: limitX.value }] };
  return [
    { type: "scatter", name: limitX.name, data: [], itemStyle: { color: look.colors.bad }, markLine } as SeriesOption,
  ];
}

const topOf = (chart: LineChart, look: Look): number => legendHeight(legendOf(chart), look) + em(look, 0.6);

function seriesOf({ name, index, points, symbols, step, mark }: Line, look: Look): SeriesOption[] {
  const color = seriesColor(look.colors, index);
  const line = {
    type: "line",
    name,
    color,
    data: points.map(({ x, y }) => [x, y]),
    symbol: symbolOf(index),
    showSymbol: symbols !== "none",
    showAllSymbol: true,
    symbolSize: em(look, 0.55),
    lineStyle: { width: dataLine(look), type: dashOf(look, index) },
    ...(step !== undefined && { step }),
    z: 3,
  };
  const sparse = symbols === "few" ? { ...line, symbolSize: everyNth(points.length, em(look, 0.55)) } : line;
  return [...band(points, color), sparse, ...markOf(mark, color, look)] as SeriesOption[];
}

const everyNth = (count: number, size: number) => {
  const nth = Math.max(1, Math.ceil(count / FEW));
  return (_: unknown, { dataIndex }: { readonly dataIndex: number }) => (dataIndex % nth === 0 ? size : 0);
};

/** The interval around a line, drawn at once. */
function band(points: readonly LinePoint[], color: string): readonly object[] {
  const wide = points.filter(({ low, high }) => low !== undefined && high !== undefined);
  if (wide.length < 2) return [];
  const outline = [...wide.map(({ x, high }) => [x, high!]), ...wide.toReversed().map(({ x, low }) => [x, low!])];
  return [
    {
      type: "custom",
      silent: true,
      z: 1,
      data: [outline[0]],
      renderItem: (_: unknown, api: { coord(point: readonly number[]): readonly number[] }) => ({
        type: "polygon",
        shape: { points: outline.map((point) => api.coord(point as readonly number[])) },
        style: { fill: color, opacity: 0.18 },
      }),
    },
  ];
}

const markOf = (mark: Line["mark"], color: string, look: Look): readonly object[] =>
  mark === undefined
    ? []
    : [
        {
          type: "scatter",
          silent: true,
          z: 4,
          symbol: "diamond",
          symbolSize: em(look, 1),
          data: [[...mark]],
          itemStyle: { color: look.colors.background, borderColor: color, borderWidth: dataLine(look) },
        },
      ];
