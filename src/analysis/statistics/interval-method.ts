/** How a metric's intervals are worked out. */
import type { Metric, Unit } from "../../metrics/metric.ts";

/** `t`: Student's t. `bootstrap`: bootstrap-t. */
export type IntervalMethod = "t" | "bootstrap";

/** Ratios and products: their values are skewed, or crowd at an end of their range. */
const ratioOrProduct: readonly Unit[] = ["ratio", "share", "score", "mJ·ms"];

/** From so many seeds on a bootstrap covers at least as well as Student's t; see docs/statistics.md. */
export const BOOTSTRAP_FROM_SEEDS = 10;

export function intervalMethod({ unit }: Pick<Metric, "unit">, seeds: number): IntervalMethod {
  return seeds >= BOOTSTRAP_FROM_SEEDS && ratioOrProduct.includes(unit) ? "bootstrap" : "t";
}
