/** Upright bars in groups, one of each name in each group, with intervals and a line to compare with. */

import type { EChartsOption, SeriesOption } from "echarts";
import { type Look, seriesColor } from "../look.ts";
import type { DrawApi } from "./draw-api.ts";
import { type AxisSpec, valueAxis } from "./scale.ts";
import {
  axisText,
  baseOption,
  dataLine,
  decalOf,
  em,
  labelGap,
  legendHeight,
  legendOption,
  smallSize,
} from "./style.ts";
import { fitted, textWidth } from "./text-width.ts";

export interface GroupBars {
  /** From left to right. */
  readonly groups: readonly string[];
  readonly axis: AxisSpec;
  readonly bars: readonly BarName[];
  /** A line across, such as at 1. */
  readonly reference?: number;
  /** What the marks of the bars are; left out: "claimed". */
  readonly marksName?: string;
}

export interface BarName {
  readonly name: string;
  /** In the palette. */
  readonly index: number;
  /** One for each group; null: none. */
  readonly values: readonly (BarValue | null)[];
  /** Values to compare with, drawn as marks; null: none. */
  readonly marks?: readonly (number | null)[];
}

export interface BarValue {
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
}

const LONGEST_LABEL = 11;
const TILT = 40;
const marksNameOf = ({ marksName = "claimed" }: GroupBars): string => marksName;

/** Labels are tilted where they are wider than their group. */
function labels({ groups }: GroupBars, look: Look) {
  const room = (look.width - em(look, LEFT + 1)) / Math.max(1, groups.length);
  const widths = groups.map((group) => textWidth(group, smallSize(look)));
  const isTilted = widths.some((width) => width > 0.95 * room);
  const texts = groups.map((group) => fitted(group, smallSize(look), em(look, LONGEST_LABEL)));
  const longest = Math.max(0, ...texts.map((text) => textWidth(text, smallSize(look))));
  const height = isTilted ? longest * Math.sin((TILT * Math.PI) / 180) + em(look, 1.4) : em(look, 1.9);
  return { texts, isTilted, height: Math.round(height) };
}

const LEFT = 4.9;

const legendOf = (chart: GroupBars) => [
  ...(chart.bars.length < 2 ? [] : chart.bars.map(({ name }) => ({ name, icon: "rect" }))),
  ...(hasMarks(chart.bars) ? [{ name: marksNameOf(chart), icon: "diamond" }] : []),
];

const hasMarks = (bars: GroupBars["bars"]): boolean =>
  bars.some(({ marks = [] }) => marks.some((mark) => mark !== null));

const topOf = (chart: GroupBars, look: Look): number => legendHeight(legendOf(chart), look) + em(look, 0.7);

export const groupBarsHeight = (chart: GroupBars, look: Look): number =>
  topOf(chart, look) + plotHeight(look) + labels(chart, look).height;

const plotHeight = (look: Look): number => Math.round(Math.min(look.width * 0.42, em(look, 24)));

/** With a name that has room beside the axis. */
const named = (axis: AxisSpec, room: number, look: Look): AxisSpec => ({
  ...axis,
  name: fitted(axis.name, smallSize(look), room + em(look, 1)),
});

export function groupBarsOption(chart: GroupBars, look: Look): EChartsOption {
  const { texts, isTilted, height } = labels(chart, look);
  return {
    ...baseOption(look),
    ...legendOption(legendOf(chart), look),
    grid: {
      left: em(look, LEFT),
      right: em(look, 0.8),
      top: topOf(chart, look),
      bottom: height,
      outerBoundsMode: "none",
    },
    xAxis: {
      type: "category",
      data: texts,
      axisLabel: { ...axisText(look), interval: 0, margin: labelGap(look), rotate: isTilted ? TILT : 0 },
      axisLine: { lineStyle: { color: look.colors.line } },
      axisTick: { show: false },
    },
    yAxis: {
      ...valueAxis(named(chart.axis, plotHeight(look), look), valuesOf(chart), look, 5),
      nameGap: em(look, 3.7),
    },
    series: chart.bars.flatMap((bar, at) => [...barSeries(bar, at, chart, look), ...markSeries(bar, at, chart, look)]),
  } as EChartsOption;
}

