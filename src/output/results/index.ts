/** The formats of `--format`, the default first. */
import { csv } from "./csv.ts";
import type { ResultFormat } from "./format.ts";
import { json } from "./json.ts";
import { markdown } from "./markdown.ts";
import { table } from "./table.ts";

/** Formats of results, the default first. */
export const formats: readonly ResultFormat[] = [table, json, csv, markdown];
