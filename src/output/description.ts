/** A readable description of one thing, as blocks of text of at most 80 columns. */
import { printable } from "../input/printable.ts";
import { heading, textLines, wrapped } from "./lines.ts";
import { MOST_COLUMNS, printableRows, type TextColumn, type TextOptions, textTable } from "./text-table.ts";

export type Block =
  | { readonly kind: "title"; readonly text: string }
  /** Labels and their texts; those without a text are left out. */
  | { readonly kind: "facts"; readonly facts: readonly Fact[] }
  | {
      readonly kind: "table";
      readonly title: string;
      readonly columns: readonly TextColumn[];
      readonly rows: readonly (readonly string[])[];
      /** How the last column is fitted, if it is text; left out: cut. */
      readonly lastColumn?: "wrapped";
    }
  | { readonly kind: "paragraphs"; readonly title: string; readonly paragraphs: readonly string[] };

export type Fact = readonly [label: string, text: string | undefined];

/** What is shown and what `--format json` gives. */
export interface Description {
  readonly record: object;
  readonly blocks: readonly Block[];
}

/** Blocks with an empty line between them; empty blocks are left out. */
export function renderBlocks(blocks: readonly Block[], options: TextOptions): string {
  return blocks
    .map((block) => render(block, options))
    .filter((text) => text !== "")
    .join("\n\n");
}

function render(block: Block, options: TextOptions): string {
  switch (block.kind) {
    case "title":
      return heading(printable(block.text), options);
    case "facts":
      return factLines(block.facts);
    case "table": {
      if (block.rows.length === 0) return "";
      const rows = printableRows(block.rows);
      const headings = block.columns.map((column) => column.heading);
      const isWrapped = block.lastColumn === "wrapped";
      const table = isWrapped
        ? textLines(headings, rows, options)
        : textTable({ columns: block.columns, rows }, options);
      return `${heading(printable(block.title), options)}\n${table}`;
    }
    case "paragraphs": {
      if (block.paragraphs.length === 0) return "";
      const lines = block.paragraphs.map((text) => wrapped(`- ${printable(text)}`, "  "));
      return [heading(printable(block.title), options), ...lines].join("\n");
    }
    default:
      return block satisfies never;
  }
}

function factLines(facts: readonly Fact[]): string {
  const given = facts.filter((fact): fact is readonly [string, string] => fact[1] !== undefined && fact[1] !== "");
  const width = Math.min(MOST_COLUMNS / 2, Math.max(0, ...given.map(([label]) => label.length)) + 2);
  return given.map(([label, text]) => wrapped(label.padEnd(width) + printable(text), " ".repeat(width))).join("\n");
}
