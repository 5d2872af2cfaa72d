/** The formats of `rtmm capacity --format`, the default first. */

import type { Capacity } from "../../records/capacity.ts";
import type { Format } from "../format.ts";
import { json } from "../json.ts";
import { csv } from "./csv.ts";
import { markdown } from "./markdown.ts";
import { table } from "./table.ts";

export const capacityFormats: readonly Format<Capacity>[] = [table, json, csv, markdown];
