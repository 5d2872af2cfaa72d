/** The formats of `rtmm tune --format`, the default first. */

import type { Tuning } from "../../records/tuning.ts";
import type { Format } from "../format.ts";
import { json } from "../json.ts";
import { csv, markdown } from "./csv.ts";
import { table } from "./table.ts";

export const tuningFormats: readonly Format<Tuning>[] = [table, json, csv, markdown];
