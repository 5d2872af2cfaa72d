/** The formats of `rtmm optimum --format`, the default first. */
import type { Optimum } from "../../records/optimum.ts";
import type { Format } from "../format.ts";
import { jsonText } from "../words.ts";
import { markdown } from "./markdown.ts";
import { table } from "./table.ts";

const json: Format<Optimum> = { name: "json", render: jsonText };

/** For people, and JSON for programs. */
export const optimumFormats: readonly Format<Optimum>[] = [table, json, markdown];
