/** Buttons over the jobs in view, for the keyboard and for screen readers. They let the pointer through. */
import { isMiss, type RunTimeline } from "../../records/run-timeline.ts";
import { button, place } from "../common/elements.ts";
import { xOf } from "./chart.ts";
import { fateText, jobName, jobRef } from "./details.ts";
import { barsOf } from "./layout.ts";
import type { Marks, ViewScene } from "./marks.ts";

/** With more jobs in view only those that miss have one, and with more of those the first ones. */
const MOST_STOPS = 40;
const LEAST_WIDTH = 6;

interface Stop {
  readonly job: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface StopActions {
  open(job: number): void;
  readonly marks: Marks;
}

export class JobStops {
  readonly #stage: HTMLElement;
  readonly #actions: StopActions;
  readonly #buttons = new Map<number, HTMLButtonElement>();
  #timeline: RunTimeline | undefined;

  constructor(stage: HTMLElement, actions: StopActions) {
    this.#stage = stage;
    this.#actions = actions;
  }

  move(scene: ViewScene): void {
    if (this.#timeline !== scene.timeline) this.#removeAll();
    this.#timeline = scene.timeline;
    const stops = stopsIn(scene);
    const jobs = new Set(stops.map(({ job }) => job));
    for (const [job, made] of this.#buttons) if (!jobs.has(job)) this.#remove(job, made);
    for (const stop of stops) place(this.#buttons.get(stop.job) ?? this.#add(stop.job, scene), stop);
    this.#order(stops);
  }

  /** Tab goes from left to right. Only what is out of order moves, because a button that moves loses the focus. */
  #order(stops: readonly Stop[]): void {
    let last: Element | null = null;
    for (const { job } of stops) {
      const made = this.#buttons.get(job)!;
      if (last !== null && last.nextElementSibling !== made && document.activeElement !== made) last.after(made);
      last = made;
    }
  }

  #add(job: number, { timeline }: ViewScene): HTMLButtonElement {
    const label = `${jobName(jobRef(timeline, job))}, ${fateText(timeline, job)}`;
    const made = button({ class: "timeline-stop", "aria-label": label }, [], () => this.#actions.open(job));
    this.#buttons.set(job, made);
    this.#stage.append(made);
    return made;
  }

  #remove(job: number, made: HTMLButtonElement): void {
    const hadFocus = document.activeElement === made;
    made.remove();
    this.#buttons.delete(job);
    if (hadFocus) this.#stage.focus({ preventScroll: true });
  }

  #removeAll(): void {
    for (const [job, made] of this.#buttons) this.#remove(job, made);
  }
}

/** From left to right. */
function stopsIn(scene: ViewScene): readonly Stop[] {
  const bars = firstBars(scene);
  const shown =
    bars.size <= MOST_STOPS ? [...bars.keys()] : [...bars.keys()].filter((job) => isMiss(scene.timeline.jobs, job));
  const marked = scene.reduction.misses.map(({ job }) => job).filter((job) => !bars.has(job));
  const stops = [...shown, ...marked].map((job) => stopOf(job, bars.get(job), scene));
  return stops.toSorted((a, b) => a.x - b.x || a.y - b.y).slice(0, MOST_STOPS);
}

/** The first bar in view of each job, as its lane and slice. */
function firstBars({ timeline, reduction }: ViewScene): ReadonlyMap<number, { lane: number; slice: number }> {
  const found = new Map<number, { lane: number; slice: number }>();
  for (const [lane, { bars }] of reduction.lanes.entries()) {
    for (const slice of bars) {
      const job = timeline.slices.job[slice]!;
      if (!found.has(job)) found.set(job, { lane, slice });
    }
  }
  return found;
}

function stopOf(job: number, bar: { lane: number; slice: number } | undefined, scene: ViewScene): Stop {
  const { timeline, view, layout } = scene;
  const spot = (timeNs: number): number => xOf(layout, view, Math.min(view.toNs, Math.max(view.fromNs, timeNs)));
  if (bar === undefined) {
    const { y, height } = barsOf(layout, timeline.lanes.length);
    return { job, x: spot(timeline.jobs.endNs[job]!) - 8, y, width: 16, height };
  }
  const x = spot(timeline.slices.startNs[bar.slice]!);
  const width = Math.max(LEAST_WIDTH, spot(timeline.slices.endNs[bar.slice]!) - x);
  return { job, x, width, ...barsOf(layout, bar.lane) };
}
