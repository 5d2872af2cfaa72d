/** A slider with its label and value. */
import { significant } from "../../output/number-text.ts";
import { type Knob, stepOf } from "../../playground/knobs.ts";
import { button, element } from "../common/elements.ts";

export interface SliderActions {
  /** Moved to one of the knob's steps. */
  moved(knob: Knob, value: number): void;
}

export class Slider {
  readonly root: HTMLElement;
  readonly #input: HTMLInputElement;
  readonly #value: HTMLOutputElement;
  readonly #mark: HTMLElement;
  readonly #reset: HTMLButtonElement;
  #knob: Knob;

  constructor(knob: Knob, { moved }: SliderActions) {
    this.#knob = knob;
    const id = `knob-${knob.key.replaceAll(/[^\w-]/g, "_")}`;
    this.#input = element("input", { type: "range", id, class: "slider-input", min: 0, step: 1 });
    this.#input.addEventListener("input", () => moved(this.#knob, this.#knob.steps[Number(this.#input.value)]!));
    this.#value = element("output", { class: "slider-value", for: id });
    this.#mark = element("span", { class: "slider-mark", "aria-hidden": "true" });
    const back = `Back to ${valueText(knob, knob.base)}: ${knob.label}`;
    this.#reset = button({ class: "slider-reset", "aria-label": back, title: back }, ["↺"], () => {
      moved(this.#knob, this.#knob.base);
      this.#input.focus();
    });
    this.root = element("div", { class: "slider" }, [
      element("label", { class: "slider-label", for: id }, [knob.label]),
      this.#value,
      this.#reset,
      element("span", { class: "slider-track" }, [this.#mark, this.#input]),
    ]);
    this.show(knob);
  }

  show(knob: Knob): void {
    this.#knob = knob;
    const { steps, value, base } = knob;
    this.#input.max = String(steps.length - 1);
    this.#input.value = String(stepOf(knob));
    const text = valueText(knob, value);
    this.#input.setAttribute("aria-valuetext", text);
    this.#value.textContent = text;
    this.root.classList.toggle("slider-moved", value !== base);
    this.#reset.hidden = value === base;
    const last = Math.max(1, steps.length - 1);
    this.#input.style.setProperty("--at", `${(100 * stepOf(knob)) / last}%`);
    this.#mark.style.setProperty("--share", String(Math.max(0, steps.indexOf(base)) / last));
  }
}

export function valueText({ unit }: Pick<Knob, "unit">, value: number): string {
  const number = Number.isInteger(value) ? String(value) : String(Number(significant(value)));
  return unit === "×" ? `× ${number}` : `${number} ${unit}`;
}
