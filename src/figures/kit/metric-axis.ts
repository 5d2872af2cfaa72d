/** Axes of metrics. */
import { percentText, unitText } from "../../output/number-text.ts";
import type { MetricFacts } from "../../records/metric-facts.ts";
import type { AxisSpec } from "./scale.ts";

/** Such as `Energy (mJ)`. Shares are shown in percent. */
export function metricAxis(
  { title, unit }: Pick<MetricFacts, "title" | "unit">,
  more: Partial<AxisSpec> = {},
): AxisSpec {
  const shownUnit = unit === "share" ? "" : unitText(unit);
  return {
    name: shownUnit === "" ? title : `${title} (${shownUnit})`,
    ...(unit === "share" && { format: percentText }),
    ...more,
  };
}
