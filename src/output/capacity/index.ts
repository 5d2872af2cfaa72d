/** The formats of `rtmm capacity --format`, the default first. */

import type { Capacity } from "../../records/capacity.ts";
import type { Format } from "../format.ts";
import { jsonText } from "../words.ts";
import { csv } from "./csv.ts";
import { markdown } from "./markdown.ts";
import { table } from "./table.ts";

const json: Format<Capacity> = { name: "json", render: jsonText };

export const capacityFormats: readonly Format<Capacity>[] = [table, json, csv, markdown];
