/** The records of a CSV text, each cell with its position. */
import { type CsvError, parse } from "csv-parse/browser/esm/sync";
import { positionFinder, type TextPosition } from "./text-position.ts";

export interface CsvRecord {
  readonly cells: readonly string[];
  /** Where the i-th cell starts; the end of the record if it has fewer cells. */
  cellPosition(i: number): TextPosition;
}

export interface CsvFailure {
  readonly position: TextPosition;
  readonly message: string;
}

const parseOptions = {
  raw: true,
  info: true,
  record_delimiter: "\n",
  relax_column_count: true,
  skip_empty_lines: true,
  skip_records_with_empty_values: true,
} as const;

/** What stands between cells. */
export type CsvSeparator = "," | ";" | "\t" | "|";

/**
 * Excel writes the separator of a file in a first line of its own, `sep=;`. The text with that line left blank, so that
 * places stay right, and the separator that it names.
 */
export function withoutSeparatorLine(text: string): { readonly text: string; readonly separator?: CsvSeparator } {
  const [line, separator] = /^\uFEFF?"?sep=([,;\t|])"?[,;\t|]*(?=\r|\n)/i.exec(text) ?? [];
  return line === undefined ? { text } : { text: text.slice(line.length), separator: separator as CsvSeparator };
}

/** Records with at least one filled cell, the header first. */
export function csvRecords(text: string, separator: CsvSeparator = ","): readonly CsvRecord[] | CsvFailure {
  // Carriage returns at line ends would stay in the last cell. Removing them changes no line or column.
  const plain = text.replaceAll("\r\n", "\n");
  const positionOf = positionFinder(plain);
  const parsed = parsedRecords(plain, separator);
  if (!Array.isArray(parsed)) return failure(parsed as CsvError, plain);
  let end = 0;
  return (parsed as readonly ParsedRecord[]).map(({ record, raw }) => {
    // csv-parse counts lines differently if cells contain line ends, so records are searched in the text, in order.
    const content = raw.replace(/^\n+/, "").replace(/\n$/, "");
    const start = Math.max(end, plain.indexOf(content, end));
    end = start + content.length;
    return { cells: record, cellPosition: (i) => positionOf(start + cellOffset(content, i, separator)) };
  });
}

interface ParsedRecord {
  readonly record: readonly string[];
  readonly raw: string;
}

function parsedRecords(text: string, delimiter: CsvSeparator): readonly ParsedRecord[] | CsvError {
  try {
    return parse(text, { ...parseOptions, delimiter }) as unknown as readonly ParsedRecord[];
  } catch (error) {
    if ((error as Partial<CsvError>).code === undefined) throw error;
    return error as CsvError;
  }
}

function failure(error: CsvError, text: string): CsvFailure {
  const { lines = 1 } = error as { lines?: number };
  const line = Math.max(1, Math.min(lines, text.split("\n").length));
  const message = `not valid CSV: ${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}`;
  return { position: { line, column: 1 }, message };
}

function cellOffset(content: string, cell: number, separator: CsvSeparator): number {
  let isQuoted = false;
  let seen = 0;
  for (let i = 0; i < content.length; i += 1) {
    if (seen === cell) return i;
    if (content[i] === '"') isQuoted = !isQuoted;
    else if (content[i] === separator && !isQuoted) seen += 1;
  }
  return content.length;
}
