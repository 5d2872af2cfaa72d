/** Reads traces with a row for each request. */
import { didYouMean } from "../../input/closest.ts";
import { decimal } from "../../input/decimal.ts";
import { timeNsOf } from "../../input/time-text.ts";
import { DecimalCommas } from "../decimal-commas.ts";
import type { LeftOuts } from "../left-out.ts";
import type { Reporter } from "../reporter.ts";
import type { Arrival, RowMapping } from "./arrival.ts";
import { withoutMark } from "./table.ts";
import type { TraceRow, TraceTable } from "./trace-table.ts";

/** Also in rtmm's files of releases. */
const largestScale = 1e6;

export function readRows(
  table: TraceTable,
  mapping: RowMapping,
  file: string,
  reporter: Reporter,
  left: LeftOuts,
): readonly Arrival[] {
  const columns = columnsOf(table, mapping, reporter);
  if (columns === undefined) return [];
  const reader = new RowReader(table, mapping, columns, reporter);
  const arrivals: Arrival[] = [];
  for (const row of table.rows) {
    const arrival = reader.read(row);
    if (arrival === undefined) continue;
    if (arrival.scale !== undefined && arrival.scale <= 0)
      left.add("request of no work", "its scale would be 0", file, arrival.at);
    else arrivals.push(arrival);
  }
  return arrivals;
}

interface Columns {
  readonly time: number;
  readonly before?: number;
  readonly task?: number;
  readonly scale: readonly { readonly index: number; readonly worth: number; readonly name: string }[];
}

/** Undefined after a problem. */
function columnsOf({ header }: TraceTable, mapping: RowMapping, reporter: Reporter): Columns | undefined {
  const errorsBefore = reporter.errorCount;
  const indexOf = (name: string, option: string): number => {
    const index = Math.max(header.indexOf(name), header.indexOf(withoutMark(name)));
    if (index >= 0) return index;
    const has = `; the file has ${header.filter((each) => each !== "").join(", ")}: choose with ${option} <column>`;
    const message = `there is no column "${name}"${didYouMean(name, header) || has}`;
    reporter.report({ text: "", line: 1, column: 1 }, "MISSING_COLUMN", message);
    return -1;
  };
  const columns: Columns = {
    time: indexOf(mapping.time, "--time"),
    ...(mapping.before !== undefined && { before: indexOf(mapping.before, "--before") }),
    ...(mapping.task !== undefined && { task: indexOf(mapping.task, "--task") }),
    scale: [...(mapping.scale ?? [])].map(([name, worth]) => ({ index: indexOf(name, "--scale"), worth, name })),
  };
  return reporter.errorCount > errorsBefore ? undefined : columns;
}

class RowReader {
  readonly #mapping: RowMapping;
  readonly #columns: Columns;
  readonly #reporter: Reporter;
  readonly #commas: DecimalCommas;

  constructor(table: TraceTable, mapping: RowMapping, columns: Columns, reporter: Reporter) {
    this.#mapping = mapping;
    this.#columns = columns;
    this.#reporter = reporter;
    this.#commas = new DecimalCommas(table.separator);
  }

  /** Undefined after a problem. */
  read(row: TraceRow): Arrival | undefined {
    const errorsBefore = this.#reporter.errorCount;
    const { time, before, task } = this.#columns;
    if (row.fault !== undefined) this.#reporter.report(row.place(-1), "WRONG_TYPE", row.fault);
    if (row.fault !== undefined) return undefined;
    const timeNs = this.#time(row, time) - (before === undefined ? 0n : this.#time(row, before));
    const scale = this.#scale(row);
    if (this.#reporter.errorCount > errorsBefore) return undefined;
    const name = task === undefined ? "" : (row.cells[task] ?? "");
    return { task: name, timeNs, at: row.place(time), ...(scale !== undefined && { scale }) };
  }

  #time(row: TraceRow, index: number): bigint {
    const { timeFormat } = this.#mapping;
    const text = this.#pointed(row, index);
    const timeNs = timeNsOf(text, timeFormat);
    if (timeNs !== undefined) return timeNs;
    const expected = timeFormat === "iso" ? "a date and time (ISO 8601)" : `a number in ${timeFormat}`;
    this.#reporter.report(row.place(index), "WRONG_TYPE", `expected ${expected}, got "${text}"`);
    return 0n;
  }

  #scale(row: TraceRow): number | undefined {
    if (this.#columns.scale.length === 0) return undefined;
    let scale = 0;
    for (const { index, worth, name } of this.#columns.scale) {
      const value = decimal(this.#pointed(row, index));
      if (Number.isFinite(value) && value >= 0) scale += worth * value;
      else
        this.#reporter.report(
          row.place(index),
          "WRONG_TYPE",
          `${name} must be a number from 0, got "${row.cells[index] ?? ""}"`,
        );
    }
    if (scale > largestScale)
      this.#reporter.report(row.place(0), "TOO_BIG", `the work of a job is at most ${largestScale}, got ${scale}`);
    return Number(scale.toPrecision(15));
  }

  #pointed({ cells, place }: TraceRow, index: number): string {
    return this.#commas.pointed(cells[index] ?? "", (message) =>
      this.#reporter.report(place(index), "WRONG_TYPE", message),
    );
  }
}
