/** Tables of coloured cells. */

import type { EChartsOption } from "echarts";
import type { Look } from "../look.ts";
import type { DrawApi } from "./draw-api.ts";
import { axisText, baseOption, em, isDark, labelGap, smallSize, textOn, widest } from "./style.ts";
import { fitted, textWidth } from "./text-width.ts";

export interface HeatMap {
  readonly columns: readonly string[];
  readonly rows: readonly string[];
  readonly xName?: string;
  readonly yName?: string;
  /** `diverging`: colours part at 0. */
  readonly colors: "diverging" | "sequential";
  /** By row, then column; null: empty. */
  readonly cells: readonly (readonly (HeatCell | null)[])[];
}

export interface HeatCell {
  /** What the colour shows. */
  readonly value: number;
  readonly text: string;
}

const ROW = 2.1;
const LONGEST_NAME = 0.3;
const TILT = 40;

function measures(map: HeatMap, look: Look) {
  const most = look.width * LONGEST_NAME;
  const rows = map.rows.map((name) => fitted(name, smallSize(look), most));
  const left = widest(rows, look) + labelGap(look) + em(look, map.yName === undefined ? 0.3 : 1.9);
  const room = (look.width - left - em(look, 0.6)) / Math.max(1, map.columns.length);
  const columns = map.columns.map((name) => fitted(name, smallSize(look), em(look, 11)));
  const isTilted = widest(columns, look) > 0.95 * room;
  const labels = isTilted ? widest(columns, look) * Math.sin((TILT * Math.PI) / 180) + em(look, 1.3) : em(look, 1.9);
  const bottom = Math.round(labels + em(look, map.xName === undefined ? 0 : 1.3));
  return { rows, columns, left, room, isTilted, bottom };
}

export const heatMapHeight = (map: HeatMap, look: Look): number =>
  em(look, 0.5 + ROW * map.rows.length) + measures(map, look).bottom;

export function heatMapOption(map: HeatMap, look: Look): EChartsOption {
  const { rows, columns, left, room, isTilted, bottom } = measures(map, look);
  const names = {
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: false },
    nameLocation: "middle",
  };
  return {
    ...baseOption(look),
    grid: { left, right: em(look, 0.6), top: em(look, 0.5), bottom, outerBoundsMode: "none" },
    xAxis: {
      type: "category",
      data: columns,
      ...names,
      axisLabel: { ...axisText(look), interval: 0, margin: labelGap(look), rotate: isTilted ? TILT : 0 },
      ...(map.xName !== undefined && {
        name: map.xName,
        nameGap: bottom - em(look, 1.3),
        nameTextStyle: axisText(look),
        nameMoveOverlap: false,
      }),
    },
    yAxis: {
      type: "category",
      data: rows,
      inverse: true,
      ...names,
      axisLabel: { ...axisText(look), interval: 0, margin: labelGap(look) },
      ...(map.yName !== undefined && {
        name: map.yName,
        nameGap: left - em(look, 1.3),
        nameTextStyle: axisText(look),
        nameMoveOverlap: false,
      }),
    },
    series: [cellSeries(map, room, look)],
  } as EChartsOption;
}

/** Boxes of our own, because a heat map of ECharts cannot leave its colours to others. */
function cellSeries(map: HeatMap, room: number, look: Look): object {
  const color = colorScale(map, look);
  const placed = map.cells.flatMap((row, y) => row.flatMap((cell, x) => (cell === null ? [] : [{ ...cell, x, y }])));
  return {
    type: "custom",
    data: placed.map(({ x, y, value }) => [x, y, value]),
    encode: { x: 0, y: 1, tooltip: 2 },
    renderItem({ dataIndex }: { readonly dataIndex: number }, api: DrawApi) {
      const { text: whole, value } = placed[dataIndex]!;
      const [x, y] = api.coord([api.value(0), api.value(1)]) as [number, number];
      const [width, height] = api.size([1, 1]) as [number, number];
      const fill = color(value);
      const shape = { x: x - width / 2, y: y - height / 2, width, height };
      const box = { type: "rect", shape, style: { fill, stroke: look.colors.background, lineWidth: em(look, 0.1) } };
      const text = [whole, rounded(whole)].find((each) => textWidth(each, smallSize(look)) < room - em(look, 0.2));
      if (text === undefined) return box;
      const font = { fontSize: smallSize(look), fontFamily: look.fontFamily };
      const style = { text, x, y, align: "center", verticalAlign: "middle", fill: textOn(fill), ...font };
      return { type: "group", children: [box, { type: "text", style }] };
    },
  };
}

/** To two significant digits, for cells without room for more. */
const rounded = (text: string): string =>
  Number.isFinite(Number(text)) ? String(Number(Number(text).toPrecision(2))) : text;

/** Ends and middle of the colours; the middle is close to the background. */
const light = { low: "#0b5fa5", middle: "#f1f3f5", high: "#b8500a" };
const dark = { low: "#5fb6f2", middle: "#2a313a", high: "#f0954a" };

/** A full colour stands for at least this much, so that small differences look small: a ratio of 1.5. */
const STRONG = Math.log(1.5);

function colorScale({ cells, colors }: HeatMap, look: Look): (value: number) => string {
  const ends = isDark(look.colors.background) ? dark : light;
  const values = cells.flat().flatMap((cell) => (cell === null ? [] : [cell.value]));
  if (colors === "sequential") {
    const least = Math.min(...values);
    const span = Math.max(...values) - least;
    return (value) => mixed(ends.middle, ends.low, span === 0 ? 0.5 : (value - least) / span);
  }
  const most = Math.max(...values.map(Math.abs), STRONG);
  return (value) => mixed(ends.middle, value < 0 ? ends.low : ends.high, Math.abs(value) / most);
}

function mixed(from: string, to: string, share: number): string {
  const part = (color: string, at: number) => Number.parseInt(color.slice(1 + 2 * at, 3 + 2 * at), 16);
  const channel = (at: number) => Math.round(part(from, at) + (part(to, at) - part(from, at)) * share);
  return `#${[0, 1, 2].map((at) => channel(at).toString(16).padStart(2, "0")).join("")}`;
}
