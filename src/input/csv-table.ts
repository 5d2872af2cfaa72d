/** CSV files as rows by column name, with problems by line and column. */
import { nameHint } from "./closest.ts";
import { codeFrame } from "./code-frame.ts";
import { type CsvRecord, type CsvSeparator, csvRecords, withoutSeparatorLine } from "./csv-records.ts";
import { CsvRow } from "./csv-row.ts";
import type { Problem, ProblemCode } from "./problem.ts";
import type { ProblemList } from "./problem-list.ts";
import { quote } from "./quote.ts";
import type { TextPosition } from "./text-position.ts";

export interface CsvColumns {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** `ignored`: other columns are allowed. */
  readonly others: "refused" | "ignored";
  /** What to do if a required column is missing, by name; appended to the message. */
  readonly ifMissing?: Readonly<Record<string, string>>;
  /** By default that of the file's line `sep=;`, and without one a comma. */
  readonly separator?: CsvSeparator;
}

export interface CsvTable {
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
  /** Reports a problem with the header. */
  headerProblem(code: ProblemCode, message: string): void;
}

/** Rows below the header; undefined after problems with the file as a whole. Rows with problems are left out. */
export function parseCsv(file: string, text: string, columns: CsvColumns, problems: ProblemList): CsvTable | undefined {
  const report: ReportAt = ({ line, column }, length, code, message, severity = "error") => {
    if (problems.isFull) return;
    const frame = codeFrame(text, line, column, Math.max(1, length));
    problems.add({ code, message, severity, file, line, column, frame });
  };
  const { text: table, separator = "," } = withoutSeparatorLine(text);
  const records = csvRecords(table, columns.separator ?? separator);
  if ("message" in records) {
    report(records.position, 1, "CSV_SYNTAX", records.message);
    return undefined;
  }
  const [header, ...rows] = records;
  if (header !== undefined) return tableFrom(file, header, rows, columns, report);
  report({ line: 1, column: 1 }, 1, "EMPTY_FILE", "the file is empty");
  return undefined;
}

type ReportAt = (
  position: TextPosition,
  length: number,
  code: ProblemCode,
  message: string,
  severity?: Problem["severity"],
) => void;

function tableFrom(
  file: string,
  header: CsvRecord,
  records: readonly CsvRecord[],
  columns: CsvColumns,
  report: ReportAt,
): CsvTable | undefined {
  const names = header.cells.map((cell) => cell.trim());
  const atCell = (record: CsvRecord, i: number, code: ProblemCode, message: string): void =>
    report(record.cellPosition(i), record.cells[i]?.length ?? 1, code, message);
  const headerProblems = checkHeader(names, columns);
  for (const [i, code, message] of headerProblems) atCell(header, i, code, message);
  if (headerProblems.length > 0) return undefined;
  for (const [i, message] of nearMisses(names, columns))
    report(header.cellPosition(i), names[i]!.length, "UNKNOWN_COLUMN", message, "warning");
  const rows = records.flatMap((record) => {
    if (record.cells.length === names.length) {
      const cells = new Map(names.map((name, i) => [name, record.cells[i]!]));
      return new CsvRow(
        cells,
        (name, code, message) => atCell(record, Math.max(0, names.indexOf(name)), code, message),
        () => `${file}:${record.cellPosition(0).line}`,
      );
    }
    atCell(record, 0, "CSV_SYNTAX", `the header has ${fields(names.length)}, but this row has ${record.cells.length}`);
    return [];
  });
  return { columns: names, rows, headerProblem: (code, message) => atCell(header, 0, code, message) };
}

const fields = (count: number): string => `${count} ${count === 1 ? "field" : "fields"}`;

type HeaderProblem = readonly [column: number, code: ProblemCode, message: string];

function checkHeader(
  names: readonly string[],
  { required, optional, others, ifMissing = {} }: CsvColumns,
): readonly HeaderProblem[] {
  const other = otherSeparator(names);
  if (other !== undefined)
    return [[0, "MISSING_COLUMN", `cells are separated by commas here, and this file has ${other} between them`]];
  const known = [...required, ...optional];
  const found = names.flatMap((name, i): HeaderProblem[] => {
    if (names.indexOf(name) < i && known.includes(name))
      return [[i, "DUPLICATE_KEY", `column ${quote(name)} occurs twice`]];
    if (known.includes(name) || others === "ignored") return [];
    return [[i, "UNKNOWN_COLUMN", `unknown column ${quote(name)}${nameHint(name, known)}`]];
  });
  const missing = required.filter((name) => !names.includes(name));
  return [
    ...found,
    ...missing.map(
      (name) => [0, "MISSING_COLUMN", `column ${quote(name)} is missing${ifMissing[name] ?? ""}`] as const,
    ),
  ];
}

/** Of a file of one column that has another separator in its name, in words. */
function otherSeparator(names: readonly string[]): string | undefined {
  const other = names.length === 1 ? /[;\t|]/.exec(names[0]!)?.[0] : undefined;
  return other === "\t" ? "tabs" : other && quote(other);
}

/** Columns that are ignored although they are spelled nearly as an optional one that the file lacks. */
function nearMisses(names: readonly string[], { optional }: CsvColumns): readonly (readonly [number, string])[] {
  const absent = optional.filter((name) => !names.includes(name));
  return names.flatMap((name, i) => {
    const meant = absent.find((each) => plain(each) === plain(name));
    return meant === undefined ? [] : [[i, `column ${quote(name)} is ignored; did you mean ${quote(meant)}?`] as const];
  });
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");
