/** The formats of `rtmm bound --format`, the default first. */
import type { Bounds } from "../../records/bounds.ts";
import type { Format } from "../format.ts";
import { listingCsv } from "../listing.ts";
import { markdownTable } from "../markdown.ts";
import { jsonText } from "../words.ts";
import { seedFields, seedRows } from "./csv-rows.ts";
import { table } from "./table.ts";
import { boundsTitle, caseTables, notesOf, taskTable } from "./tables.ts";

const json: Format<Bounds> = { name: "json", render: jsonText };

const csv: Format<Bounds> = {
  name: "csv",
  render: (bounds) => listingCsv({ fields: seedFields, records: seedRows(bounds) }),
};

const markdown: Format<Bounds> = {
  name: "markdown",
  render(bounds) {
    const tasks = taskTable(bounds);
    const tables = [...caseTables(bounds), ...(tasks === undefined ? [] : [tasks])].map(markdownTable);
    return `${[`### ${boundsTitle(bounds)}`, ...tables, ...notesOf(bounds)].join("\n\n")}\n`;
  },
};

/** The formats of bounds: table, json, csv and markdown. */
export const boundFormats: readonly Format<Bounds>[] = [table, json, csv, markdown];
