/** The formats of timelines as text, and a plain look. */
import type { TimelineOptions } from "../../src/output/timeline/format.ts";
import { timelineFormats } from "../../src/output/timeline/index.ts";

export const [table, markdown] = timelineFormats as [
  (typeof timelineFormats)[number],
  (typeof timelineFormats)[number],
];
export const plain: TimelineOptions = { color: "never", symbols: "ascii" };
