/** Charts with a row for each name: bars, or marks on a line, in one panel or several side by side. */

import type { EChartsOption, SeriesOption } from "echarts";
import type { Look } from "../look.ts";
import type { DrawApi } from "./draw-api.ts";
import { type AxisSpec, valueAxis } from "./scale.ts";
import {
  axisText,
  baseOption,
  dataLine,
  decalOf,
  EDGE,
  em,
  type LegendEntry,
  labelGap,
  legendHeight,
  legendOption,
  smallSize,
  widest,
} from "./style.ts";
import { fitted } from "./text-width.ts";

export interface RowChart {
  /** From top to bottom. */
  readonly rows: readonly string[];
  readonly panels: readonly RowPanel[];
}

export interface RowPanel {
  readonly axis: AxisSpec;
  readonly parts: readonly RowPart[];
  /** Written behind each row. */
  readonly ends?: readonly string[];
}

/** `bars`: stacked in their order. */
export type RowPart =
  | {
      readonly kind: "bars";
      readonly name: string;
      readonly color: string;
      readonly values: Values;
      readonly pattern: number;
    }
  | { readonly kind: "range"; readonly color: string; readonly from: Values; readonly to: Values }
  | {
      readonly kind: "marks";
      readonly name: string;
      readonly color: string;
      readonly values: Values;
      readonly symbol: string;
    }
  | { readonly kind: "limits"; readonly name: string; readonly color: string; readonly values: Values };

/** One for each row; null: nothing. */
type Values = readonly (number | null)[];

const ROW = 1.75;
/** Tick labels and the name of the axis, and each line of that beyond the first. */
const BELOW = 3.1;
const LINE = 1.1;
/** Of the width. */
const LONGEST_NAME = 0.42;
const LONGEST_NAME_OF_SEVERAL = 0.28;

export function rowChartHeight(chart: RowChart, look: Look): number {
  const rows = Math.max(2, chart.rows.length);
  return topOf(chart, look) + em(look, rows * ROW) + below(chart, look);
}

function below({ panels }: RowChart, look: Look): number {
  const lines = Math.max(...panels.map(({ axis }) => axis.name.split("\n").length));
  return em(look, BELOW + (lines - 1) * LINE);
}

export function rowChartOption(chart: RowChart, look: Look): EChartsOption {
  const names = nameColumn(chart, look);
  const places = panelPlaces(chart, names.width, look);
  return {
    ...baseOption(look),
    ...legendOption(legendOf(chart), look),
    grid: places.map(({ left, width }) => ({
      ...{ left, width, top: topOf(chart, look), bottom: below(chart, look) },
      outerBoundsMode: "none" as const,
    })),
    xAxis: chart.panels.map((panel, index) => ({
      gridIndex: index,
      ...valueAxis(panel.axis, valuesOf(panel), look, places[index]!.width < em(look, 16) ? 2 : 5),
      nameGap: em(look, 1.9),
      nameTextStyle: { ...axisText(look), lineHeight: em(look, LINE), verticalAlign: "top" },
    })),
    yAxis: [
      ...chart.panels.map((_, index) => nameAxis(index === 0 ? names.texts : chart.rows.map(() => ""), index, look)),
      ...chart.panels.flatMap(({ ends }, index) =>
        ends === undefined ? [] : [{ ...nameAxis(ends, index, look), position: "right" as const }],
      ),
    ],
    series: chart.panels.flatMap(({ parts }, index) => parts.map((part) => seriesOf(part, index, look))),
  } as EChartsOption;
}

const legendOf = ({ panels }: RowChart): readonly LegendEntry[] => {
  const entries = panels.flatMap(({ parts }) => parts.flatMap(legendEntry));
  const distinct = [...new Map(entries.map((entry) => [entry.name, entry])).values()];
  return distinct.length > 1 ? distinct : [];
};

function legendEntry(part: RowPart): readonly LegendEntry[] {
  if (part.kind === "range") return [];
  if (part.kind === "bars") return part.name === "" ? [] : [{ name: part.name, icon: "rect" }];
  return [{ name: part.name, icon: part.kind === "marks" ? part.symbol : LIMIT_ICON }];
}

/** A thin upright line. */
const LIMIT_ICON = "path://M0,0 L2,0 L2,14 L0,14 Z";

