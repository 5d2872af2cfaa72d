import stripAnsi from "strip-ansi";
import { printable } from "../input/printable.ts";
import { chalkFor } from "./chalk-for.ts";

/** How text for people is laid out. */
export interface TextOptions {
  readonly color: "always" | "never";
  /** Absent: `padded`. Blanks at the ends of lines are removed afterwards. */
  readonly drawTable?: DrawTable;
}

/** Lines of rows whose cells fit the widths, with `GAP` blanks between columns. */
export type DrawTable = (
  rows: readonly (readonly string[])[],
  columns: readonly TextColumn[],
  widths: readonly number[],
) => readonly string[];

/** A column of a table of text. */
export interface TextColumn {
  readonly heading: string;
  readonly align: "left" | "right";
}

/** A table before a format lays it out. */
export interface Table {
  readonly columns: readonly TextColumn[];
  /** A cell for each column. */
  readonly rows: readonly (readonly string[])[];
}

/** For text of others: escape characters are made visible. */
export const printableTable = ({ columns, rows }: Table): Table => ({ columns, rows: printableRows(rows) });
export const printableRows = (rows: Table["rows"]): Table["rows"] =>
  rows.map((row) => row.map((cell) => printable(cell)));

export const left = (heading: string): TextColumn => ({ heading, align: "left" });
export const right = (heading: string): TextColumn => ({ heading, align: "right" });

export const MOST_COLUMNS = 80;
/** Number of spaces between columns. */
export const GAP = 2;
/** Smallest width to which a text column, or the heading of a column of numbers, is cut. */
const LEAST_TEXT = 8;

/**
 * If the table would be too wide, left-aligned columns are cut in the middle, widest first, then headings of numbers. No
 * line end after the last line.
 */
export function textTable(
  { columns, rows }: Table,
  { color, drawTable = padded }: TextOptions,
  mostColumns = MOST_COLUMNS,
): string {
  const widths = fitted(columns, rows, mostColumns);
  const cells = (row: readonly string[]): string[] => row.map((cell, i) => cut(cell, widths[i]!));
  const heading = cells(columns.map((column) => column.heading)).map((text) => chalkFor(color).bold(text));
  const lines = drawTable([heading, ...rows.map(cells)], columns, widths);
  return lines.map((line) => line.trimEnd()).join("\n");
}

export const padded: DrawTable = (rows, columns, widths) =>
  rows.map((cells) => cells.map((cell, i) => filled(cell, widths[i]!, columns[i]!.align)).join(" ".repeat(GAP)));

function filled(text: string, width: number, align: TextColumn["align"]): string {
  const blanks = " ".repeat(Math.max(0, width - widthOf(text)));
  return align === "left" ? text + blanks : blanks + text;
}

function fitted(columns: readonly TextColumn[], rows: readonly (readonly string[])[], mostColumns: number): number[] {
  const cellWidths = columns.map((_, i) => Math.max(0, ...rows.map((row) => widthOf(row[i]!))));
  const widths = columns.map(({ heading }, i) => Math.max(widthOf(heading), cellWidths[i]!));
  const leastText = columns.map(({ align }) => (align === "left" ? LEAST_TEXT : Infinity));
  const leastHeading = columns.map(({ align }, i) =>
    align === "left" ? Infinity : Math.max(LEAST_TEXT, cellWidths[i]!),
  );
  for (const least of [leastText, leastHeading]) narrow(widths, least, mostColumns);
  return widths;
}

/** Takes from the widest column that is above its least width, until the table fits or none is. */
function narrow(widths: number[], least: readonly number[], mostColumns: number): void {
  const total = () => widths.reduce((sum, width) => sum + width, GAP * (widths.length - 1));
  while (total() > mostColumns) {
    const spare = widths.map((width, i) => (width > least[i]! ? width : 0));
    const widest = spare.indexOf(Math.max(...spare));
    if (spare[widest] === 0) return;
    widths[widest]! -= 1;
  }
}

/** Cells hold no wide characters: names are ASCII by schema, titles are never in tables. */
const widthOf = (text: string): number => stripAnsi(text).length;

/** In the middle: names in one table often start alike, as layers of a block and copies of an accelerator do. */
export function cut(text: string, width: number, ellipsis = "…"): string {
  if (widthOf(text) <= width) return text;
  const tail = Math.floor((width - 1) / 2);
  return `${text.slice(0, width - 1 - tail)}${ellipsis}${text.slice(text.length - tail)}`;
}