const valuesOf = ({ bars }: GroupBars): readonly number[] =>
  bars.flatMap(({ values, marks = [] }) => [
    ...values.flatMap((each) => (each === null ? [] : [each.value, each.low ?? each.value, each.high ?? each.value])),
    ...marks.filter((mark) => mark !== null),
  ]);

/** Of a group's width. */
const GAP = 0.24;

function barSeries({ name, index, values }: BarName, at: number, chart: GroupBars, look: Look): SeriesOption[] {
  const color = seriesColor(look.colors, index);
  const bars = {
    type: "bar",
    name,
    barGap: "0%",
    barCategoryGap: `${100 * GAP}%`,
    data: values.map((each) => each?.value ?? null),
    itemStyle: {
      color,
      decal: decalOf(look, index),
      borderColor: look.colors.background,
      borderWidth: dataLine(look) / 3,
    },
    ...(at === 0 && chart.reference !== undefined && { markLine: lineAcross(chart.reference, look) }),
  };
  const intervals = values.flatMap((each, group) =>
    each === null || !hasWidth(each) ? [] : [[group, each.low!, each.high!]],
  );
  return [
    bars,
    ...(intervals.length === 0 ? [] : [whiskers(intervals, at, chart.bars.length, look)]),
  ] as SeriesOption[];
}

/** An interval of the exact same runs is a rounding error wide. */
const hasWidth = ({ value, low = value, high = value }: BarValue): boolean => high - low > 1e-9 * Math.abs(value);

const lineAcross = (value: number, look: Look) => ({
  silent: true,
  symbol: "none",
  label: { show: false },
  lineStyle: { color: look.colors.text, width: dataLine(look) / 2, type: "dashed" },
  data: [{ yAxis: value }],
});

/** Where the middle of a bar is, in its group. */
const middleOf = (api: DrawApi, at: number, count: number): number => {
  const width = (api.size([1, 0])[0]! * (1 - GAP)) / count;
  return (at - (count - 1) / 2) * width;
};

function whiskers(data: readonly (readonly number[])[], at: number, count: number, look: Look): object {
  return {
    type: "custom",
    silent: true,
    z: 5,
    encode: { x: 0, y: [1, 2] },
    data,
    renderItem(_: unknown, api: DrawApi) {
      const [left, top] = api.coord([api.value(0), api.value(2)]);
      const bottom = api.coord([api.value(0), api.value(1)])[1]!;
      const x = left! + middleOf(api, at, count);
      const half = Math.min(em(look, 0.25), api.size([1, 0])[0]! / count / 4);
      const d = `M${x - half},${top} L${x + half},${top} M${x},${top} L${x},${bottom} M${x - half},${bottom} L${x + half},${bottom}`;
      return {
        type: "path",
        shape: { pathData: d },
        style: { stroke: look.colors.text, fill: "none", lineWidth: dataLine(look) / 1.6 },
      };
    },
  };
}

/** All marks share one entry of the legend. */
function markSeries({ marks = [] }: BarName, at: number, chart: GroupBars, look: Look): SeriesOption[] {
  const data = marks.flatMap((mark, group) => (mark === null ? [] : [[group, mark]]));
  if (data.length === 0) return [];
  const size = em(look, 0.75);
  const series = {
    type: "custom",
    name: marksNameOf(chart),
    itemStyle: { color: look.colors.text },
    z: 6,
    data,
    renderItem(_: unknown, api: DrawApi) {
      const [left, y] = api.coord([api.value(0), api.value(1)]);
      const x = left! + middleOf(api, at, chart.bars.length);
      const half = size / 2;
      const points = [
        [x, y! - half],
        [x + half, y!],
        [x, y! + half],
        [x - half, y!],
      ];
      const style = { fill: look.colors.text, stroke: look.colors.background, lineWidth: dataLine(look) / 2 };
      return { type: "polygon", shape: { points }, style };
    },
  };
  return [series as unknown as SeriesOption];
}
