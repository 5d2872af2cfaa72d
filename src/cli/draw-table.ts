/** Draws the tables of the command line with cli-table3. */
import Table from "cli-table3";
import { type DrawTable, GAP, padded } from "../output/text-table.ts";

/** cli-table3 takes about 0.2 ms per row. The layer costs of a large network would take seconds. */
const MOST_ROWS = 100;

export const drawTable: DrawTable = (rows, columns, widths) =>
  rows.length > MOST_ROWS ? padded(rows, columns, widths) : drawn(rows, columns, widths);

const drawn: DrawTable = (rows, columns, widths) => {
  const table = new Table({
    colAligns: columns.map(({ align }) => align),
    colWidths: [...widths],
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [], compact: true },
    chars: borderless,
  });
  table.push(...rows.map((cells) => [...cells]));
  return table.toString().split("\n");
};

const borders = ["top", "bottom", "left", "right", "mid"];
const corners = ["top-mid", "top-left", "top-right", "bottom-mid", "bottom-left", "bottom-right"];
const crossings = ["left-mid", "mid-mid", "right-mid"];
const borderless = {
  ...Object.fromEntries([...borders, ...corners, ...crossings].map((name) => [name, ""])),
  middle: " ".repeat(GAP),
};
