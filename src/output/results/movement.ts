/** How the headline metrics of a run moved against the run before. */
import { metrics } from "../../metrics/index.ts";
import type { Metric } from "../../metrics/metric.ts";
import type { RunResult } from "../../records/run-result.ts";
import { type MaybeNumber, percentText, readable, unitText } from "../number-text.ts";
import { left, right, type TextOptions, textTable } from "../text-table.ts";
import { headline } from "./tables.ts";

interface Movement {
  readonly metric: Metric;
  readonly before: MaybeNumber;
  readonly now: MaybeNumber;
}

/** Of metrics that one of the results has, in the order of the headline. */
function movementsOf(before: RunResult, now: RunResult): readonly Movement[] {
  const named = new Map(metrics.map((metric) => [metric.name, metric]));
  return headline
    .filter((name) => name in before.metrics || name in now.metrics)
    .map((name) => ({ metric: named.get(name)!, before: before.metrics[name], now: now.metrics[name] }));
}

/** A row for each metric that moved; undefined: none did. */
export function movementTable(before: RunResult, now: RunResult, options: TextOptions): string | undefined {
  const rows = movementsOf(before, now)
    .filter((each) => each.before !== each.now)
    .map((each) => {
      const { title, unit } = each.metric;
      return [title, readable(each.before, unit), readable(each.now, unit), unitText(unit), changeText(each)];
    });
  if (rows.length === 0) return undefined;
  return textTable(
    { columns: [left("metric"), right("before"), right("now"), left("unit"), left("change")], rows },
    options,
  );
}

/** All in one line: values, and in brackets what they were. */
export function movementLine(before: RunResult | undefined, now: RunResult): string {
  return movementsOf(before ?? now, now)
    .map((each) => {
      const { name, unit } = each.metric;
      const value = [readable(each.now, unit), unitText(unit)].filter((text) => text !== "").join(" ");
      const was = each.before === each.now ? "" : ` (was ${readable(each.before, unit)}, ${changeText(each)})`;
      return `${name} ${value}${was}`;
    })
    .join(", ");
}

function changeText({ metric, before, now }: Movement): string {
  const isKnown = typeof before === "number" && typeof now === "number";
  if (!isKnown) return "no comparison";
  const share = before === 0 ? "" : `${now > before ? "+" : ""}${percentText((now - before) / Math.abs(before))}`;
  const isBetter = metric.better === "higher" ? now > before : now < before;
  const verdict = metric.better === "neither" ? "" : isBetter ? "better" : "worse";
  return [share, verdict].filter((text) => text !== "").join(" ") || "changed";
}
