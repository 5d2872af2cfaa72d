/** A Gantt chart of a window: who has which accelerator when, and the misses. */

import type { EChartsOption, SeriesOption } from "echarts";
import { shortMs } from "../../output/number-text.ts";
import { counted } from "../../output/words.ts";
import type { PicturedRun } from "../../records/run-details.ts";
import type { Miss, Timeline } from "../../records/timeline.ts";
import type { Figure } from "../figure.ts";
import { absentFigure } from "../kit/absent.ts";
import type { DrawApi } from "../kit/draw-api.ts";
import {
  axisText,
  baseOption,
  EDGE,
  em,
  gridLines,
  hairline,
  type LegendEntry,
  labelGap,
  legendHeight,
  legendOption,
  smallSize,
  taskDecal,
  textOn,
} from "../kit/style.ts";
import { fitted, textWidth } from "../kit/text-width.ts";
import { type Look, seriesColor } from "../look.ts";
import { type Block, blocksOf } from "./timeline-blocks.ts";

const id = "timeline";
const title = "Timeline";
/** Beyond, blocks that are too short to be seen are merged. */
const MOST_SHAPES = 5000;

const ROW = 2.1;
const BELOW = 3.1;
const LONGEST_NAME = 0.25;

/** undefined without a timeline. A small picture needs fewer shapes. */
export function timelineFigure({ timeline }: PicturedRun, mostShapes = MOST_SHAPES): Figure | undefined {
  if (timeline === undefined) return undefined;
  const { fromNs, toNs, tasks, accelerators, slices, misses } = timeline;
  const window = `${shortMs(fromNs)} to ${shortMs(toNs)} ms`;
  if (slices.length === 0 && misses.length === 0) return absentFigure(id, title, `Nothing runs from ${window}.`);
  const { blocks, resolutionNs } = blocksOf(timeline, mostShapes);
  const coarse =
    resolutionNs === undefined
      ? ""
      : ` It is drawn in steps of ${shortMs(resolutionNs)} ms: the task with most of a step has it.`;
  return {
    ...{ id, title },
    summary: `${window} of ${timeline.scenario}: ${counted(slices.length, "slice")} of work and ${counted(misses.length, "miss").replace(/misss$/, "misses")}.${coarse}`,
    data: {
      columns: ["event", "accelerator", "lane", "task", "job", "startMs", "endMs"].map((name, index) => ({
        name,
        heading: ["event", "accelerator", "lane", "task", "job", "start, ms", "end, ms"][index]!,
      })),
      rows: [
        ...slices.map((slice) => [
          ...["run", accelerators[slice.acceleratorIndex]!.id, slice.lane, tasks[slice.taskIndex]!.id, slice.jobIndex],
          ...[slice.startNs / 1e6, slice.endNs / 1e6],
        ]),
        ...misses.map(({ kind, taskIndex, jobIndex, timeNs }) => [
          ...[kind, null, null, tasks[taskIndex]!.id, jobIndex, timeNs / 1e6, timeNs / 1e6],
        ]),
      ],
    },
    height: (look) => {
      const rows = rowsOf(timeline).length;
      return topOf(timeline, look) + em(look, rows * ROW + BELOW);
    },
    option: (look) => optionOf(timeline, blocks, look),
  };
}

interface Row {
  readonly name: string;
  /** undefined: the row of misses. */
  readonly place?: { readonly acceleratorIndex: number; readonly lane: number };
}

/** A row for each lane that is used, and each accelerator that is not, then one for the misses. */
function rowsOf({ accelerators, slices, misses }: Timeline): readonly Row[] {
  const lanes = accelerators.map(() => new Set<number>());
  for (const { acceleratorIndex, lane } of slices) lanes[acceleratorIndex]!.add(lane);
  const rows = accelerators.flatMap(({ id: name, units }, acceleratorIndex): readonly Row[] => {
    const used = [...(lanes[acceleratorIndex]!.size === 0 ? [0] : lanes[acceleratorIndex]!)].sort((a, b) => a - b);
    return used.map((lane) => ({ name: units === 1 ? name : `${name}/${lane}`, place: { acceleratorIndex, lane } }));
  });
  return misses.length === 0 ? rows : [...rows, { name: "misses" }];
}

const LATE_ICON = "triangle";
const DROP_ICON = "path://M1,0 L5,4 L9,0 L10,1 L6,5 L10,9 L9,10 L5,6 L1,10 L0,9 L4,5 L0,1 Z";

function legendOf({ tasks, slices, misses }: Timeline): readonly LegendEntry[] {
  const used = new Set([...slices, ...misses].map(({ taskIndex }) => taskIndex));
  const kinds = new Set(misses.map(({ kind }) => kind));
  return [
    ...tasks.flatMap(({ id: name }, index) => (used.has(index) ? [{ name, icon: "rect" }] : [])),
    ...(kinds.has("late") ? [{ name: LATE, icon: LATE_ICON }] : []),
    ...(kinds.has("dropped") ? [{ name: DROPPED, icon: DROP_ICON }] : []),
  ];
}

