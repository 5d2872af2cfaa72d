/** Large tables of traces, line by line, with the places of what is wrong. */
import { type Separator, separatorOf } from "../cells.ts";
import type { Place } from "../reporter.ts";

export interface TraceTable {
  readonly header: readonly string[];
  readonly rows: Iterable<TraceRow>;
  readonly separator: Separator;
}

/** Cells are made for each row as it comes: a day of counts has 1440 columns. */
export interface TraceRow {
  readonly cells: readonly string[];
  place(index: number): Place;
}

/** Undefined for an empty text. Blank lines are passed over. */
export function traceTable(text: string): TraceTable | undefined {
  const plain = text.replace(/^\uFEFF/, "");
  const lines = plain.split(/\r\n|\n|\r/);
  const start = lines.findIndex((line) => line.trim() !== "");
  if (start === -1) return undefined;
  const separator = separatorOf(lines[start]!);
  return { header: cellsOf(lines[start]!, separator), rows: rowsOf(lines, start + 1, separator), separator };
}

function* rowsOf(lines: readonly string[], start: number, separator: Separator): Generator<TraceRow> {
  for (let index = start; index < lines.length; index += 1) {
    const line = lines[index]!;
    if (line.trim() === "") continue;
    const cells = cellsOf(line, separator);
    yield { cells, place: (cell) => placeIn(line, index + 1, cell, separator, cells) };
  }
}

function cellsOf(line: string, separator: Separator): string[] {
  return written(line, separator).map((cell) => {
    const trimmed = cell.trim();
    return /^".*"$/.test(trimmed) ? trimmed.slice(1, -1).replaceAll('""', '"').trim() : trimmed;
  });
}

/** Cells as they stand, with blanks and quotes. */
function written(line: string, separator: Separator): string[] {
  if (!line.includes('"')) return line.split(separator);
  const cells: string[] = [];
  let [start, isQuoted] = [0, false];
  for (let i = 0; i <= line.length; i += 1) {
    if (line[i] === '"') isQuoted = !isQuoted;
    if (i < line.length && (isQuoted || line[i] !== separator)) continue;
    cells.push(line.slice(start, i));
    start = i + 1;
  }
  return cells;
}

function placeIn(
  line: string,
  lineNumber: number,
  index: number,
  separator: Separator,
  cells: readonly string[],
): Place {
  const all = written(line, separator);
  const before = all.slice(0, index).reduce((sum, cell) => sum + cell.length + 1, 0);
  const cell = all[index] ?? "";
  const blanks = cell.length - cell.trimStart().length;
  return { text: cells[index] ?? "", line: lineNumber, column: Math.min(before, line.length) + blanks + 1 };
}
