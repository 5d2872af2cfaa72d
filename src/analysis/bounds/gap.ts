/** How far a value is from its bound. */
import type { Metric } from "../../metrics/metric.ts";

/** Of shares the difference; else relative to the bound. null: nothing is known, or the bound is 0. */
export function gapOf(value: number | null, bound: number | null, unit: Metric["unit"]): number | null {
  if (value === null || bound === null) return null;
  if (unit === "share") return Math.abs(value - bound);
  return bound > 0 ? value / bound - 1 : null;
}
