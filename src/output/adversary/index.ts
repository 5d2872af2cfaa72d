/** The formats of `rtmm adversary --format`. */
import type { AdversaryReport } from "../../records/adversary.ts";
import type { Format } from "../format.ts";
import { json } from "../json.ts";
import { markdown } from "./markdown.ts";
import { table } from "./table.ts";

/** The formats of a search's report, the default first. */
export const adversaryFormats: readonly Format<AdversaryReport>[] = [table, json, markdown];
