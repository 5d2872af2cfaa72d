/** The formats of `rtmm compare --format`, the default first. */

import type { Comparison } from "../../records/comparison.ts";
import type { Format } from "../format.ts";
import { json } from "../json.ts";
import { csv } from "./csv.ts";
import { markdown } from "./markdown.ts";
import { table } from "./table.ts";

/** Formats of a comparison, the default first. */
export const comparisonFormats: readonly Format<Comparison>[] = [table, json, csv, markdown];
