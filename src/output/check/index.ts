/** The formats of `rtmm check --format`, the default first. JUnit is not one: `--junit` loads it only if needed. */

import type { CheckReport } from "../../records/check-report.ts";
import type { Format } from "../format.ts";
import { json } from "../json.ts";
import { csv } from "./csv.ts";
import { markdown } from "./markdown.ts";
import { table } from "./table.ts";

export const checkFormats: readonly Format<CheckReport>[] = [table, json, csv, markdown];
