/** A table with groups of rows. Columns are aligned across all groups. */

import { wrapped } from "./lines.ts";
import { type TextColumn, type TextOptions, textTable } from "./text-table.ts";

export interface RowGroup {
  /** Heading above the rows, which are then indented; empty: none. */
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
}

const INDENT = "  ";

export function groupedTable(
  columns: readonly TextColumn[],
  groups: readonly RowGroup[],
  options: TextOptions,
): string {
  const rows = groups.flatMap(({ title, rows: own }) => (title === "" ? own : own.map(indented)));
  const [heading, ...lines] = textTable({ columns, rows }, options).split("\n");
  let drawn = 0;
  const parts = groups.flatMap(({ title, rows: own }) => {
    drawn += own.length;
    const ownLines = lines.slice(drawn - own.length, drawn);
    return title === "" ? ownLines : [wrapped(title, INDENT), ...ownLines];
  });
  return [heading, ...parts].join("\n");
}

const indented = ([first, ...rest]: readonly string[]): string[] => [INDENT + first, ...rest];
