/** The panel of sliders: rates, sizes of the system, the scheduler's parameters, and the run's own settings. */
import { type Knob, knobsOf } from "../../playground/knobs.ts";
import type { Facts, NamedScheduler } from "../../playground/protocol.ts";
import { LARGEST_SEED, type PlayState, withoutSliders } from "../../playground/state.ts";

import { button, element } from "../common/elements.ts";
import { Parameters } from "./parameters.ts";
import type { Change } from "./pickers.ts";
import { Slider } from "./slider.ts";

const titles: Readonly<Record<Knob["group"], string>> = { rates: "Rates", system: "System", run: "Run" };

export class Sliders {
  readonly root: HTMLElement;
  readonly #change: Change;
  readonly #groups: Readonly<Record<Knob["group"], HTMLElement>>;
  readonly #parameters: Parameters;
  readonly #parameterTitle = element("h2", { class: "group-title" });
  readonly #seed: HTMLInputElement;
  readonly #reset: HTMLButtonElement;
  #sliders = new Map<string, Slider>();

  constructor(change: Change) {
    this.#change = change;
    this.#groups = { rates: group("rates"), system: group("system"), run: group("run") };
    this.#parameters = new Parameters(change);
    this.#seed = this.#seedInput();
    this.#reset = button({ class: "quiet-button" }, ["Reset all sliders"], () => change("reset", withoutSliders));
    this.root = element("div", { class: "sliders" }, [
      this.#groups.rates,
      this.#groups.system,
      element("section", { class: "group" }, [this.#parameterTitle, this.#parameters.root]),
      this.#groups.run,
      this.#reset,
    ]);
  }

  /** `facts` undefined: a file cannot be read, so the sliders stay as they are. */
  show(state: PlayState, facts: Facts | undefined, scheduler: NamedScheduler | undefined): void {
    if (facts !== undefined) this.#showKnobs(knobsOf(state, facts));
    this.#parameterTitle.textContent = `Scheduler: ${scheduler?.name ?? state.scheduler}`;
    this.#parameters.show(state, state.scheduler, scheduler?.parameters ?? []);
    if (document.activeElement !== this.#seed) this.#seed.value = String(state.seed);
    const isMoved = withoutSliders(state);
    this.#reset.disabled = JSON.stringify(isMoved) === JSON.stringify(state);
  }

  #showKnobs(knobs: readonly Knob[]): void {
    const keys = knobs.map(({ key }) => key);
    if (keys.join("\n") !== [...this.#sliders.keys()].join("\n")) this.#build(knobs);
    for (const knob of knobs) this.#sliders.get(knob.key)!.show(knob);
  }

  #build(knobs: readonly Knob[]): void {
    const actions = {
      moved: (knob: Knob, value: number) => this.#change(knob.key, (state) => knob.changed(state, value)),
    };
    this.#sliders = new Map(knobs.map((knob) => [knob.key, new Slider(knob, actions)]));
    for (const [name, host] of Object.entries(this.#groups)) {
      const own = knobs.filter((knob) => knob.group === name).map(({ key }) => this.#sliders.get(key)!.root);
      const more = name === "run" ? [this.#seedField()] : [];
      host.replaceChildren(element("h2", { class: "group-title" }, [titles[name as Knob["group"]]]), ...own, ...more);
      host.hidden = own.length + more.length === 0;
    }
  }

  #seedInput(): HTMLInputElement {
    const input = element("input", {
      ...{ type: "number", id: "seed", class: "field-input", min: 0, max: LARGEST_SEED, step: 1 },
      inputmode: "numeric",
    });
    input.addEventListener("input", () => {
      if (input.value !== "" && input.checkValidity())
        this.#change("seed", (state) => ({ ...state, seed: Number(input.value) }));
    });
    return input;
  }

  #seedField(): HTMLElement {
    const title = "Of all random draws: the same seed gives the same run";
    return element("div", { class: "field", title }, [
      element("label", { class: "field-label", for: "seed" }, ["seed"]),
      this.#seed,
    ]);
  }
}

const group = (name: string): HTMLElement => element("section", { class: `group group-${name}` });
