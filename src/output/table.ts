/** Results as tables for a terminal, at most 80 columns wide. */
import type { RunResult } from "../records/run-result.ts";
import type { ResultFormat } from "./format.ts";
import { heading } from "./lines.ts";
import { overallLine, resultTables, runTitle, scenarioTable, setTitle, type Table } from "./result-tables.ts";
import { type TextOptions, textTable } from "./text-table.ts";

export const table: ResultFormat = {
  name: "table",
  render: (results, options) => (results.length === 1 ? single(results[0]!, options) : several(results, options)),
};

function single(result: RunResult, options: TextOptions): string {
  const tables = resultTables(result).map((each) => draw(each, options));
  return [heading(runTitle(result), options), ...tables].join("\n\n");
}

function several(results: readonly RunResult[], options: TextOptions): string {
  const [first, ...rest] = results;
  if (first === undefined) return "";
  return [
    heading(setTitle([first, ...rest]), options),
    draw(scenarioTable(results), options),
    overallLine(results),
  ].join("\n\n");
}

const draw = ({ columns, rows }: Table, options: TextOptions): string => textTable(columns, rows, options);
