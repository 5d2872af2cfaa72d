/** What a format of timelines is. */
import type { Timeline } from "../../records/timeline.ts";
import { MOST_COLUMNS, type TextOptions } from "../text-table.ts";

export interface TimelineOptions extends TextOptions {
  readonly symbols: "ascii" | "unicode";
  /** Columns of the screen; absent: it is not known. */
  readonly width?: number | undefined;
}

/** Draws a timeline as text. */
export interface TimelineFormat {
  /** As users write it after `--format`. */
  readonly name: string;
  /** Text without a line end after the last line. */
  render(timeline: Timeline, options: TimelineOptions): string;
}

/** A narrower chart tells nothing. */
const LEAST_COLUMNS = 40;

/** From 40 to 80 columns. */
export const widthOf = ({ width = MOST_COLUMNS }: TimelineOptions): number =>
  Math.min(MOST_COLUMNS, Math.max(LEAST_COLUMNS, width));
