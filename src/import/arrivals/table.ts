/** Large tables of traces, line by line, with the places of what is wrong. */
import { timeNsOf } from "../../input/time-text.ts";
import { separatorOf } from "../cells.ts";
import type { Place } from "../reporter.ts";
import { jsonTable } from "./json-table.ts";
import type { TraceRow, TraceSeparator, TraceTable } from "./trace-table.ts";

/**
 * Undefined for an empty text. Blank lines are passed over. The header may be a comment; files of times alone have none.
 */
export function traceTable(text: string): TraceTable | undefined {
  const plain = text.replace(/^\uFEFF/, "");
  const lines = plain.split(/\r\n|\n|\r/);
  const first = lines.findIndex((line) => line.trim() !== "");
  if (first === -1) return undefined;
  if (/^\s*\{/.test(lines[first]!)) return jsonTable(lines, first);
  const start = lines.findIndex((line) => line.trim() !== "" && !isComment(line));
  // A header alone.
  if (start === -1) return headed(lines, first, first, separatorOf(lines[first]!));
  const separator = separatorAt(lines, start);
  const cells = cellsOf(lines[start]!, separator);
  if (!isTime(cells[0]!)) return headed(lines, start, start, separator);
  const comment = start === first ? undefined : lines.slice(first, start).findLast(isComment);
  const names = comment === undefined ? [] : cellsOf(comment, separator);
  const header = names.length === cells.length ? names.map(withoutMark) : cells.map((_, i) => String(i + 1));
  return { header, rows: rowsFrom(lines, start, separator), separator };
}

const headed = (lines: readonly string[], at: number, start: number, separator: TraceSeparator): TraceTable => ({
  header: cellsOf(lines[at]!, separator).map(withoutMark),
  rows: rowsFrom(lines, start + 1, separator),
  separator,
});

const isComment = (line: string): boolean => /^\s*#/.test(line);

/** `#timestamp` as `timestamp`, `%time` as `time`. */
export const withoutMark = (name: string): string => name.replace(/^[#%]\s*/, "");

export const isIso = (text: string): boolean => /^\d{4}-/.test(text) && timeNsOf(text, "iso") !== undefined;

const isTime = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text) || isIso(text);

/** That of a first line with blanks, such as `Timestamp (us)`, depends on the line below: without blanks it is one name. */
function separatorAt(lines: readonly string[], start: number): TraceSeparator {
  const separator = separatorIn(lines[start]!);
  const below = lines.find((line, i) => i > start && line.trim() !== "" && !isComment(line));
  const isName = separator === " " && below !== undefined && separatorIn(below) !== " ";
  return isName ? separatorOf(below) : separator;
}

/** Blanks if nothing else is between cells, unless they are those of a date. */
function separatorIn(line: string): TraceSeparator {
  const isSeparated = /[,;\t|]/.test(line);
  return isSeparated || isIso(line.trim()) || !/\S\s+\S/.test(line) ? separatorOf(line) : " ";
}

/** Can be walked more than once. */
const rowsFrom = (lines: readonly string[], start: number, separator: TraceSeparator): Iterable<TraceRow> => ({
  [Symbol.iterator]: () => rowsOf(lines, start, separator),
});

function* rowsOf(lines: readonly string[], start: number, separator: TraceSeparator): Generator<TraceRow> {
  for (let index = start; index < lines.length; index += 1) {
    const line = lines[index]!;
    if (line.trim() === "" || isComment(line)) continue;
    const cells = cellsOf(line, separator);
    yield { cells, place: (cell) => placeIn(line, index + 1, cell, separator, cells) };
  }
}

function cellsOf(line: string, separator: TraceSeparator): string[] {
  return written(line, separator).map((cell) => {
    const trimmed = cell.trim();
    return /^".*"$/.test(trimmed) ? trimmed.slice(1, -1).replaceAll('""', '"').trim() : trimmed;
  });
}

/** Cells as they stand, with blanks and quotes. */
function written(line: string, separator: TraceSeparator): string[] {
  if (separator === " ") return line.trim().split(/\s+/);
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
  separator: TraceSeparator,
  cells: readonly string[],
): Place {
  if (separator === " ") return placeAmongBlanks(line, lineNumber, index);
  const all = written(line, separator);
  const before = all.slice(0, index).reduce((sum, cell) => sum + cell.length + 1, 0);
  const cell = all[index] ?? "";
  const blanks = cell.length - cell.trimStart().length;
  return { text: cells[index] ?? "", line: lineNumber, column: Math.min(before, line.length) + blanks + 1 };
}

function placeAmongBlanks(line: string, lineNumber: number, index: number): Place {
  const found = [...line.matchAll(/\S+/g)][index];
  return { text: found?.[0] ?? "", line: lineNumber, column: (found?.index ?? line.length) + 1 };
}