/** No task has such an id. */
const LATE = "completed late";
const DROPPED = "dropped";

const topOf = (timeline: Timeline, look: Look): number => legendHeight(legendOf(timeline), look) + em(look, 0.5);

function optionOf(timeline: Timeline, blocks: readonly Block[], look: Look): EChartsOption {
  const rows = rowsOf(timeline);
  const names = rows.map(({ name }) => fitted(name, smallSize(look), look.width * LONGEST_NAME));
  const left = Math.max(...names.map((name) => textWidth(name, smallSize(look)))) + em(look, EDGE) + labelGap(look);
  return {
    ...baseOption(look),
    ...legendOption(legendOf(timeline), look),
    grid: { left, right: em(look, 1.5), top: topOf(timeline, look), bottom: em(look, BELOW), outerBoundsMode: "none" },
    xAxis: {
      type: "value",
      min: timeline.fromNs / 1e6,
      max: timeline.toNs / 1e6,
      name: "time (ms)",
      nameLocation: "middle",
      nameMoveOverlap: false,
      nameGap: em(look, 1.9),
      nameTextStyle: axisText(look),
      axisLabel: { ...axisText(look), hideOverlap: true, margin: labelGap(look) },
      axisLine: { show: true, lineStyle: { color: look.colors.line, width: hairline(look) } },
      splitLine: { show: true, ...gridLines(look) },
      splitNumber: look.width < em(look, 36) ? 4 : 8,
    },
    yAxis: {
      type: "category",
      data: names,
      inverse: true,
      axisLabel: { ...axisText(look), interval: 0, margin: labelGap(look) },
      axisLine: { show: false },
      axisTick: { show: false },
    },
    series: [...taskSeries(timeline, rows, blocks, look), ...missSeries(timeline, rows.length - 1, look)],
  } as EChartsOption;
}

function taskSeries(
  { tasks, slices, misses }: Timeline,
  rows: readonly Row[],
  blocks: readonly Block[],
  look: Look,
): SeriesOption[] {
  const rowAt = new Map(rows.map(({ place }, row) => [place && `${place.acceleratorIndex}/${place.lane}`, row]));
  const used = new Set([...slices, ...misses].map(({ taskIndex }) => taskIndex));
  const half = em(look, ROW * 0.38);
  return tasks.flatMap(({ id: name }, taskIndex) => {
    if (!used.has(taskIndex)) return [];
    const color = seriesColor(look.colors, taskIndex);
    const decal = taskDecal(look, taskIndex);
    const fill = { color, decal };
    const own = blocks.filter((block) => block.taskIndex === taskIndex);
    return [
      {
        type: "custom",
        name,
        itemStyle: { color, decal },
        data: own.map(({ acceleratorIndex, lane, startNs, endNs }) => [
          ...[startNs / 1e6, rowAt.get(`${acceleratorIndex}/${lane}`)!, endNs / 1e6],
        ]),
        encode: { x: [0, 2], y: [1] },
        renderItem: (_: unknown, api: DrawApi) => block(name, fill, half, api, look),
      } as unknown as SeriesOption,
    ];
  });
}

interface Fill {
  readonly color: string;
  readonly decal: object;
}

/** A box, with the name of its task if it has room. */
function block(name: string, { color, decal }: Fill, half: number, api: DrawApi, look: Look) {
  const row = api.value(1);
  const [x1, y] = [api.coord([api.value(0), row])[0]!, api.coord([api.value(0), row])[1]!];
  const width = Math.max(api.coord([api.value(2), row])[0]! - x1, 0.3);
  const box = {
    type: "rect",
    shape: { x: x1, y: y - half, width, height: 2 * half },
    style: {
      fill: color,
      decal: { ...decal },
      stroke: look.colors.background,
      lineWidth: width > 3 ? hairline(look) : 0,
    },
  };
  if (textWidth(name, smallSize(look)) + em(look, 0.3) > width) return box;
  const style = {
    text: name,
    ...{ x: x1 + width / 2, y, align: "center", verticalAlign: "middle" },
    ...{ fill: textOn(color), fontSize: smallSize(look), fontFamily: look.fontFamily },
  };
  return { type: "group", children: [box, { type: "text", style }] };
}

function missSeries({ misses }: Timeline, row: number, look: Look): SeriesOption[] {
  const ofKind = (kind: Miss["kind"]) => misses.filter((miss) => miss.kind === kind);
  const series = (name: string, symbol: string, kind: Miss["kind"]): SeriesOption[] => {
    const own = ofKind(kind);
    if (own.length === 0) return [];
    return [
      {
        type: "scatter",
        name,
        symbol,
        symbolSize: em(look, 0.75),
        symbolKeepAspect: true,
        itemStyle: { color: look.colors.text, opacity: 1 },
        z: 4,
        data: own.map(({ timeNs, taskIndex }) => ({
          value: [timeNs / 1e6, row],
          itemStyle: { color: seriesColor(look.colors, taskIndex) },
        })),
      },
    ];
  };
  return [...series(LATE, LATE_ICON, "late"), ...series(DROPPED, DROP_ICON, "dropped")];
}
