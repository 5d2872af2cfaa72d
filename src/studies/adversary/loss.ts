/** How much one scheduler loses to another in a scenario. */
import { mean } from "../../analysis/statistics/mean.ts";
import type { Metric } from "../../metrics/metric.ts";
import type { Loss } from "../../records/adversary.ts";

/** Where the other has no cost at all, any loss would be infinite. */
export const MOST_RATIO = 1000;

/** `a`, `b`: a value of the metric for each seed. undefined: a value is negative, so a ratio says nothing. */
export function lossOf(better: Metric["better"], a: readonly number[], b: readonly number[]): Loss | undefined {
  const values = { a: mean(a), b: mean(b) };
  if (values.a < 0 || values.b < 0) return undefined;
  const [worse, best] = better === "higher" ? [values.b, values.a] : [values.a, values.b];
  if (worse === 0 && best === 0) return { ...values, ratio: 1, isCapped: false };
  if (best * MOST_RATIO <= worse) return { ...values, ratio: MOST_RATIO, isCapped: true };
  return { ...values, ratio: worse / best, isCapped: false };
}

/** Whether the first is a larger loss. Among capped ones the larger difference is. */
export function isLarger(loss: Loss, than: Loss): boolean {
  if (loss.ratio !== than.ratio) return loss.ratio > than.ratio;
  return loss.isCapped && Math.abs(loss.a - loss.b) > Math.abs(than.a - than.b);
}
