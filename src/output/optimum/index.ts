/** The formats of `rtmm optimum --format`, the default first. */
import type { Optimum } from "../../records/optimum.ts";
import type { Format } from "../format.ts";
import { json } from "../json.ts";
import { markdown } from "./markdown.ts";
import { table } from "./table.ts";

/** For people, and JSON for programs. */
export const optimumFormats: readonly Format<Optimum>[] = [table, json, markdown];
