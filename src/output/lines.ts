/** Text in lines of at most 80 columns. */
import { chalkFor } from "./chalk-for.ts";
import { MOST_COLUMNS, type TextOptions } from "./text-table.ts";

/** Breaks at blanks; a word longer than a line is broken inside. */
export function wrapped(text: string, indent = "", columns = MOST_COLUMNS): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((each) => pieces(each, columns - indent.length))) {
    const longer = line === "" ? word : `${line} ${word}`;
    const width = lines.length === 0 ? columns : columns - indent.length;
    if (longer.length <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line].join(`\n${indent}`);
}

const pieces = (word: string, length: number): string[] =>
  Array.from({ length: Math.max(1, Math.ceil(word.length / length)) }, (_, i) =>
    word.slice(i * length, (i + 1) * length),
  );

/** Bold, at most 80 columns. */
export const heading = (text: string, { color }: TextOptions): string => chalkFor(color).bold(wrapped(text));

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
