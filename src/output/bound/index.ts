/** The formats of `rtmm bound --format`, the default first. */
import type { Bounds } from "../../records/bounds.ts";
import type { Format } from "../format.ts";
import { json } from "../json.ts";
import { listingCsv } from "../listing.ts";
import { markdownTable } from "../markdown-table.ts";
import { seedFields, seedRows } from "./csv-rows.ts";
import { table } from "./table.ts";
import { boundsTitle, notesOf, tablesOf } from "./tables.ts";

const csv: Format<Bounds> = {
  name: "csv",
  render: (bounds) => listingCsv({ fields: seedFields, records: seedRows(bounds) }),
};

const markdown: Format<Bounds> = {
  name: "markdown",
  render(bounds) {
    return `${[`### ${boundsTitle(bounds)}`, ...tablesOf(bounds).map(markdownTable), ...notesOf(bounds)].join("\n\n")}\n`;
  },
};

/** The formats of bounds: table, json, csv and markdown. */
export const boundFormats: readonly Format<Bounds>[] = [table, json, csv, markdown];
