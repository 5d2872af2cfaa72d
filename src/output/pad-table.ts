/** Lays out the lines of a table by padding. */
import stripAnsi from "strip-ansi";

export interface ColumnLayout {
  /** Columns of the terminal; no cell is wider. */
  readonly width: number;
  readonly align: "left" | "right";
}

/** Makes text of lines of cells, without a line end after the last. */
export type DrawTable = (lines: readonly (readonly string[])[], columns: readonly ColumnLayout[]) => string;

/** Between two columns. */
export const GAP = 2;

export const padTable: DrawTable = (lines, columns) =>
  trimmed(lines.map((cells) => cells.map((cell, i) => filled(cell, columns[i]!)).join(" ".repeat(GAP))));

export const trimmed = (lines: readonly string[]): string => lines.map((line) => line.trimEnd()).join("\n");

function filled(text: string, { width, align }: ColumnLayout): string {
  const blanks = " ".repeat(Math.max(0, width - widthOf(text)));
  return align === "left" ? text + blanks : blanks + text;
}

/** Cells hold no wide characters: names are ASCII by schema, titles never stand in tables. */
export const widthOf = (text: string): number => stripAnsi(text).length;
