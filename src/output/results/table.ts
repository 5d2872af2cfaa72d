/** Results as tables for a terminal, at most 80 columns wide. */
import type { RunResult } from "../../records/run-result.ts";
import { heading } from "../lines.ts";
import { textTable } from "../text-table.ts";
import type { ResultFormat, ResultOptions } from "./format.ts";
import { overallLine, resultTables, runTitle, scenarioTable, setTitle } from "./tables.ts";

export const table: ResultFormat = {
  name: "table",
  render: (results, options) => (results.length === 1 ? single(results[0]!, options) : several(results, options)),
};

function single(result: RunResult, options: ResultOptions): string {
  const tables = resultTables(result, options.metrics).map((each) => textTable(each, options));
  return [heading(runTitle(result), options), ...tables].join("\n\n");
}

/** One row per scenario; if metrics were chosen, one table each, since there may be too many metrics for columns. */
function several(results: readonly RunResult[], options: ResultOptions): string {
  const [first, ...rest] = results;
  if (first === undefined) return "";
  if (options.metrics !== undefined) {
    return [...results.map((result) => single(result, options)), overallLine(results)].join("\n\n");
  }
  return [
    heading(setTitle([first, ...rest]), options),
    textTable(scenarioTable(results), options),
    overallLine(results),
  ].join("\n\n");
}
