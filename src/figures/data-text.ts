/** The numbers of a figure as files: CSV, and tables for pgfplots. */
import { csvText } from "../output/csv-text.ts";
import type { Cell, FigureData } from "./figure.ts";

/** Full precision; an empty cell is nothing to measure. */
export const dataCsv = ({ columns, rows }: FigureData): string =>
  csvText([columns.map(({ name }) => name), ...rows.map((row) => row.map((cell) => cell ?? ""))]);

/** For `\\pgfplotstableread`: columns with a space between them, names in braces, `nan` for nothing to measure. */
export const dataDat = ({ columns, rows }: FigureData): string =>
  [columns.map(({ name }) => texText(name)), ...rows.map((row) => row.map(datCell))]
    .map((cells) => `${cells.join(" ")}\n`)
    .join("");

const datCell = (cell: Cell): string =>
  cell === null ? "nan" : typeof cell === "number" ? String(cell) : texText(cell);

/** In braces where it has a space, and with what is special in TeX escaped. */
function texText(text: string): string {
  const escaped = [...text].map((character) => special[character] ?? character).join("");
  return /^[\w.+-]+$/.test(escaped) ? escaped : `{${escaped.replaceAll(/\s+/g, " ")}}`;
}

const special: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "{": "\\{",
  "}": "\\}",
  "%": "\\%",
  "#": "\\#",
  "&": "\\&",
  $: "\\$",
  _: "\\_",
  "^": "\\^{}",
  "~": "\\~{}",
};
