/** The chart of a timeline: an ECharts custom series that draws what is in view, anew whenever that changes. */
import type { DataZoomComponentOption, EChartsOption, EChartsType } from "echarts";
import type { Colors } from "../../figures/look.ts";
import type { RunTimeline } from "../../records/run-timeline.ts";
import { echarts } from "../common/charts.ts";
import { barsOf, LABEL_GAP, type Layout } from "./layout.ts";
import { paint } from "./paint.ts";
import { type Reduction, reduce, type TaskFilter } from "./reduction.ts";
import type { TaskKey } from "./task-keys.ts";
import { lengthOf, SHORTEST_NS, type Span } from "./view.ts";

const NS_PER_MS = 1e6;

export interface ChartState {
  readonly timeline: RunTimeline;
  readonly keys: readonly TaskKey[];
  readonly colors: Colors;
  readonly isShown: TaskFilter;
  /** On paper nothing can be moved. */
  readonly isPaper: boolean;
}

export class TimelineChart {
  /** What is drawn. */
  view: Span;
  layout: Layout;
  reduction: Reduction = { lanes: [], misses: [] };
  readonly #chart: EChartsType;
  #state: ChartState;

  constructor(host: HTMLElement, state: ChartState, layout: Layout, fontFamily: string) {
    this.#state = state;
    this.layout = layout;
    this.view = runOf(state.timeline);
    this.#chart = echarts.init(host, null, { renderer: "canvas", height: layout.height }) as unknown as EChartsType;
    this.#chart.setOption(this.#option(fontFamily));
  }

  /** Draws another part of the run. */
  show({ fromNs, toNs }: Span): void {
    const range = { startValue: fromNs / NS_PER_MS, endValue: toNs / NS_PER_MS };
    this.#chart.dispatchAction({ type: "dataZoom", dataZoomIndex: 0, ...range });
  }

  /** Calls back after anything was drawn. */
  onDrawn(drawn: () => void): void {
    this.#chart.on("datazoom", drawn);
  }

  /** Draws anew, with other colours, tasks or room. The view stays. */
  update(state: ChartState, layout: Layout, fontFamily: string): void {
    this.#state = state;
    this.layout = layout;
    this.#fit();
    this.#chart.setOption(this.#option(fontFamily), { notMerge: true });
  }

  /** Resizing draws, so it is left out where the room is the same. */
  #fit(): void {
    const { height } = this.layout;
    const { clientWidth } = this.#chart.getDom();
    if (this.#chart.getHeight() !== height || this.#chart.getWidth() !== clientWidth) this.#chart.resize({ height });
  }

  dispose(): void {
    this.#chart.dispose();
  }

  #option(fontFamily: string): EChartsOption {
    const { timeline, colors } = this.#state;
    const { left, width, top, rowHeight, rows } = this.layout;
    const run = runOf(timeline);
    const text = { color: colors.quietText, fontFamily, fontSize: 12 };
    return {
      animation: false,
      backgroundColor: "transparent",
      grid: { left, top, width, height: rowHeight * rows.length },
      xAxis: {
        type: "value",
        min: run.fromNs / NS_PER_MS,
        max: run.toNs / NS_PER_MS,
        axisLabel: { ...text, formatter: msLabel, hideOverlap: true, showMinLabel: true, showMaxLabel: false },
        axisLine: { show: true, lineStyle: { color: colors.line } },
        axisTick: { show: true, lineStyle: { color: colors.line } },
        splitLine: { lineStyle: { color: colors.line, opacity: 0.6 } },
      },
      yAxis: {
        type: "category",
        inverse: true,
        data: [...rows],
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { ...text, color: colors.text, width: left - LABEL_GAP + 4, overflow: "truncate", margin: 8 },
      },
      dataZoom: zooms(colors, this.layout, text)
        .filter(({ type }) => type === "inside" || !this.#state.isPaper)
        .map((zoom) => ({ ...zoom, startValue: this.view.fromNs / NS_PER_MS, endValue: this.view.toNs / NS_PER_MS })),
      series: [
        {
          type: "custom",
          clip: true,
          data: [[run.fromNs / NS_PER_MS, 0]],
          renderItem: (_, api) => this.#render(api.coord([0, 0])[0]!, api.coord([1, 0])[0]!) as never,
        },
      ],
    };
  }

  /** `zeroX`, `oneX`: where 0 and 1 ms are, in pixels. */
  #render(zeroX: number, oneX: number): unknown {
    const { timeline, isShown, keys, colors } = this.#state;
    const { left, width } = this.layout;
    const perPixelNs = NS_PER_MS / (oneX - zeroX);
    const fromNs = (left - zeroX) * perPixelNs;
    const view = { fromNs, toNs: fromNs + width * perPixelNs };
    this.view = view;
    this.reduction = reduce(timeline, { ...view, columns: width }, isShown);
    const scene = { timeline, reduction: this.reduction, view, layout: this.layout, keys, colors };
    return { type: "group", children: paint(scene) };
  }
}

export const runOf = ({ fromNs, toNs }: RunTimeline): Span => ({ fromNs, toNs: Math.max(toNs, fromNs + 1) });

/** x of an instant, in pixels of the chart. */
export const xOf = ({ left, width }: Layout, view: Span, timeNs: number): number =>
  left + ((timeNs - view.fromNs) / lengthOf(view)) * width;

export const timeAt = ({ left, width }: Layout, view: Span, x: number): number =>
  view.fromNs + ((x - left) / width) * lengthOf(view);

/** Row of the lanes at a height; undefined: above or below them. */
export function rowAt({ top, rowHeight, rows }: Layout, y: number): number | undefined {
  const row = Math.floor((y - top) / rowHeight);
  return row >= 0 && row < rows.length ? row : undefined;
}

const msLabel = (ms: number): string => `${Number(ms.toFixed(6))} ms`;

function zooms(colors: Colors, layout: Layout, text: object): DataZoomComponentOption[] {
  const { left, width } = layout;
  const last = barsOf(layout, layout.rows.length);
  return [
    {
      type: "inside",
      filterMode: "none",
      zoomOnMouseWheel: "ctrl",
      moveOnMouseMove: true,
      moveOnMouseWheel: "shift",
      preventDefaultMouseMove: false,
      minValueSpan: SHORTEST_NS / NS_PER_MS,
    },
    {
      type: "slider",
      filterMode: "none",
      left,
      width,
      top: last.y + 26,
      height: 14,
      showDetail: false,
      showDataShadow: false,
      brushSelect: false,
      moveHandleSize: 0,
      borderColor: colors.line,
      backgroundColor: "transparent",
      fillerColor: `${colors.quietText}33`,
      handleSize: 14,
      handleStyle: { color: colors.background, borderColor: colors.quietText },
      emphasis: { handleStyle: { color: colors.background, borderColor: colors.text } },
      textStyle: text,
      minValueSpan: SHORTEST_NS / NS_PER_MS,
    },
  ];
}
