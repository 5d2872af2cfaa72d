/** A zoomable timeline of a run: who had which accelerator when, and which jobs missed. */

import type { Colors } from "../../figures/look.ts";
import type { JobName } from "../../records/explanation.ts";
import type { RunTimeline } from "../../records/run-timeline.ts";
import { button, element } from "../common/elements.ts";
import { type ChartState, runOf, TimelineChart } from "./chart.ts";
import { jobRef, jobRow } from "./details.ts";
import { JobStops } from "./job-stops.ts";
import { onKeys } from "./keyboard.ts";
import { layoutOf } from "./layout.ts";
import { Legend } from "./legend.ts";
import { Marks } from "./marks.ts";
import { nextMiss } from "./misses.ts";
import { Pointer } from "./pointer.ts";
import { taskKeys } from "./task-keys.ts";
import { around, atEnd, atStart, moved, type Span, within, zoomed } from "./view.ts";

export interface TimelineOptions {
  readonly colors: Colors;
  readonly fontFamily: string;
  /** Somebody picked a job: by a click, or by Enter. */
  onOpen(job: JobName): void;
}

export interface TimelineView {
  /** Another run, or the same one anew. The view stays if it is as long as the one before. */
  show(timeline: RunTimeline): void;
  recolor(colors: Colors): void;
  /** For paper, or for the screen again. */
  print(medium: "paper" | "screen"): void;
  /** After its room has changed. */
  resize(): void;
  /** What is in view. */
  readonly view: Span;
  zoomTo(view: Span): void;
  /** Puts a job in view and marks it. Nothing happens if it was not there in the window. */
  reveal(job: JobName): void;
  dispose(): void;
}

export function createTimeline(host: HTMLElement, timeline: RunTimeline, options: TimelineOptions): TimelineView {
  return new Widget(host, timeline, options);
}

const ZOOM_STEP = 0.5;
const HINT =
  "Drag to move, Ctrl and the wheel or two fingers to zoom. Keys: arrows, + and −, Home, End, 0 for the whole run, M for the next miss, Tab to the jobs, Enter to open one.";

class Widget implements TimelineView {
  #timeline: RunTimeline;
  #options: TimelineOptions;
  #isPaper = false;
  readonly #root: HTMLElement;
  readonly #stage: HTMLElement;
  readonly #range: HTMLElement;
  readonly #legend: Legend;
  readonly #marks: Marks;
  readonly #stops: JobStops;
  readonly #pointer: Pointer;
  readonly #missButtons: HTMLElement;
  readonly #chart: TimelineChart;

