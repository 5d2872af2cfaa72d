/** Draws the lines of a table with cli-table3. It needs Node: browsers get draw-table-browser.ts (package.json says so). */
import CliTable from "cli-table3";
import { type DrawTable, GAP, padTable, trimmed } from "./pad-table.ts";

/** cli-table3 takes some 0.2 ms a row: the costs of a large network, layer by layer, would take seconds. */
const MOST_DRAWN = 100;

export const drawTable: DrawTable = (lines, columns) => {
  if (lines.length > MOST_DRAWN) return padTable(lines, columns);
  const table = new CliTable({
    colAligns: columns.map(({ align }) => align),
    colWidths: columns.map(({ width }) => width),
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [], compact: true },
    chars: borderless,
  });
  table.push(...lines.map((cells) => [...cells]));
  return trimmed(table.toString().split("\n"));
};

const borders = ["top", "bottom", "left", "right", "mid"];
const corners = ["top-mid", "top-left", "top-right", "bottom-mid", "bottom-left", "bottom-right"];
const crossings = ["left-mid", "mid-mid", "right-mid"];
const borderless = {
  ...Object.fromEntries([...borders, ...corners, ...crossings].map((name) => [name, ""])),
  middle: " ".repeat(GAP),
};
