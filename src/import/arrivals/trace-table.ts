/** A trace as a table of text, whatever its file looks like. */
import type { Separator } from "../cells.ts";
import type { Place } from "../reporter.ts";

/** Blanks are any number of them. */
export type TraceSeparator = Separator | " ";

export interface TraceTable {
  /** `1`, `2`, … where the file names no column. */
  readonly header: readonly string[];
  readonly rows: Iterable<TraceRow>;
  readonly separator: TraceSeparator;
}

/** Cells are made for each row as it comes: a day of counts has 1440 columns. */
export interface TraceRow {
  readonly cells: readonly string[];
  place(index: number): Place;
  /** Why it is none. */
  readonly fault?: string;
}
