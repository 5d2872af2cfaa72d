/** The pointer on a timeline: details of what is below it, and a click to open a job. */
import { element, place } from "../common/elements.ts";
import { rowAt, timeAt } from "./chart.ts";
import { type Detail, fateText, jobDetails, jobName, jobRef, sliceDetails } from "./details.ts";
import { missAt, sliceAt } from "./hit.ts";
import type { Marks, ViewScene } from "./marks.ts";
import { lengthOf } from "./view.ts";

/** A press that moves further is a drag. */
const CLICK_REACH = 5;
const REACH = 4;
const MARK_REACH = 8;
const AWAY = 14;

interface Found {
  readonly job: number;
  /** undefined: on a mark. */
  readonly slice: number | undefined;
}

export class Pointer {
  readonly #stage: HTMLElement;
  readonly #marks: Marks;
  readonly #scene: () => ViewScene;
  readonly #open: (job: number) => void;
  readonly #tip = element("div", { class: "timeline-tip", hidden: true, "aria-hidden": "true" });
  readonly #listening = new AbortController();
  #pressed: { readonly x: number; readonly y: number } | undefined;

  constructor(stage: HTMLElement, marks: Marks, scene: () => ViewScene, open: (job: number) => void) {
    this.#stage = stage;
    this.#marks = marks;
    this.#scene = scene;
    this.#open = open;
    stage.append(this.#tip);
    const { signal } = this.#listening;
    stage.addEventListener("pointermove", (event) => this.#moved(event), { signal });
    stage.addEventListener("pointerleave", () => this.clear(), { signal });
    stage.addEventListener("pointerdown", ({ clientX: x, clientY: y }) => (this.#pressed = { x, y }), { signal });
    stage.addEventListener("pointerup", (event) => this.#released(event), { signal });
  }

  dispose(): void {
    this.#listening.abort();
  }

  #moved(event: PointerEvent): void {
    const found = event.buttons === 0 ? this.#foundAt(event) : undefined;
    this.#marks.hover(found?.job, this.#scene());
    this.#stage.classList.toggle("timeline-on-job", found !== undefined);
    this.#tip.hidden = found === undefined;
    if (found !== undefined) this.#showTip(found, event);
  }

  /** Nothing is below it any more. */
  clear(): void {
    this.#tip.hidden = true;
    this.#marks.hover(undefined, this.#scene());
  }

  #released(event: PointerEvent): void {
    const pressed = this.#pressed;
    this.#pressed = undefined;
    if (pressed === undefined || event.button !== 0) return;
    const isDrag = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > CLICK_REACH;
    const found = isDrag ? undefined : this.#foundAt(event);
    if (found !== undefined) this.#open(found.job);
  }

  #foundAt(event: PointerEvent): Found | undefined {
    const scene = this.#scene();
    const { timeline, layout, view, reduction, isShown } = scene;
    const { x, y } = this.#spot(event);
    const row = rowAt(layout, y);
    if (row === undefined || x < layout.left - REACH || x > layout.left + layout.width + REACH) return undefined;
    if (row >= timeline.lanes.length) {
      const job = missAt(reduction.misses, x - layout.left, MARK_REACH);
      return job === undefined ? undefined : { job, slice: undefined };
    }
    const reachNs = (REACH / layout.width) * lengthOf(view);
    const slice = sliceAt(timeline, row, timeAt(layout, view, x), { reachNs, isShown });
    return slice === undefined ? undefined : { job: timeline.slices.job[slice]!, slice };
  }

  #spot({ clientX, clientY }: PointerEvent): { readonly x: number; readonly y: number } {
    const { left, top } = this.#stage.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  #showTip({ job, slice }: Found, event: PointerEvent): void {
    const { timeline } = this.#scene();
    const details = [...(slice === undefined ? [] : sliceDetails(timeline, slice)), ...jobDetails(timeline, job)];
    const title = element("strong", {}, [jobName(jobRef(timeline, job))]);
    this.#tip.replaceChildren(
      element("p", {}, [title, ` ${fateText(timeline, job)}`]),
      element("dl", {}, details.flatMap(pairOf)),
    );
    const { x, y } = this.#spot(event);
    const { offsetWidth, offsetHeight } = this.#tip;
    const isRight = x + AWAY + offsetWidth > this.#stage.clientWidth;
    const left = isRight ? Math.max(0, x - AWAY - offsetWidth) : x + AWAY;
    const highest = 4 - this.#stage.getBoundingClientRect().top;
    place(this.#tip, { x: left, y: Math.max(highest, y - offsetHeight / 2) });
  }
}

const pairOf = ([name, value]: Detail): readonly HTMLElement[] => [
  element("dt", {}, [name]),
  element("dd", {}, [value]),
];
