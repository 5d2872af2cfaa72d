/** The formats of `rtmm reproduce --format`, the default first. */

import type { Reproduction } from "../../records/reproduction.ts";
import type { Format } from "../format.ts";
import { jsonText } from "../json.ts";
import { markdown } from "./markdown.ts";
import { table } from "./table.ts";

/** One is its record; several are in a list. */
const json: Format<readonly Reproduction[]> = {
  name: "json",
  render: (all) => jsonText(all.length === 1 ? all[0] : { schemaVersion: 1, reproductions: all }),
};

export const reproductionFormats: readonly Format<readonly Reproduction[]>[] = [table, json, markdown];
