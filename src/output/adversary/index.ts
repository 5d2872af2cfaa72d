/** The formats of `rtmm adversary --format`, the default first. */
import type { AdversaryReport } from "../../records/adversary.ts";
import type { Format } from "../format.ts";
import { jsonText } from "../words.ts";
import { markdown } from "./markdown.ts";
import { table } from "./table.ts";

const json: Format<AdversaryReport> = { name: "json", render: jsonText };

export const adversaryFormats: readonly Format<AdversaryReport>[] = [table, json, markdown];
