/** Rows of text whose last cell is wrapped, not cut, below its own beginning. */
import { chalkFor, type TextOptions } from "./text-table.ts";
import { wrapped } from "./wrapped.ts";

const GAP = "  ";

/** Left-aligned; the cells before the last are names, short enough to leave it room. No line end after the last line. */
export function textLines(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  { color }: TextOptions,
): string {
  const widths = headings.map((heading, i) => Math.max(heading.length, ...rows.map((row) => row[i]!.length)));
  const indent = widths.slice(0, -1).reduce((sum, width) => sum + width + GAP.length, 0);
  const line = (cells: readonly string[]): string => {
    const names = cells.slice(0, -1).map((cell, i) => cell.padEnd(widths[i]!) + GAP);
    return wrapped(names.join("") + cells.at(-1)!, " ".repeat(indent)).trimEnd();
  };
  return [chalkFor(color).bold(line(headings)), ...rows.map(line)].join("\n");
}
