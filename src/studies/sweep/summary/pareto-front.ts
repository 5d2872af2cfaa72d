/** The Pareto-optimal candidates. Memory grows only with the front. */

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

  /** Throws RequestError for a metric with no better direction. */
  constructor(objectives: readonly Objective[]) {
    const aimless = objectives.find(({ better }) => better === "neither");
    if (aimless !== undefined)
      throw new RequestError(`${aimless.name} cannot be part of a Pareto front: neither direction of it is better`);
    this.#objectives = objectives;
  }

  /** `values`: in the order of the objectives. Candidates with equal values do not exclude each other. */
  add(item: Item, values: readonly number[]): void {
    const merits = values.map((value, i) => (this.#objectives[i]!.better === "higher" ? value : -value));
    if (this.#front.some((kept) => dominates(kept.merits, merits))) return;
    this.#front = this.#front.filter((kept) => !dominates(merits, kept.merits));
    this.#front.push({ item, merits });
  }

  /** In the order in which they were added. */
  items(): readonly Item[] {
    return this.#front.map(({ item }) => item);
  }
}

/** At least as good in every objective and better in at least one. */
const dominates = (a: readonly number[], b: readonly number[]): boolean =>
  a.every((merit, i) => merit >= b[i]!) && a.some((merit, i) => merit > b[i]!);
