/** The formats of `rtmm sweep --format`, the default first. */

import type { SweepReport } from "../../records/sweep-report.ts";
import type { Format } from "../format.ts";
import { json } from "../json.ts";
import { summaryHeader, summaryLine } from "./summary-csv.ts";
import { markdown, table } from "./table.ts";

const csv: Format<SweepReport> = {
  name: "csv",
  render({ coordinateNames, metrics, groups }) {
    const columns = { coordinates: coordinateNames, metrics: metrics.map(({ name }) => name) };
    return [summaryHeader(columns), ...groups.map((group) => summaryLine(group, columns))].join("");
  },
};

/** Formats of a sweep's report, the default first. */
export const sweepFormats: readonly Format<SweepReport>[] = [table, json, csv, markdown];
