/** Figures of a reproduction's tables: curves, bars and heat maps of what a paper shows. */
import { percentText, readable } from "../../output/number-text.ts";
import type { FigureColumn, FigureTable, FigureUnit, Figure as TableCell } from "../../records/reproduction.ts";
import type { Figure } from "../figure.ts";
import { type GroupBars, groupBarsHeight, groupBarsOption } from "../kit/group-bars.ts";
import { type HeatMap, heatMapHeight, heatMapOption } from "../kit/heat-map.ts";
import { type LineChart, lineChartHeight, lineChartOption } from "../kit/lines.ts";

export interface TableFigure {
  readonly table: FigureTable;
  readonly id: string;
  readonly title: string;
}

type Row = FigureTable["rows"][number];

const numberAt = (row: Row, name: string): number | null => {
  const value = row[name];
  return typeof value === "number" ? value : null;
};

const formatOf = (unit: FigureUnit | undefined) => (unit === "share" ? { format: percentText } : {});

const dataOf = ({ columns, rows }: FigureTable, shownColumns: readonly FigureColumn[]): Figure["data"] => ({
  columns: columns.filter((column) => shownColumns.includes(column)).map(({ name, heading }) => ({ name, heading })),
  rows: rows.map((row) =>
    columns.filter((column) => shownColumns.includes(column)).map(({ name }): TableCell => row[name] ?? null),
  ),
});

/** A line for each of the columns, over the numbers of the first one. */
export function columnCurves(
  { table, id, title }: TableFigure,
  x: FigureColumn,
  lines: readonly FigureColumn[],
  axis: string,
): Figure {
  const chart: LineChart = {
    x: { name: x.heading },
    y: { name: axis, min: 0, ...formatOf(lines[0]?.unit) },
    lines: lines.map(({ name, heading }, index) => ({
      ...{ name: heading, index, symbols: "few" as const },
      points: table.rows.flatMap((row) => {
        const [at, value] = [numberAt(row, x.name), numberAt(row, name)];
        return at === null || value === null ? [] : [{ x: at, y: value }];
      }),
    })),
  };
  return {
    ...{ id, title, summary: `${table.title}.`, data: dataOf(table, [x, ...lines]) },
    height: (look) => lineChartHeight(chart, look),
    option: (look) => lineChartOption(chart, look),
  };
}

export interface BarsPlan {
  /** The column that names the groups. */
  readonly groups: string;
  /** A bar in each group for each of these columns. */
  readonly bars: readonly FigureColumn[];
  readonly axis: string;
}

/** Bars in groups, each one the geometric mean over the rows of its group. */
export function groupedBars({ table, id, title }: TableFigure, { groups, bars, axis }: BarsPlan): Figure {
  const names = [...new Set(table.rows.map((row) => String(row[groups])))];
  const rowsOf = (group: string): readonly Row[] => table.rows.filter((row) => String(row[groups]) === group);
  const means = bars.map(({ name }) => names.map((group) => geomean(rowsOf(group).map((row) => numberAt(row, name)))));
  const chart: GroupBars = {
    groups: names,
    axis: { name: axis, min: 0, ...formatOf(bars[0]?.unit) },
    bars: bars.map(({ heading }, index) => ({
      ...{ name: heading, index },
      values: means[index]!.map((value) => (value === null ? null : { value })),
    })),
  };
  return {
    ...{ id, title, summary: `${table.title}: ${axis}, by ${groups}.` },
    data: {
      columns: [{ name: groups, heading: groups }, ...bars.map(({ name, heading }) => ({ name, heading }))],
      rows: names.map((group, at) => [group, ...means.map((values) => values[at]!)]),
    },
    height: (look) => groupBarsHeight(chart, look),
    option: (look) => groupBarsOption(chart, look),
  };
}

/** null unless all values are numbers above 0; a single one is itself. */
function geomean(values: readonly (number | null)[]): number | null {
  if (values.length === 1) return values[0]!;
  if (values.length === 0 || values.some((value) => value === null || value <= 0)) return null;
  return Math.exp(values.reduce<number>((sum, value) => sum + Math.log(value!), 0) / values.length);
}

/** A row for each row of the table. */
export function tableMap(
  { table, id, title }: TableFigure,
  nameOf: (row: Row) => string,
  columns: readonly FigureColumn[],
  colors: HeatMap["colors"] = "sequential",
): Figure {
  const map: HeatMap = {
    columns: columns.map(({ heading }) => heading),
    rows: table.rows.map(nameOf),
    colors,
    cells: table.rows.map((row) =>
      columns.map(({ name, unit }) => {
        const value = numberAt(row, name);
        return value === null
          ? null
          : {
              value: colors === "diverging" ? -value : value,
              text: readable(value, unit === "share" ? "share" : "ratio"),
            };
      }),
    ),
  };
  return {
    ...{ id, title, summary: `${table.title}.` },
    data: {
      columns: [{ name: "row", heading: "" }, ...columns.map(({ name, heading }) => ({ name, heading }))],
      rows: table.rows.map((row) => [nameOf(row), ...columns.map(({ name }) => numberAt(row, name))]),
    },
    height: (look) => heatMapHeight(map, look),
    option: (look) => heatMapOption(map, look),
  };
}
