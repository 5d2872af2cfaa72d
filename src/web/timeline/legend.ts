/** The tasks of a timeline with their letters and colours. Picking some shows only those. */
import { type JobOutcome, jobOutcomes } from "../../core/job-outcome.ts";
import type { RunTimeline } from "../../records/run-timeline.ts";
import { button, element } from "../common/elements.ts";
import type { TaskFilter } from "./reduction.ts";
import type { TaskKey } from "./task-keys.ts";

export class Legend {
  readonly root: HTMLElement = element("div", { class: "timeline-legend" });
  readonly #picked = new Set<string>();
  readonly #changed: () => void;
  #ids: readonly string[] = [];

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get filter(): TaskFilter {
    if (this.#picked.size === 0) return undefined;
    const picked = this.#ids.map((id) => this.#picked.has(id));
    return (taskIndex) => picked[taskIndex]!;
  }

  show(keys: readonly TaskKey[], timeline: RunTimeline): void {
    this.#ids = keys.map(({ id }) => id);
    for (const id of [...this.#picked]) if (!this.#ids.includes(id)) this.#picked.delete(id);
    const tasks = element(
      "div",
      { class: "timeline-tasks", role: "group", "aria-label": "Show only these tasks" },
      keys.map((key) => this.#chip(key)),
    );
    this.root.replaceChildren(tasks, ...missLegend(timeline));
  }

  #chip({ id, letter, color, ink }: TaskKey): HTMLElement {
    const swatch = element("span", { class: "timeline-swatch", "aria-hidden": "true" }, [letter]);
    swatch.style.background = color;
    swatch.style.color = ink;
    const pressed = (): string => String(this.#picked.has(id));
    const attributes = { class: "timeline-task", "aria-pressed": pressed(), title: `Show only ${id}` };
    const chip = button(attributes, [swatch, element("span", {}, [id])], () => {
      if (!this.#picked.delete(id)) this.#picked.add(id);
      chip.setAttribute("aria-pressed", pressed());
      this.#changed();
    });
    return chip;
  }
}

function missLegend(timeline: RunTimeline): readonly HTMLElement[] {
  const countOf = (outcome: JobOutcome): number =>
    timeline.jobs.outcome.reduce((sum, each) => sum + Number(jobOutcomes[each] === outcome), 0);
  const late = countOf("late");
  const dropped = countOf("dropped");
  const parts = [late > 0 ? `▲ ${late} late` : [], dropped > 0 ? `✕ ${dropped} dropped` : []].flat();
  return parts.length === 0 ? [] : [element("span", { class: "timeline-misses" }, [parts.join("  ")])];
}
