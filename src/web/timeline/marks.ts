/** Marks of one job on a timeline: its slices, its release and its deadline. */
import type { RunTimeline } from "../../records/run-timeline.ts";
import { element, place } from "../common/elements.ts";
import { xOf } from "./chart.ts";
import { slicesOf } from "./hit.ts";
import { barsOf, type Layout } from "./layout.ts";
import type { Reduction, TaskFilter } from "./reduction.ts";
import type { Span } from "./view.ts";

/** What is drawn. */
export interface ViewScene {
  readonly timeline: RunTimeline;
  readonly view: Span;
  readonly layout: Layout;
  readonly reduction: Reduction;
  readonly isShown: TaskFilter;
}

/** Of a job that runs in more pieces, the first ones are outlined. */
const MOST_OUTLINES = 60;

export class Marks {
  /** Row of the job that was picked. */
  selected: number | undefined;
  #hovered: number | undefined;
  readonly #root = element("div", { class: "timeline-marks", "aria-hidden": "true" });

  constructor(stage: HTMLElement) {
    stage.append(this.#root);
  }

  select(job: number, scene: ViewScene): void {
    this.selected = job;
    this.move(scene);
  }

  hover(job: number | undefined, scene: ViewScene): void {
    if (this.#hovered === job) return;
    this.#hovered = job;
    this.move(scene);
  }

  clear(): void {
    this.selected = undefined;
    this.#hovered = undefined;
    this.#root.replaceChildren();
  }

  move(scene: ViewScene): void {
    const job = this.#hovered ?? this.selected;
    this.#root.replaceChildren(...(job === undefined ? [] : marksOf(job, scene)));
  }
}

function marksOf(job: number, scene: ViewScene): readonly HTMLElement[] {
  const { timeline } = scene;
  const { releaseNs, deadlineNs } = timeline.jobs;
  return [
    ...slicesOf(timeline, job)
      .slice(0, MOST_OUTLINES)
      .flatMap((slice) => outline(slice, scene)),
    ...line(releaseNs[job]!, "timeline-release", scene),
    ...line(deadlineNs[job]!, "timeline-deadline", scene),
  ];
}

function outline(slice: number, { timeline: { slices }, view, layout }: ViewScene): readonly HTMLElement[] {
  const startNs = Math.max(slices.startNs[slice]!, view.fromNs);
  const endNs = Math.min(slices.endNs[slice]!, view.toNs);
  if (startNs >= endNs) return [];
  const lane = slices.laneStart.findLastIndex((start) => start <= slice);
  const x = xOf(layout, view, startNs);
  const { y, height } = barsOf(layout, lane);
  const mark = element("div", { class: "timeline-outline" });
  place(mark, { x: x - 2, y: y - 2, width: Math.max(2, xOf(layout, view, endNs) - x) + 3, height: height + 4 });
  return [mark];
}

function line(timeNs: number, name: string, { view, layout }: ViewScene): readonly HTMLElement[] {
  if (!(timeNs >= view.fromNs && timeNs <= view.toNs)) return [];
  const mark = element("div", { class: name });
  const height = layout.rowHeight * layout.rows.length;
  place(mark, { x: xOf(layout, view, timeNs), y: layout.top, height });
  return [mark];
}
