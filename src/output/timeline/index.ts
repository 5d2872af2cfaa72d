/** The formats of `--timeline`, the default first. */
import type { TimelineFormat } from "./format.ts";
import { markdown } from "./markdown.ts";
import { table } from "./table.ts";

/** Formats for people: programs read the jobs file. */
export const timelineFormats: readonly TimelineFormat[] = [table, markdown];
