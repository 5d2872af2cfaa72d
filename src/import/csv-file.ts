/** A CSV file to write: a table of costs, samples or releases. */
import type { ImportedFile } from "./imported.ts";

export interface CsvContent {
  readonly kind: "table" | "arrivals";
  readonly name: string;
  readonly columns: readonly string[];
  /** One cell a column; undefined is an empty cell. */
  readonly rows: readonly (readonly (string | number | undefined)[])[];
}

/** Cells are quoted where they need it (RFC 4180). */
export function csvFile({ kind, name, columns, rows }: CsvContent): ImportedFile {
  const lines = [columns, ...rows].map((cells) => cells.map((cell) => cellText(cell)).join(","));
  return { kind, name, fileName: `${name}.csv`, text: `${lines.join("\n")}\n` };
}

function cellText(cell: string | number | undefined): string {
  const text = cell === undefined ? "" : String(cell);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
