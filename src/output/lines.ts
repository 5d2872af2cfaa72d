/** Text in lines of at most 80 columns. */
import { chalkFor } from "./chalk-for.ts";
import { GAP, MOST_COLUMNS, type TextOptions } from "./text-table.ts";

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

/** Left for the last column, however long the cells before it are. */
const LEAST_LAST = 28;

/** Left-aligned; long cells go on below, so that all of each can be read. No line end after the last line. */
export function textLines(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  { color }: TextOptions,
): string {
  const widths = widthsOf([headings, ...rows]);
  const [first, ...rest] = [headings, ...rows].map((cells) => sideBySide(cells, widths));
  return [chalkFor(color).bold(first!), ...rest].join("\n");
}

/** The last column takes what the others leave; the widest of those give way. */
function widthsOf(rows: readonly (readonly string[])[]): readonly number[] {
  const widths = rows[0]!.slice(0, -1).map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  const left = () => MOST_COLUMNS - widths.reduce((sum, width) => sum + width + GAP, 0);
  while (left() < LEAST_LAST && Math.max(...widths) > 1) widths[widths.indexOf(Math.max(...widths))]! -= 1;
  return [...widths, left()];
}

function sideBySide(cells: readonly string[], widths: readonly number[]): string {
  const columns = cells.map((cell, i) => wrapped(cell, "", widths[i]!).split("\n"));
  const lines = Array.from({ length: Math.max(...columns.map(({ length }) => length)) }, (_, line) =>
    columns.map((column, i) => (column[line] ?? "").padEnd(widths[i]!)).join(" ".repeat(GAP)),
  );
  return lines.map((line) => line.trimEnd()).join("\n");
}
