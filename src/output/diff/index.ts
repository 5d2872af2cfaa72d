/** The formats of `rtmm diff --format`, the default first. */
import type { RunDiff } from "../../records/run-diff.ts";
import type { Format } from "../format.ts";
import { json } from "../json.ts";
import { markdown } from "./markdown.ts";
import { table } from "./table.ts";

/** For people, and JSON for programs. */
export const diffFormats: readonly Format<RunDiff>[] = [table, json, markdown];
