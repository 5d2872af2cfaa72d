/** CSV files as rows of text cells that know their line and column. */
import { type CsvError, parse } from "csv-parse/sync";
import { didYouMean } from "./closest.ts";
import { codeFrame } from "./code-frame.ts";
import type { ProblemCode } from "./problem.ts";
import type { ProblemList } from "./problem-list.ts";
import { quote } from "./schema-problem.ts";

export interface CsvColumns {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** `ignored`: columns besides these may be there. */
  readonly others: "refused" | "ignored";
}

export class CsvRow {
  readonly #cells: ReadonlyMap<string, string>;
  readonly #problem: (column: string, code: ProblemCode, message: string) => void;

  constructor(cells: ReadonlyMap<string, string>, problem: CsvRow["problem"]) {
    this.#cells = cells;
    this.#problem = problem;
  }

  /** The trimmed text of a cell; undefined where it is empty or there is no such column. */
  text(column: string): string | undefined {
    const text = this.#cells.get(column)?.trim();
    return text === "" ? undefined : text;
  }

  /** A decimal number; undefined where the cell is empty, or after a problem. `NaN` never comes out. */
  number(column: string): number | undefined {
    const text = this.text(column);
    if (text === undefined) return undefined;
    const value = decimal.test(text) ? Number(text) : Number.NaN;
    if (Number.isFinite(value)) return value;
    const isNumber = decimal.test(text) || /^[-+]?(\.?inf(inity)?|\.?nan)$/i.test(text);
    if (isNumber) this.problem(column, "NOT_FINITE", `${column} must be a finite number, got ${quote(text)}`);
    else this.problem(column, "WRONG_TYPE", `${column} must be a number, got ${quote(text)}`);
    return undefined;
  }

  /** Reports a problem with a cell (with the row, where there is no such column). */
  problem(column: string, code: ProblemCode, message: string): void {
    this.#problem(column, code, message);
  }
}

const decimal = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

export interface CsvTable {
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
  /** Reports a problem with the header. */
  headerProblem(code: ProblemCode, message: string): void;
}

/** Rows below the header line; undefined after problems with the file as a whole. Rows with problems are left out. */
export function parseCsv(file: string, text: string, columns: CsvColumns, problems: ProblemList): CsvTable | undefined {
  const place = (line: number, column: number, length: number, code: ProblemCode, message: string): void =>
    problems.add({
      code,
      message,
      severity: "error",
      file,
      line,
      column,
      frame: codeFrame(text, line, column, length),
    });
  const records = parseRecords(text, place);
  const header = records?.shift();
  if (records === undefined) return undefined;
  if (header === undefined) {
    place(1, 1, 1, "EMPTY_FILE", "the file is empty");
    return undefined;
  }
  const names = header.cells.map((cell) => cell.trim());
  const atHeader = (i: number, code: ProblemCode, message: string): void =>
    place(header.line, columnAt(header, i), Math.max(1, names[i]?.length ?? 1), code, message);
  if (!checkHeader(names, columns, atHeader)) return undefined;
  const rows = records.flatMap((record) => {
    const problem = (name: string, code: ProblemCode, message: string): void => {
      const i = Math.max(0, names.indexOf(name));
      place(record.line, columnAt(record, i), Math.max(1, record.cells[i]?.length ?? 1), code, message);
    };
    if (record.cells.length !== names.length) {
      problem("", "CSV_SYNTAX", `the header has ${fields(names.length)}, this row has ${record.cells.length}`);
      return [];
    }
    return [new CsvRow(new Map(names.map((name, i) => [name, record.cells[i]!])), problem)];
  });
  return { columns: names, rows, headerProblem: (code, message) => atHeader(0, code, message) };
}

const fields = (count: number): string => `${count} ${count === 1 ? "field" : "fields"}`;

interface CsvRecord {
  readonly cells: readonly string[];
  /** Line that the record starts in. */
  readonly line: number;
  /** Its text, to find cells in. */
  readonly raw: string;
}

type Place = (line: number, column: number, length: number, code: ProblemCode, message: string) => void;

function parseRecords(text: string, place: Place): CsvRecord[] | undefined {
  try {
    // With CRLF in quotes csv-parse counts lines twice, so it gets plain line ends.
    const parsed = parse(text.replaceAll("\r\n", "\n"), parseOptions) as unknown as readonly ParsedRecord[];
    return parsed.map(({ record, raw, info }) => ({ cells: record, raw, line: firstLine(raw, info.lines) }));
  } catch (error) {
    const { code, lines = 1, message } = error as CsvError & { lines?: number };
    if (code === undefined) throw error;
    place(lines, 1, 1, "CSV_SYNTAX", `not valid CSV: ${message.charAt(0).toLowerCase()}${message.slice(1)}`);
    return undefined;
  }
}

const parseOptions = {
  info: true,
  raw: true,
  bom: true,
  relax_column_count: true,
  skip_empty_lines: true,
  skip_records_with_empty_values: true,
} as const;

interface ParsedRecord {
  readonly record: readonly string[];
  readonly raw: string;
  readonly info: { readonly lines: number };
}

/** csv-parse tells the line that a record ends in; one in quotes has begun before. */
function firstLine(raw: string, lastLine: number): number {
  return Math.max(1, lastLine - (contentOf(raw).split("\n").length - 1));
}

/** Blank lines before a record and the line end after it belong to its raw text. */
const contentOf = (raw: string): string => raw.replace(/^([ \t]*[\r\n])+/, "").replace(/[\r\n]+$/, "");

/** Column (from 1) of the i-th cell of a record, in its first line. */
function columnAt({ raw }: CsvRecord, cell: number): number {
  const line = contentOf(raw);
  let isQuoted = false;
  let seen = 0;
  for (let i = 0; i < line.length; i += 1) {
    if (seen === cell) return i + 1;
    if (line[i] === '"') isQuoted = !isQuoted;
    else if (line[i] === "," && !isQuoted) seen += 1;
  }
  return line.length + 1;
}

function checkHeader(
  names: readonly string[],
  { required, optional, others }: CsvColumns,
  problem: (i: number, code: ProblemCode, message: string) => void,
): boolean {
  const known = [...required, ...optional];
  let isGood = true;
  const refuse = (i: number, code: ProblemCode, message: string): void => {
    isGood = false;
    problem(i, code, message);
  };
  for (const [i, name] of names.entries()) {
    if (names.indexOf(name) < i && known.includes(name))
      refuse(i, "DUPLICATE_KEY", `column ${quote(name)} comes twice`);
    else if (!known.includes(name) && others === "refused")
      refuse(
        i,
        "UNKNOWN_COLUMN",
        `unknown column ${quote(name)}${didYouMean(name, known) || `; known: ${known.join(", ")}`}`,
      );
  }
  for (const name of required)
    if (!names.includes(name)) refuse(0, "MISSING_COLUMN", `column ${quote(name)} is missing`);
  return isGood;
}
