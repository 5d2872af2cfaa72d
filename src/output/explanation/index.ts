/** The formats of `rtmm explain --format`, the default first. */
import type { Explanation } from "../../records/explanation.ts";
import type { Format } from "../format.ts";
import { json } from "../json.ts";
import { markdown } from "./markdown.ts";
import { table } from "./table.ts";

/** For people, and JSON for programs. */
export const explanationFormats: readonly Format<Explanation>[] = [table, json, markdown];
