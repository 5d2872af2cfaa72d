/** The formats of `rtmm diff --format`, the default first. */
import type { RunDiff } from "../../records/run-diff.ts";
import type { Format } from "../format.ts";
import { jsonText } from "../words.ts";
import { markdown } from "./markdown.ts";
import { table } from "./table.ts";

const json: Format<RunDiff> = { name: "json", render: jsonText };

/** For people, and JSON for programs. */
export const diffFormats: readonly Format<RunDiff>[] = [table, json, markdown];
