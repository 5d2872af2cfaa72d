/** The parameters of a scheduler: a slider for a number with a range, and what fits for the others. */
import type { ParameterValue, SchedulerParameter } from "../../core/scheduler.ts";
import type { Knob } from "../../playground/knobs.ts";
import { type PlayState, withParameter } from "../../playground/state.ts";
import { element } from "../common/elements.ts";
import type { Change } from "./pickers.ts";
import { Slider } from "./slider.ts";

/** Steps of a slider between two numbers. */
const STEPS = 40;

interface Field {
  readonly root: HTMLElement;
  show(value: ParameterValue): void;
  setEnabled(isEnabled: boolean): void;
}

export class Parameters {
  readonly root = element("div", { class: "parameters" });
  readonly #change: Change;
  #of: string | undefined;
  #fields: readonly (readonly [SchedulerParameter, Field])[] = [];

  constructor(change: Change) {
    this.#change = change;
  }

  show({ params }: PlayState, scheduler: string, declared: readonly SchedulerParameter[]): void {
    if (this.#of !== scheduler) this.#build(scheduler, declared);
    const currentOf = ({ name, default: usual }: SchedulerParameter): ParameterValue => params[name] ?? usual;
    for (const [parameter, field] of this.#fields) {
      field.show(currentOf(parameter));
      const { onlyWith } = parameter;
      const other = declared.find(({ name }) => name === onlyWith?.parameter);
      field.setEnabled(other === undefined || currentOf(other) === onlyWith?.value);
    }
  }

  #build(scheduler: string, declared: readonly SchedulerParameter[]): void {
    this.#of = scheduler;
    this.#fields = declared.map((parameter) => [parameter, this.#field(parameter)] as const);
    const none = element("p", { class: "quiet" }, [`${scheduler} has no parameters.`]);
    this.root.replaceChildren(...(declared.length === 0 ? [none] : this.#fields.map(([, { root }]) => root)));
  }

  #field(parameter: SchedulerParameter): Field {
    const { name, default: usual } = parameter;
    const set = (value: ParameterValue): void =>
      this.#change(`parameter ${name}`, (state) => withParameter(state, name, value === usual ? undefined : value));
    switch (parameter.kind) {
      case "number":
        return hasRange(parameter) ? sliderField(parameter, set) : numberField(parameter, set);
      case "choice":
        return choiceField(parameter, parameter.choices, set);
      case "boolean":
        return switchField(parameter, set);
      case "text":
        return textField(parameter, set);
      default:
        return parameter satisfies never;
    }
  }
}

type NumberParameter = Extract<SchedulerParameter, { kind: "number" }>;
type Ranged = NumberParameter & { readonly min: number; readonly max: number };
type Set = (value: ParameterValue) => void;

const hasRange = (parameter: NumberParameter): parameter is Ranged =>
  parameter.min !== undefined && parameter.max !== undefined;

const idOf = ({ name }: SchedulerParameter): string => `parameter-${name.replaceAll(/[^\w-]/g, "_")}`;

function sliderField(parameter: Ranged, set: Set): Field {
  const knob = knobOf(parameter, parameter.default);
  const slider = new Slider(knob, { moved: (_, value) => set(value) });
  slider.root.title = parameter.summary;
  return {
    root: slider.root,
    show: (value) => slider.show(knobOf(parameter, Number(value))),
    setEnabled: (isEnabled) => enable(slider.root, isEnabled),
  };
}

function knobOf({ name, min, max, default: base, isInteger = false }: Ranged, value: number): Knob {
  const exact = (each: number): number => (isInteger ? Math.round(each) : Number(each.toPrecision(6)));
  const steps = Array.from({ length: STEPS + 1 }, (_, i) => exact(min + ((max - min) * i) / STEPS));
  const all = [...new Set([...steps, base, value])].sort((a, b) => a - b);
  return {
    key: `parameter ${name}`,
    group: "run",
    label: name,
    unit: "",
    base,
    value,
    steps: all,
    changed: (state) => state,
  };
}

function numberField(parameter: NumberParameter, set: Set): Field {
  const { min, max, isInteger = false } = parameter;
  const input = element("input", {
    type: "number",
    id: idOf(parameter),
    class: "field-input",
    min,
    max,
    step: isInteger ? 1 : "any",
  });
  input.addEventListener("input", () => {
    if (input.value !== "" && input.checkValidity()) set(Number(input.value));
  });
  return labelled(parameter, input, (value) => {
    if (Number(input.value) !== value || input.value === "") input.value = String(value);
  });
}

function choiceField(parameter: SchedulerParameter, choices: readonly string[], set: Set): Field {
  const options = choices.map((choice) => element("option", { value: choice }, [choice]));
  const select = element("select", { id: idOf(parameter), class: "field-input" }, options);
  select.addEventListener("change", () => set(select.value));
  return labelled(parameter, select, (value) => {
    select.value = String(value);
  });
}

function switchField(parameter: SchedulerParameter, set: Set): Field {
  const box = element("input", { type: "checkbox", id: idOf(parameter), class: "field-box" });
  box.addEventListener("change", () => set(box.checked));
  return labelled(parameter, box, (value) => {
    box.checked = value === true;
  });
}

function textField(parameter: SchedulerParameter, set: Set): Field {
  const input = element("input", { type: "text", id: idOf(parameter), class: "field-input", spellcheck: "false" });
  input.addEventListener("change", () => set(input.value));
  return labelled(parameter, input, (value) => {
    input.value = String(value);
  });
}

function labelled(parameter: SchedulerParameter, input: HTMLElement, show: Field["show"]): Field {
  const root = element("div", { class: "field", title: parameter.summary }, [
    element("label", { class: "field-label", for: idOf(parameter) }, [parameter.name]),
    input,
  ]);
  return { root, show, setEnabled: (isEnabled) => enable(root, isEnabled) };
}

function enable(root: HTMLElement, isEnabled: boolean): void {
  root.classList.toggle("is-idle", !isEnabled);
  for (const input of root.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input, select"))
    input.disabled = !isEnabled;
}
