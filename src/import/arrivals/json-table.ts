/** Traces as JSON lines: an object for each request. */
import { isMapping } from "../../input/mapping.ts";
import type { TraceRow, TraceTable } from "./trace-table.ts";

type Entry = Readonly<Record<string, unknown>>;

/** Columns are the keys of the first line, with those of others behind. */
export function jsonTable(lines: readonly string[], start: number): TraceTable {
  const entries = lines.slice(start).flatMap((line, i) => (line.trim() === "" ? [] : [entryOf(line, start + i + 1)]));
  const header = [...new Set(entries.flatMap(({ value }) => Object.keys(value)))];
  return { header, rows: entries.map((entry) => rowOf(entry, header)), separator: "," };
}

interface JsonLine {
  readonly line: string;
  readonly lineNumber: number;
  readonly value: Entry;
  readonly fault?: string;
}

function entryOf(line: string, lineNumber: number): JsonLine {
  const fault = "expected a JSON object on one line";
  try {
    const value: unknown = JSON.parse(line);
    return isMapping(value) ? { line, lineNumber, value } : { line, lineNumber, value: {}, fault };
  } catch {
    return { line, lineNumber, value: {}, fault };
  }
}

function rowOf({ line, lineNumber, value, fault }: JsonLine, header: readonly string[]): TraceRow {
  const keyAt = (index: number) => Math.max(0, line.indexOf(JSON.stringify(header[index] ?? "")));
  const cells = header.map((key) => textOf(value[key], key, line));
  return {
    cells,
    place: (index) => ({ text: "", line: lineNumber, column: keyAt(index) + 1 }),
    ...(fault === undefined ? {} : { fault }),
  };
}

/** Every digit of a number counts, also those that a double has no room for. */
function textOf(value: unknown, key: string, line: string): string {
  if (typeof value === "string") return value.trim();
  if (typeof value !== "number") return value === undefined || value === null ? "" : JSON.stringify(value);
  const after = line.slice(line.indexOf(`${JSON.stringify(key)}`) + JSON.stringify(key).length);
  const written = /^\s*:\s*(-?\d+(?:\.\d+)?)\s*[,}]/.exec(after)?.[1];
  // The same key may stand in an object before it.
  return written !== undefined && Number(written) === value ? written : String(value);
}
