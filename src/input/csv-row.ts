/** A row of a CSV table by column name, with checked numbers. */
import { decimal } from "./decimal.ts";
import { numberHint } from "./number-hint.ts";
import type { ProblemCode } from "./problem.ts";
import { quote } from "./quote.ts";

/** Reports a problem with a cell, or with the row if there is no such column. */
export type ReportCell = (column: string, code: ProblemCode, message: string) => void;

export class CsvRow {
  readonly #cells: ReadonlyMap<string, string>;
  readonly problem: ReportCell;
  readonly #place: () => string;

  constructor(cells: ReadonlyMap<string, string>, problem: ReportCell, place: () => string) {
    this.#cells = cells;
    this.problem = problem;
    this.#place = place;
  }

  /** `file:line`. */
  get place(): string {
    return this.#place();
  }

  /** The trimmed text of a cell; undefined if it is empty or there is no such column. */
  text(column: string): string | undefined {
    const text = this.#cells.get(column)?.trim();
    return text === "" ? undefined : text;
  }

  /** A finite decimal number; undefined if the cell is empty, or after a problem. */
  number(column: string): number | undefined {
    const text = this.text(column);
    if (text === undefined) return undefined;
    const value = decimal(text);
    if (Number.isFinite(value)) return value;
    if (!Number.isNaN(value) || notFinite.test(text))
      this.problem(column, "NOT_FINITE", `${column} must be a finite number, got ${quote(text)}`);
    else this.problem(column, "WRONG_TYPE", `${column} must be a number, got ${quote(text)}${numberHint(text)}`);
    return undefined;
  }
}

const notFinite = /^[-+]?(\.?inf(inity)?|\.?nan)$/i;
