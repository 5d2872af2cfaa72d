/** The choice of scenario, system and scheduler. */
import type { Catalogue } from "../../playground/protocol.ts";
import { type PlayFile, type PlayState, withScenario, withScheduler, withSystem } from "../../playground/state.ts";
import { element } from "../common/elements.ts";

export type Change = (key: string, change: (state: PlayState) => PlayState) => void;

interface Option {
  readonly value: string;
  readonly text: string;
  readonly title?: string;
}

/** A select with a line below it that says what is picked. */
class Picker {
  readonly root: HTMLElement;
  readonly #select: HTMLSelectElement;
  readonly #note: HTMLElement;

  constructor(label: string, picked: (value: string) => void) {
    const id = `pick-${label.toLowerCase()}`;
    this.#select = element("select", { id, class: "pick-select", "aria-describedby": `${id}-note` });
    this.#note = element("p", { class: "pick-note", id: `${id}-note` });
    this.#select.addEventListener("change", () => picked(this.#select.value));
    this.root = element("div", { class: "pick" }, [
      element("label", { class: "pick-label", for: id }, [label]),
      element("span", { class: "pick-box" }, [this.#select]),
      this.#note,
    ]);
  }

  show(options: readonly Option[], value: string): void {
    const before = [...this.#select.options].map((option) => option.value);
    if (before.join("\n") !== options.map((option) => option.value).join("\n")) {
      this.#select.replaceChildren(
        ...options.map((option) => element("option", { value: option.value, title: option.title }, [option.text])),
      );
    }
    this.#select.value = value;
    const note = options.find((option) => option.value === value)?.title ?? "";
    this.#note.textContent = note;
    this.#note.title = note;
  }
}

/** Of a text of one's own; no built-in has such a name. */
const OWN = "./own";

export class Pickers {
  readonly #scenario: Picker;
  readonly #system: Picker;
  readonly #scheduler: Picker;
  readonly #catalogue: Catalogue;

  constructor(host: HTMLElement, catalogue: Catalogue, change: Change) {
    this.#catalogue = catalogue;
    this.#scenario = new Picker("Scenario", (name) => {
      if (name !== OWN) change("scenario", (state) => withScenario(state, { name }));
    });
    this.#system = new Picker("System", (name) => {
      if (name !== OWN) change("system", (state) => withSystem(state, { name }));
    });
    this.#scheduler = new Picker("Scheduler", (name) => change("scheduler", (state) => withScheduler(state, name)));
    host.replaceChildren(this.#scenario.root, this.#system.root, this.#scheduler.root);
  }

  show({ scenario, system, scheduler }: PlayState): void {
    const { scenarios, systems, schedulers } = this.#catalogue;
    this.#scenario.show(...fileOptions(scenario, scenarios, "the text in the editor"));
    this.#system.show(...fileOptions(system, systems, "the text in the editor"));
    const builtIns = schedulers.map(({ name, summary }) => ({ value: name, text: name, title: summary }));
    this.#scheduler.show(builtIns, scheduler);
  }
}

function fileOptions(
  { name, text }: PlayFile,
  builtIns: Catalogue["scenarios"],
  ownTitle: string,
): [readonly Option[], string] {
  const options = builtIns.map((each) => ({ value: each.name, text: each.name, title: each.title }));
  if (text === undefined && builtIns.some((each) => each.name === name)) return [options, name];
  const own = { value: OWN, text: text === undefined ? name : `${name}, edited`, title: ownTitle };
  return [[own, ...options], OWN];
}
