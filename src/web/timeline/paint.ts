/** Turns a reduced timeline into shapes: one for each colour of a lane, however many slices it has. */
import type { Colors } from "../../figures/look.ts";
import { isMiss, type RunTimeline } from "../../records/run-timeline.ts";
import { barsOf, type Layout } from "./layout.ts";
import type { ReducedLane, Reduction } from "./reduction.ts";
import { CROSSES, RECTANGLES, TRIANGLES } from "./shapes.ts";
import type { TaskKey } from "./task-keys.ts";
import { lengthOf, type Span } from "./view.ts";

export interface Scene {
  readonly timeline: RunTimeline;
  readonly reduction: Reduction;
  readonly view: Span;
  readonly layout: Layout;
  readonly keys: readonly TaskKey[];
  readonly colors: Colors;
}

/** An element of an ECharts custom series. */
export interface Drawn {
  readonly type: string;
  readonly shape?: { readonly values: readonly number[] };
  /** Always there: what is drawn takes over elements of the picture before, and their places with them. */
  readonly x: number;
  readonly y: number;
  readonly style: Readonly<Record<string, string | number | undefined>>;
  readonly silent: true;
}

const AS_IS = { x: 0, y: 0, silent: true } as const;

/** Narrower bars have no letter; those that are wide enough have the job's name. */
const LETTER_WIDTH = 14;
/** Height of the line below a bar of a job that misses. */
const MISS_LINE = 3;

export function paint(scene: Scene): readonly Drawn[] {
  const lanes = scene.reduction.lanes.flatMap((lane, row) => paintedLane(scene, lane, row));
  return [backgrounds(scene), ...lanes, ...(scene.layout.hasMisses ? misses(scene) : [])];
}

function backgrounds({ timeline, layout, colors }: Scene): Drawn {
  const values = timeline.lanes.flatMap((_, row) => {
    const { y, height } = barsOf(layout, row);
    return [layout.left, y, layout.width, height];
  });
  return { ...rectangles(values, colors.line), style: { fill: colors.line, opacity: 0.35 } };
}

const rectangles = (values: readonly number[], fill: string): Drawn => ({
  type: RECTANGLES,
  shape: { values },
  ...AS_IS,
  style: { fill },
});

interface Bar {
  readonly slice: number;
  readonly taskIndex: number;
  readonly x: number;
  readonly width: number;
}

function paintedLane(scene: Scene, lane: ReducedLane, row: number): readonly Drawn[] {
  const { layout, keys, colors, timeline } = scene;
  const { y, height } = barsOf(layout, row);
  const bars = lane.bars.map((slice) => barOf(scene, slice));
  const parts = keys.map(() => [] as number[]);
  for (const { taskIndex, x, width } of bars) parts[taskIndex]!.push(x, y, withGap(width), height);
  addShares(parts, scene, lane, { y, height });
  const missed = bars.filter(({ slice }) => isMiss(timeline.jobs, timeline.slices.job[slice]!));
  const lines = missed.flatMap(({ x, width }) => [x, y + height - MISS_LINE, withGap(width), MISS_LINE]);
  return [
    ...parts.flatMap((values, taskIndex) => (values.length > 0 ? [rectangles(values, keys[taskIndex]!.color)] : [])),
    ...(lines.length > 0 ? [rectangles(lines, colors.bad)] : []),
    ...bars.flatMap((bar) => labelOf(scene, bar, y + height / 2)),
  ];
}

function barOf({ timeline: { slices, jobs }, view, layout }: Scene, slice: number): Bar {
  const perNs = layout.width / lengthOf(view);
  const fromNs = Math.max(slices.startNs[slice]!, view.fromNs);
  const toNs = Math.min(slices.endNs[slice]!, view.toNs);
  const x = layout.left + (fromNs - view.fromNs) * perNs;
  return { slice, taskIndex: jobs.taskIndex[slices.job[slice]!]!, x, width: (toNs - fromNs) * perNs };
}

/** Keeps jobs of one task apart where there is room. */
const withGap = (width: number): number => (width > 4 ? width - 1 : width);

/** Columns of narrow slices: as high as their share of the time, the tasks one on top of the other. */
function addShares(
  parts: readonly number[][],
  { view, layout }: Scene,
  { shares }: ReducedLane,
  { y, height }: { readonly y: number; readonly height: number },
): void {
  const perNs = height / (lengthOf(view) / layout.width);
  let lastColumn = -1;
  let bottom = y + height;
  for (const { column, taskIndex, busyNs } of shares) {
    if (column !== lastColumn) bottom = y + height;
    lastColumn = column;
    const high = busyNs * perNs;
    bottom -= high;
    parts[taskIndex]!.push(layout.left + column, bottom, 1, high);
  }
}

function labelOf({ timeline, keys, layout }: Scene, { slice, taskIndex, x, width }: Bar, y: number): readonly Drawn[] {
  const { letter, ink, id } = keys[taskIndex]!;
  if (width < LETTER_WIDTH || layout.rowHeight < 20) return [];
  const name = `${id}#${timeline.jobs.jobIndex[timeline.slices.job[slice]!]}`;
  const text = width > name.length * 7.5 + 10 ? name : letter;
  if (text === "") return [];
  const style = { text, fill: ink, align: "center", verticalAlign: "middle", fontSize: 11, fontWeight: 600 };
  return [{ type: "text", x: x + withGap(width) / 2, y, style, silent: true }];
}

function misses({ timeline, reduction, layout, colors }: Scene): readonly Drawn[] {
  const y = layout.top + layout.rowHeight * (timeline.lanes.length + 0.5);
  const at = (column: number): readonly number[] => [layout.left + column + 0.5, y];
  const late = reduction.misses.filter((mark) => mark.late > 0).flatMap(({ column }) => at(column));
  const dropped = reduction.misses.filter((mark) => mark.dropped > 0).flatMap(({ column }) => at(column));
  const crosses = { stroke: colors.bad, fill: "none", lineWidth: 2 };
  return [
    { type: TRIANGLES, shape: { values: late }, ...AS_IS, style: { fill: colors.bad } },
    { type: CROSSES, shape: { values: dropped }, ...AS_IS, style: crosses },
  ];
}
