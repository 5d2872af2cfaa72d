/** Tables of text that fit 80 columns. */
import { createRequire } from "node:module";
import { stripVTControlCharacters } from "node:util";
import { Chalk, type ChalkInstance } from "chalk";
import type CliTable from "cli-table3";

export interface TextOptions {
  readonly color: "always" | "never";
}

export interface TextColumn {
  readonly heading: string;
  readonly align: "left" | "right";
}

export const left = (heading: string): TextColumn => ({ heading, align: "left" });
export const right = (heading: string): TextColumn => ({ heading, align: "right" });

export const MOST_COLUMNS = 80;
const GAP = 2;
/** A column of text is never cut below this. */
const LEAST_TEXT = 8;

/** Left-aligned columns are cut in the middle, widest first, where the table would be too wide. No line end after the last line. */
export function textTable(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
  { color }: TextOptions,
): string {
  const paint = chalkFor(color);
  const widths = fitted(columns, rows);
  const cells = (row: readonly string[]): string[] => row.map((cell, i) => cut(cell, widths[i]!));
  const heading = cells(columns.map((column) => column.heading)).map((text) => paint.bold(text));
  const options = {
    colAligns: columns.map(({ align }) => align),
    colWidths: widths,
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [], compact: true },
    chars: borderless,
  };
  return inChunks([heading, ...rows.map(cells)])
    .map((chunk) => drawn(chunk, options))
    .join("\n");
}

/** cli-table3 takes the square of the rows in time, and widths are fixed: a long table is drawn in pieces. */
const ROWS_A_CHUNK = 20;

const inChunks = <Row>(rows: readonly Row[]): readonly (readonly Row[])[] =>
  Array.from({ length: Math.ceil(rows.length / ROWS_A_CHUNK) }, (_, i) =>
    rows.slice(i * ROWS_A_CHUNK, (i + 1) * ROWS_A_CHUNK),
  );

function drawn(rows: readonly string[][], options: CliTable.TableConstructorOptions): string {
  const table = new (tableClass())(options);
  table.push(...rows);
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

export const chalkFor = (color: TextOptions["color"]): ChalkInstance =>
  new Chalk({ level: color === "always" ? 1 : 0 });

/** cli-table3 is loaded when the first table is drawn: JSON and CSV do without. */
const tableClass = (): typeof CliTable => createRequire(import.meta.url)("cli-table3") as typeof CliTable;

const borders = ["top", "bottom", "left", "right", "mid"];
const corners = ["top-mid", "top-left", "top-right", "bottom-mid", "bottom-left", "bottom-right"];
const crossings = ["left-mid", "mid-mid", "right-mid", "middle"];
const borderless = {
  ...Object.fromEntries([...borders, ...corners, ...crossings].map((name) => [name, ""])),
  middle: " ".repeat(GAP),
};

function fitted(columns: readonly TextColumn[], rows: readonly (readonly string[])[]): number[] {
  const widths = columns.map(({ heading }, i) => Math.max(...[heading, ...rows.map((row) => row[i]!)].map(widthOf)));
  const total = () => widths.reduce((sum, width) => sum + width, GAP * (widths.length - 1));
  while (total() > MOST_COLUMNS) {
    const text = widths.map((width, i) => (columns[i]!.align === "left" ? width : 0));
    const widest = text.indexOf(Math.max(...text));
    if (text[widest]! <= LEAST_TEXT) break;
    widths[widest]! -= 1;
  }
  return widths;
}

/** Cells hold no wide characters: names are ASCII by schema, titles never stand in tables. */
const widthOf = (text: string): number => stripVTControlCharacters(text).length;

/** In the middle: names of one table often start alike, as those of a block's layers do, or of one accelerator's twins. */
function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const tail = Math.floor((width - 1) / 2);
  return `${text.slice(0, width - 1 - tail)}…${text.slice(text.length - tail)}`;
}
