/** A bar for every scheduler, in a metric of one's choice. They fill in as their runs end. */
import { readable, unitText } from "../../output/number-text.ts";
import type { NamedMetric, NamedScheduler } from "../../playground/protocol.ts";
import type { RunResult } from "../../records/run-result.ts";
import { element } from "../common/elements.ts";

type Metrics = RunResult["metrics"];

/** `fresh`: of what is shown now. `old`: of what was shown before. `none`: it cannot be run. */
interface Entry {
  readonly state: "fresh" | "old" | "none";
  readonly metrics: Metrics | undefined;
}

export interface BarsActions {
  picked(scheduler: string): void;
}

export class Bars {
  readonly #rows: ReadonlyMap<string, Row>;
  readonly #list = element("ol", { class: "bar-list" });
  readonly #metric: HTMLSelectElement;
  readonly #order: HTMLSelectElement;
  readonly #note = element("p", { class: "quiet bar-note" });
  readonly #metrics: readonly NamedMetric[];
  readonly #entries = new Map<string, Entry>();
  #selected = "";

  constructor(
    host: HTMLElement,
    schedulers: readonly NamedScheduler[],
    metrics: readonly NamedMetric[],
    actions: BarsActions,
  ) {
    this.#metrics = metrics;
    this.#rows = new Map(schedulers.map((each) => [each.name, new Row(each, actions)]));
    this.#metric = element("select", { class: "field-input", "aria-label": "Metric of the bars" });
    this.#metric.append(...metrics.map(({ name, title }) => element("option", { value: name }, [title])));
    this.#order = element("select", { class: "field-input", "aria-label": "Order of the bars" }, [
      element("option", { value: "best" }, ["best first"]),
      element("option", { value: "listed" }, ["as listed"]),
    ]);
    this.#metric.addEventListener("change", () => this.#showAll());
    this.#order.addEventListener("change", () => this.#showAll());
    this.#list.append(...[...this.#rows.values()].map(({ root }) => root));
    host.replaceChildren(
      element("div", { class: "panel-head" }, [
        element("h2", { id: "bars-title" }, ["Every scheduler"]),
        element("span", { class: "bar-choices" }, [this.#metric, this.#order]),
      ]),
      this.#note,
      this.#list,
    );
  }

  /** What the bars show is old from now on. */
  begin(selected: string): void {
    for (const [name, entry] of this.#entries) this.#entries.set(name, { ...entry, state: "old" });
    this.select(selected);
  }

  select(selected: string): void {
    this.#selected = selected;
    this.#showAll();
  }

  set(scheduler: string, metrics: Metrics | undefined): void {
    this.#entries.set(scheduler, { state: metrics === undefined ? "none" : "fresh", metrics });
    this.#showAll();
  }

  #showAll(): void {
    const metric = this.#metrics.find(({ name }) => name === this.#metric.value)!;
    const measured = (name: string): number | null => this.#entries.get(name)?.metrics?.[metric.name] ?? null;
    const values = [...this.#rows.keys()].map(measured).filter((value) => value !== null);
    const most = Math.max(...values, 0);
    const best = metric.better === "higher" ? Math.max(...values) : Math.min(...values);
    for (const [name, row] of this.#rows) {
      const value = measured(name);
      row.show(this.#entries.get(name), value, {
        share: value === null || most === 0 ? 0 : value / most,
        text: value === null ? "" : `${readable(value, metric.unit)} ${unitText(metric.unit)}`.trimEnd(),
        isBest: value !== null && value === best,
        isSelected: name === this.#selected,
      });
    }
    this.#sort(metric, measured);
    const left = [...this.#rows.keys()].filter((name) => (this.#entries.get(name)?.state ?? "old") === "old").length;
    const rule = metric.better === "higher" ? "longer is better" : "shorter is better";
    this.#note.textContent = `${rule}; default parameters; pick one to see its timeline${left > 0 ? ` · ${left} to come` : ""}`;
  }

  /** Only once all bars are there: rows that move under the pointer are a nuisance. */
  #sort({ better }: NamedMetric, measured: (name: string) => number | null): void {
    const names = [...this.#rows.keys()];
    if (names.some((name) => (this.#entries.get(name)?.state ?? "old") === "old")) return;
    const sign = better === "higher" ? -1 : 1;
    const rank = (name: string): number => sign * (measured(name) ?? sign * Infinity);
    const sorted = this.#order.value === "listed" ? names : names.toSorted((a, b) => rank(a) - rank(b));
    const shown = [...this.#list.children];
    const wanted = sorted.map((name) => this.#rows.get(name)!.root);
    if (wanted.some((root, index) => shown[index] !== root)) keepingFocus(() => this.#list.replaceChildren(...wanted));
  }
}

/** Moving an element takes its focus away. */
function keepingFocus(move: () => void): void {
  const focused = document.activeElement;
  move();
  if (focused instanceof HTMLElement && focused.isConnected) focused.focus({ preventScroll: true });
}

interface Look {
  readonly share: number;
  readonly text: string;
  readonly isBest: boolean;
  readonly isSelected: boolean;
}

class Row {
  readonly root: HTMLElement;
  readonly #button: HTMLButtonElement;
  readonly #fill = element("span", { class: "bar-fill" });
  readonly #value = element("span", { class: "bar-value" });
  readonly #badge = element("span", { class: "bar-badge" }, ["best"]);

  constructor({ name, summary }: NamedScheduler, { picked }: BarsActions) {
    this.#button = element("button", { type: "button", class: "bar", title: summary }, [
      element("span", { class: "bar-name" }, [name]),
      element("span", { class: "bar-track", "aria-hidden": "true" }, [this.#fill]),
      this.#value,
      this.#badge,
    ]);
    this.#button.addEventListener("click", () => picked(name));
    this.root = element("li", {}, [this.#button]);
  }

  show(entry: Entry | undefined, value: number | null, { share, text, isBest, isSelected }: Look): void {
    const state = entry?.state ?? "waiting";
    this.#button.dataset.state = state;
    this.#button.setAttribute("aria-current", String(isSelected));
    this.#fill.style.width = `${100 * share}%`;
    this.#badge.hidden = !isBest;
    const missing = state === "none" ? "cannot run" : state === "waiting" ? "…" : "nothing to measure";
    this.#value.textContent = value === null ? missing : text;
    this.#button.classList.toggle("is-best", isBest);
  }
}
