/** The Pareto-optimal among any number of candidates; memory grows with the front only. */

import { RequestError } from "../../../input/request-error.ts";
import type { Metric } from "../../../metrics/metric.ts";

export type Objective = Pick<Metric, "name" | "better">;

interface Candidate<Item> {
  readonly item: Item;
  /** Larger is better. */
  readonly merits: readonly number[];
}

export class ParetoFront<Item> {
  readonly #objectives: readonly Objective[];
  #front: Candidate<Item>[] = [];

  /** Throws RequestError for a metric of which neither more nor less is better. */
  constructor(objectives: readonly Objective[]) {
    const aimless = objectives.find(({ better }) => better === "neither");
    if (aimless !== undefined)
      throw new RequestError(`neither more nor less of ${aimless.name} is better, so it makes no Pareto front`);
    this.#objectives = objectives;
  }

  /** `values`: of the objectives, in their order. Candidates with equal values do not rule each other out. */
  add(item: Item, values: readonly number[]): void {
    const merits = values.map((value, i) => (this.#objectives[i]!.better === "higher" ? value : -value));
    if (this.#front.some((kept) => dominates(kept.merits, merits))) return;
    this.#front = this.#front.filter((kept) => !dominates(merits, kept.merits));
    this.#front.push({ item, merits });
  }

  /** In the order in which they were offered. */
  items(): readonly Item[] {
    return this.#front.map(({ item }) => item);
  }
}

/** At least as good in everything, and better in something. */
const dominates = (a: readonly number[], b: readonly number[]): boolean =>
  a.every((merit, i) => merit >= b[i]!) && a.some((merit, i) => merit > b[i]!);
