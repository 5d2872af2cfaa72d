/** The formats of `rtmm tune --format`, the default first. */

import type { Tuning } from "../../records/tuning.ts";
import type { Format } from "../format.ts";
import { jsonText } from "../words.ts";
import { csv, markdown } from "./csv.ts";
import { table } from "./table.ts";

const json: Format<Tuning> = { name: "json", render: jsonText };

export const tuningFormats: readonly Format<Tuning>[] = [table, json, csv, markdown];
