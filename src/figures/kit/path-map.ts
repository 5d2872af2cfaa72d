/** Steps of a search in a plane, over the values of a grid. */
import type { EChartsOption } from "echarts";
import { type Look, seriesColor } from "../look.ts";
import { type AxisSpec, valueAxis } from "./scale.ts";
import { baseOption, dataLine, em, isDark, legendHeight, legendOption } from "./style.ts";

export interface PathMap {
  readonly x: AxisSpec & { readonly min: number; readonly max: number };
  readonly y: AxisSpec & { readonly min: number; readonly max: number };
  /** Of a regular grid; darker is less. */
  readonly cells: readonly Place[];
  /** The start first. */
  readonly path: readonly Place[];
  readonly found: Place;
}

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly value: number;
}

const BELOW = 3.1;
const legend = [
  { name: "path", icon: "circle" },
  { name: "best found", icon: "diamond" },
  { name: "grid: darker is less", icon: "rect" },
];

const legendOf = ({ cells }: Pick<PathMap, "cells">) => (cells.length === 0 ? legend.slice(0, 2) : legend);

export const pathMapHeight = (look: Look): number =>
  legendHeight(legend, look) + em(look, 0.7 + BELOW) + Math.round(look.width * 0.6);

export function pathMapOption(map: PathMap, look: Look): EChartsOption {
  const color = seriesColor(look.colors, 1);
  const shade = shadeOf(map.cells, look);
  return {
    ...baseOption(look),
    ...legendOption(legendOf(map), look),
    grid: {
      ...{
        left: em(look, 4.9),
        right: em(look, 1.4),
        top: legendHeight(legend, look) + em(look, 0.7),
        bottom: em(look, BELOW),
      },
      outerBoundsMode: "none",
    },
    xAxis: { ...valueAxis(map.x, [map.x.max], look, 5), nameGap: em(look, 1.9) },
    yAxis: { ...valueAxis(map.y, [map.y.max], look, 5), nameGap: em(look, 3.7) },
    series: [
      {
        type: "scatter",
        name: "grid: darker is less",
        symbol: "rect",
        symbolSize: em(look, 1.3),
        itemStyle: { color: seriesColor(look.colors, 0) },
        data: map.cells.map((cell) => ({
          value: [cell.x, cell.y],
          itemStyle: { color: seriesColor(look.colors, 0), opacity: shade(cell.value) },
        })),
        z: 1,
      },
      {
        type: "line",
        name: "path",
        data: map.path.map(({ x, y }) => [x, y]),
        symbol: "circle",
        symbolSize: em(look, 0.6),
        lineStyle: { color, width: dataLine(look) },
        itemStyle: { color },
        z: 3,
      },
      {
        type: "scatter",
        name: "best found",
        symbol: "diamond",
        symbolSize: em(look, 1.1),
        itemStyle: {
          color: look.colors.text,
          opacity: 1,
          borderColor: look.colors.background,
          borderWidth: dataLine(look) / 2,
        },
        data: [[map.found.x, map.found.y]],
        z: 4,
      },
    ],
  } as EChartsOption;
}

function shadeOf(cells: readonly Place[], look: Look): (value: number) => number {
  const values = cells.map(({ value }) => value);
  const least = Math.min(...values);
  const span = Math.max(...values) - least;
  const [faint, full] = isDark(look.colors.background) ? [0.12, 0.7] : [0.08, 0.75];
  return (value) => (span === 0 ? full : full - ((value - least) / span) * (full - faint));
}
