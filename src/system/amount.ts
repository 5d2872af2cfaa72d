/** Latencies, energies and bytes in cells: 0 or more, and well within the range of floats. */
import type { CsvRow } from "../input/csv-row.ts";

/** Undefined if the cell is empty, or after a problem with its text. */
export function amount(row: CsvRow, column: string): number | undefined {
  const value = row.number(column);
  if (value !== undefined && value < 0) row.problem(column, "NEGATIVE", `${column} must be 0 or more, got ${value}`);
  if (value !== undefined && value > 1e18)
    row.problem(column, "TOO_BIG", `${column} must be at most 1e18, got ${value}`);
  return value;
}
