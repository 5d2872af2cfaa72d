/** Rows of cells of other tools' tables, whichever separator they use, each cell with its place. */
import type { Place } from "./reporter.ts";

/** The text is trimmed, and without quotes; the place is that of the text. */
export type Cell = Place;

const separators = [",", ";", "\t", "|"] as const;
export type Separator = (typeof separators)[number];

/** Rows with at least one filled cell, in the order of the text. CRLF and a byte order mark are accepted. */
export function cellRows(text: string, separator: Separator = separatorOf(text)): readonly (readonly Cell[])[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  const rows = lines.map((line, index) => cellsOf(line, index + 1, separator));
  return rows.filter((cells) => cells.some(({ text }) => text !== ""));
}

/** The most frequent separator of the first line that has any; a comma if there is none. */
export function separatorOf(text: string): Separator {
  for (const line of text.split(/[\r\n]+/)) {
    const plain = line.replace(/"[^"]*"/g, "");
    const counts = separators.map((separator) => plain.split(separator).length - 1);
    const most = Math.max(...counts);
    if (most > 0) return separators[counts.indexOf(most)]!;
  }
  return ",";
}

function cellsOf(line: string, lineNumber: number, separator: Separator): Cell[] {
  const cells: Cell[] = [];
  let start = 0;
  let isQuoted = false;
  for (let i = 0; i <= line.length; i += 1) {
    if (line[i] === '"') isQuoted = !isQuoted;
    if (i < line.length && (isQuoted || line[i] !== separator)) continue;
    cells.push(cellOf(line.slice(start, i), lineNumber, start + 1));
    start = i + 1;
  }
  return cells;
}

function cellOf(written: string, line: number, column: number): Cell {
  const trimmed = written.trim();
  const at = { line, column: column + written.length - written.trimStart().length };
  const quoted = /^"(.*)"$/.exec(trimmed)?.[1];
  return quoted === undefined ? { ...at, text: trimmed } : { ...at, text: quoted.replaceAll('""', '"').trim() };
}

/** A header without case, blanks and punctuation, to compare spellings: `IFMAP Height` is `ifmapheight`. */
export const plainHeader = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, "");