const topOf = (chart: RowChart, look: Look): number => legendHeight(legendOf(chart), look) + em(look, 0.4);

function nameColumn(
  { rows: names, panels }: RowChart,
  look: Look,
): { readonly texts: readonly string[]; readonly width: number } {
  const most = look.width * (panels.length > 1 ? LONGEST_NAME_OF_SEVERAL : LONGEST_NAME);
  const texts = names.map((name) => fitted(name, smallSize(look), most));
  return { texts, width: widest(texts, look) + em(look, EDGE) + labelGap(look) };
}

interface Place {
  readonly left: number;
  readonly width: number;
}

/** Panels have the same width. */
function panelPlaces({ panels }: RowChart, left: number, look: Look): readonly Place[] {
  const behind = panels.map(({ ends }) => em(look, 1) + Math.max(em(look, 0.7), widest(ends ?? [], look)));
  const free = look.width - left - behind.reduce((sum, width) => sum + width, 0);
  const width = Math.max(em(look, 3), Math.floor(free / panels.length));
  let next = left;
  return behind.map((after) => {
    const place = { left: next, width };
    next += width + after;
    return place;
  });
}

const nameAxis = (data: readonly string[], gridIndex: number, look: Look) => ({
  type: "category" as const,
  gridIndex,
  data: [...data],
  inverse: true,
  axisLabel: { ...axisText(look), interval: 0, margin: labelGap(look) },
  axisLine: { show: false },
  axisTick: { show: false },
  splitLine: { show: false },
});

function valuesOf({ parts }: RowPanel): readonly number[] {
  const values = parts.flatMap((part) => (part.kind === "range" ? [...part.from, ...part.to] : part.values));
  return values.filter((value) => value !== null);
}

function seriesOf(part: RowPart, panel: number, look: Look): SeriesOption {
  const place = { xAxisIndex: panel, yAxisIndex: panel, silent: false };
  switch (part.kind) {
    case "bars":
      return {
        ...place,
        type: "bar",
        name: part.name,
        stack: `panel ${panel}`,
        barWidth: em(look, ROW * 0.58),
        data: [...part.values],
        itemStyle: { color: part.color, decal: decalOf(look, part.pattern) },
      } as SeriesOption;
    case "range":
      return {
        ...place,
        ...strokes(part.color, look, rangePoints(part.from, part.to), rangeLine),
        encode: { x: [0, 2], y: 1 },
        z: 3,
      } as SeriesOption;
    case "marks":
      return {
        ...place,
        type: "scatter",
        name: part.name,
        symbol: part.symbol,
        symbolSize: em(look, 0.7),
        symbolKeepAspect: true,
        data: points(part.values),
        itemStyle: { color: part.color, opacity: 1 },
        z: 4,
      } as SeriesOption;
    case "limits":
      return {
        ...place,
        ...strokes(part.color, look, points(part.values), limitLine(em(look, ROW * 0.42))),
        name: part.name,
        z: 3,
      } as SeriesOption;
    default:
      return part satisfies never;
  }
}

const points = (values: Values): number[][] => values.flatMap((value, row) => (value === null ? [] : [[value, row]]));

const rangePoints = (from: Values, to: Values): number[][] =>
  from.flatMap((start, row) => {
    const end = to[row] ?? null;
    return start === null || end === null ? [] : [[start, row, end]];
  });

type Line = { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number };

/** A line for each point. */
const strokes = (color: string, look: Look, data: number[][], lineOf: (api: DrawApi) => Line) => ({
  type: "custom",
  data,
  itemStyle: { color },
  encode: { x: [0], y: [1] },
  renderItem: (_: unknown, api: DrawApi) => ({
    type: "line",
    shape: lineOf(api),
    style: { stroke: color, lineWidth: dataLine(look) },
  }),
});

function rangeLine(api: DrawApi): Line {
  const [x1, y1] = api.coord([api.value(0), api.value(1)]);
  const [x2, y2] = api.coord([api.value(2), api.value(1)]);
  return { x1: x1!, y1: y1!, x2: x2!, y2: y2! };
}

const limitLine =
  (half: number) =>
  (api: DrawApi): Line => {
    const [x, y] = api.coord([api.value(0), api.value(1)]);
    return { x1: x!, y1: y! - half, x2: x!, y2: y! + half };
  };
