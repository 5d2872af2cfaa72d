/** The method by which a metric's intervals are computed. */
import type { Metric, Unit } from "../../metrics/metric.ts";

/** `t`: Student's t. `bootstrap`: bootstrap-t. */
export type IntervalMethod = "t" | "bootstrap";

/** Units of ratios and products, whose values are skewed or crowd at one end of their range. */
const ratioOrProduct: readonly Unit[] = ["ratio", "share", "score", "mJ·ms"];

/** From here on, bootstrap-t has at least the coverage of Student's t; see docs/statistics.md. */
export const BOOTSTRAP_FROM_SEEDS = 10;

export function intervalMethod({ unit }: Pick<Metric, "unit">, seeds: number): IntervalMethod {
  return seeds >= BOOTSTRAP_FROM_SEEDS && ratioOrProduct.includes(unit) ? "bootstrap" : "t";
}
