/** The path of a parameter search: the value after each step, and where the steps led. */
import { readable } from "../../output/number-text.ts";
import type { Trial, Tuning } from "../../records/tuning.ts";
import type { Figure } from "../figure.ts";
import { type LineChart, lineChartHeight, lineChartOption } from "../kit/lines.ts";
import { metricAxis } from "../kit/metric-axis.ts";
import { type PathMap, pathMapHeight, pathMapOption } from "../kit/path-map.ts";
import { nameOf } from "../sweep/coordinates.ts";

export function tuningFigures(tuning: Tuning): readonly Figure[] {
  const map = placeFigure(tuning);
  return [progressFigure(tuning), ...(map === undefined ? [] : [map])];
}

function progressFigure({ objective, path, grid, searched, scheduler, scenario }: Tuning): Figure {
  const chart: LineChart = {
    x: { name: "step", min: 0 },
    y: metricAxis(objective, { zero: "free" }),
    lines: [
      {
        name: "where the step led",
        index: 0,
        symbols: "all",
        points: path.map(({ step, value }) => ({ x: step, y: value })),
      },
      {
        name: "best so far",
        index: 1,
        symbols: "all",
        points: path.map(({ step, bestValue }) => ({ x: step, y: bestValue })),
      },
      ...(grid === null
        ? []
        : [
            {
              name: "best of the grid",
              index: 2,
              symbols: "none" as const,
              points: path.map(({ step }) => ({ x: step, y: grid.best.value })),
            },
          ]),
    ],
  };
  const last = path.at(-1);
  return {
    id: "search-steps",
    title: `Search for parameters of ${scheduler} in ${scenario}`,
    summary: `${objective.title} is ${readable(path[0]?.value, objective.unit)} at the start and ${readable(last?.bestValue, objective.unit)} at best after ${last?.step ?? 0} steps.`,
    data: {
      columns: [
        ...[{ name: "step", heading: "step" }, ...searched.map(({ name }) => ({ name, heading: name }))],
        { name: objective.name, heading: objective.title },
        { name: "bestValue", heading: "best so far" },
      ],
      rows: path.map(({ step, params, value, bestValue }) => [
        step,
        ...searched.map(({ name }) => params[name] ?? null),
        ...[value, bestValue],
      ]),
    },
    height: (look) => lineChartHeight(chart, look),
    option: (look) => lineChartOption(chart, look),
  };
}

/** undefined unless two parameters were searched. */
function placeFigure({ objective, path, grid, found, searched }: Tuning): Figure | undefined {
  const [x, y] = searched;
  if (x === undefined || y === undefined || searched.length > 2) return undefined;
  const place = ({ params, value }: Trial) => ({ x: params[x.name]!, y: params[y.name]!, value });
  const map: PathMap = {
    x: { name: x.name, min: x.min, max: x.max },
    y: { name: y.name, min: y.min, max: y.max },
    cells: (grid?.points ?? []).map(place),
    path: path.map(place),
    found: place(found),
  };
  return {
    id: "search-path",
    title: `Path of the search over ${x.name} and ${y.name}`,
    summary: `The best value found is at ${nameOf(found.params, [x.name, y.name])}.`,
    data: {
      columns: [
        ...[
          { name: "kind", heading: "kind" },
          { name: x.name, heading: x.name },
          { name: y.name, heading: y.name },
        ],
        { name: objective.name, heading: objective.title },
      ],
      rows: [
        ...map.path.map((each) => ["step", each.x, each.y, each.value]),
        ["found", map.found.x, map.found.y, map.found.value],
        ...map.cells.map((each) => ["grid", each.x, each.y, each.value]),
      ],
    },
    height: (look) => pathMapHeight(look),
    option: (look) => pathMapOption(map, look),
  };
}