  constructor(host: HTMLElement, timeline: RunTimeline, options: TimelineOptions) {
    this.#timeline = timeline;
    this.#options = options;
    this.#legend = new Legend(() => this.#redraw());
    this.#range = element("p", { class: "timeline-range" });
    this.#missButtons = element("span", { class: "timeline-buttons" }, [
      this.#button("Previous miss", "‹ Miss", () => this.#toMiss("before")),
      this.#button("Next miss", "Miss ›", () => this.#toMiss("after")),
    ]);
    const chartHost = element("div", { class: "timeline-chart", "aria-hidden": "true" });
    const hintId = `timeline-hint-${Math.random().toString(36).slice(2)}`;
    this.#stage = element("div", {
      class: "timeline-stage",
      tabindex: 0,
      role: "group",
      "aria-label": "Timeline of the run",
      "aria-describedby": hintId,
    });
    this.#root = element("div", { class: "timeline" }, [
      element("div", { class: "timeline-tools" }, [this.#legend.root, this.#missButtons, this.#zoomButtons()]),
      this.#stage,
      element("div", { class: "timeline-foot" }, [
        this.#range,
        element("p", { class: "timeline-hint", id: hintId }, [HINT]),
      ]),
    ]);
    host.append(this.#root);
    this.#legend.show(this.#keys(), timeline);
    this.#stage.append(chartHost);
    this.#chart = new TimelineChart(chartHost, this.#state(), this.#layout(), options.fontFamily);
    this.#marks = new Marks(this.#stage);
    this.#stops = new JobStops(this.#stage, { open: (row) => this.#open(row), marks: this.#marks });
    this.#pointer = new Pointer(
      this.#stage,
      this.#marks,
      () => this.#scene(),
      (row) => this.#open(row),
    );
    this.#chart.onDrawn(() => this.#drawn());
    onKeys(this.#stage, {
      move: (share) => this.zoomTo(moved(this.#run, this.view, share)),
      zoom: (factor) => this.zoomTo(zoomed(this.#run, this.view, factor)),
      toStart: () => this.zoomTo(atStart(this.#run, this.view)),
      toEnd: () => this.zoomTo(atEnd(this.#run, this.view)),
      whole: () => this.zoomTo(this.#run),
      toMiss: (direction) => this.#toMiss(direction),
    });
    this.#drawn();
  }

  get view(): Span {
    return this.#chart.view;
  }

  show(timeline: RunTimeline): void {
    const before = this.#run;
    this.#timeline = timeline;
    const isAsLong = before.fromNs === this.#run.fromNs && before.toNs === this.#run.toNs;
    this.#pointer.clear();
    this.#marks.clear();
    this.#legend.show(this.#keys(), timeline);
    this.#redraw();
    // Drawing anew keeps the view.
    if (!isAsLong) this.zoomTo(this.#run);
  }

  recolor(colors: Colors): void {
    this.#options = { ...this.#options, colors };
    this.#legend.show(this.#keys(), this.#timeline);
    this.#redraw();
  }

  print(medium: "paper" | "screen"): void {
    this.#isPaper = medium === "paper";
    this.#redraw();
  }

  resize(): void {
    this.#redraw();
  }

  zoomTo(view: Span): void {
    this.#chart.show(within(this.#run, view));
  }

  reveal(job: JobName): void {
    const row = jobRow(this.#timeline, job);
    if (row === undefined) return;
    const { releaseNs, endNs, deadlineNs } = this.#timeline.jobs;
    const lastNs = Math.max(endNs[row]!, Number.isFinite(deadlineNs[row]!) ? deadlineNs[row]! : 0);
    const { fromNs, toNs } = this.view;
    if (releaseNs[row]! < fromNs || lastNs > toNs || (lastNs - releaseNs[row]!) / (toNs - fromNs) < 0.02)
      this.zoomTo(around(this.#run, { fromNs: releaseNs[row]!, toNs: lastNs }));
    this.#marks.select(row, this.#scene());
  }

  dispose(): void {
    this.#pointer.dispose();
    this.#chart.dispose();
    this.#root.remove();
  }

  get #run(): Span {
    return runOf(this.#timeline);
  }

  #keys() {
    return taskKeys(this.#timeline.tasks, this.#options.colors);
  }

  #state(): ChartState {
    return {
      timeline: this.#timeline,
      keys: this.#keys(),
      colors: this.#options.colors,
      isShown: this.#legend.filter,
      isPaper: this.#isPaper,
    };
  }

  #layout() {
    const pen = document.createElement("canvas").getContext("2d")!;
    pen.font = `12px ${this.#options.fontFamily}`;
    return layoutOf(this.#timeline, {
      width: this.#stage.clientWidth,
      labelWidth: (text) => pen.measureText(text).width,
    });
  }

  #scene() {
    const { view, layout, reduction } = this.#chart;
    return { timeline: this.#timeline, view, layout, reduction, isShown: this.#legend.filter };
  }

  #redraw(): void {
    this.#chart.update(this.#state(), this.#layout(), this.#options.fontFamily);
    this.#drawn();
  }

  #drawn(): void {
    const scene = this.#scene();
    this.#missButtons.hidden = !scene.layout.hasMisses;
    this.#range.textContent = rangeText(scene.view, this.#timeline);
    this.#marks.move(scene);
    this.#stops.move(scene);
  }

  #open(row: number): void {
    this.#marks.select(row, this.#scene());
    this.#options.onOpen(jobRef(this.#timeline, row));
  }

  #toMiss(direction: "before" | "after"): void {
    const row = nextMiss(this.#timeline, this.#marks.selected, { ...this.#scene(), direction });
    if (row === undefined) return;
    this.reveal(jobRef(this.#timeline, row));
    this.#options.onOpen(jobRef(this.#timeline, row));
  }

  #zoomButtons(): HTMLElement {
    return element("span", { class: "timeline-buttons" }, [
      this.#button("Zoom out", "−", () => this.zoomTo(zoomed(this.#run, this.view, 1 / ZOOM_STEP))),
      this.#button("Zoom in", "+", () => this.zoomTo(zoomed(this.#run, this.view, ZOOM_STEP))),
      this.#button("Show the whole run", "Whole run", () => this.zoomTo(this.#run)),
    ]);
  }

  #button(title: string, text: string, act: () => void): HTMLElement {
    return button({ class: "timeline-button", "aria-label": title, title }, [text], act);
  }
}

function rangeText({ fromNs, toNs }: Span, { isCut }: RunTimeline): string {
  const digits = Math.min(6, Math.max(0, 3 - Math.floor(Math.log10((toNs - fromNs) / 1e6))));
  const text = (ns: number): string => String(Number((ns / 1e6).toFixed(digits)));
  return `${text(fromNs)} to ${text(toNs)} ms${isCut ? "; the run goes on after what is kept here" : ""}`;
}
