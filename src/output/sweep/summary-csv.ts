/** Groups of a sweep as CSV: coordinates, then mean and 95 % interval of metrics. */

import type { SweepGroup } from "../../records/sweep-report.ts";
import { csvText } from "../csv-text.ts";
import { coordinateText } from "./coordinates-text.ts";

export interface SummaryColumns {
  readonly coordinates: readonly string[];
  /** Names. */
  readonly metrics: readonly string[];
}

export const summaryHeader = ({ coordinates, metrics }: SummaryColumns): string =>
  csvText([[...coordinates, "seeds", "failed", ...metrics.flatMap((name) => [name, `${name}Low95`, `${name}High95`])]]);

export function summaryLine(group: SweepGroup, { coordinates, metrics }: SummaryColumns): string {
  const place = coordinates.map((name) => coordinateText(group.coordinates[name]));
  const start = csvText([[...place, group.seeds, group.failed]]).trimEnd();
  // A summary has hundreds of numbers, which need no quotes.
  const means = metrics.map((name) => {
    const { mean, low, high } = group.metrics[name] ?? {};
    return `,${mean ?? ""},${low ?? ""},${high ?? ""}`;
  });
  return `${start}${means.join("")}\n`;
}
