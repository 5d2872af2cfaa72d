/** The main numbers of a run, and what they were before the last change. */
import { readable, unitText } from "../../output/number-text.ts";
import type { NamedMetric } from "../../playground/protocol.ts";
import type { RunResult } from "../../records/run-result.ts";
import { element } from "../common/elements.ts";

/** Metrics, with names that are short enough for a tile. */
const shown = [
  ["uxCost", "UXCost"],
  ["slaSatisfaction", "SLA met"],
  ["violations", "Missed"],
  ["energyMj", "Energy"],
  ["edpMjMs", "EDP"],
  ["p99Ms", "p99"],
] as const;

export class Tiles {
  readonly #tiles: readonly Tile[];

  constructor(host: HTMLElement, metrics: readonly NamedMetric[]) {
    this.#tiles = shown.flatMap(([name, label]) => {
      const metric = metrics.find((each) => each.name === name);
      return metric === undefined ? [] : [new Tile(metric, label)];
    });
    host.replaceChildren(...this.#tiles.map(({ root }) => root));
  }

  show({ metrics }: RunResult, before: RunResult | undefined): void {
    for (const tile of this.#tiles) tile.show(metrics[tile.name] ?? null, before?.metrics[tile.name] ?? null);
  }
}

class Tile {
  readonly root: HTMLElement;
  readonly #metric: NamedMetric;
  readonly #value = element("span", { class: "tile-value" });
  readonly #change = element("span", { class: "tile-change" });

  constructor(metric: NamedMetric, label: string) {
    this.#metric = metric;
    const unit = unitText(metric.unit);
    this.root = element("div", { class: "tile", title: metric.definition }, [
      element("span", { class: "tile-name" }, [unit === "" ? label : `${label}, ${unit}`]),
      this.#value,
      this.#change,
    ]);
  }

  get name(): string {
    return this.#metric.name;
  }

  show(value: number | null, before: number | null): void {
    const { unit, better } = this.#metric;
    const text = readable(value, unit);
    const was = readable(before, unit);
    this.#value.textContent = text;
    const isChanged = before !== null && value !== null && text !== was;
    const isBetter = isChanged && (value < before ? better === "lower" : better === "higher");
    this.#change.textContent = isChanged ? `${isBetter ? "✓" : "✕"} was ${was}` : `${better} is better`;
    this.#change.title = isChanged ? `${isBetter ? "better" : "worse"} than before the last change` : "";
    this.root.classList.toggle("is-better", isBetter);
    this.root.classList.toggle("is-worse", isChanged && !isBetter);
  }
}
