/** Results as Markdown tables. */
import type { Metric } from "../../metrics/metric.ts";
import type { RunResult } from "../../records/run-result.ts";
import { markdownTable } from "../markdown-table.ts";
import type { ResultFormat } from "./format.ts";
import { overallLine, resultTables, runTitle, scenarioTable, setTitle } from "./tables.ts";

export const markdown: ResultFormat = {
  name: "markdown",
  render(results, { metrics }) {
    const [first, ...rest] = results;
    if (first === undefined) return "";
    if (rest.length > 0 && metrics !== undefined) {
      return [...results.map((result) => single(result, metrics)), `${overallLine(results)}\n`].join("\n");
    }
    if (rest.length > 0) {
      // Without a variation the table needs no title: its rows name the scenarios.
      const title = first.variation === undefined ? "" : `### ${setTitle([first, ...rest])}\n\n`;
      return `${title}${markdownTable(scenarioTable(results))}\n\n${overallLine(results)}\n`;
    }
    return single(first, metrics);
  },
};

const single = (result: RunResult, metrics: readonly Metric[] | undefined): string =>
  `${[`### ${runTitle(result)}`, ...resultTables(result, metrics).map(markdownTable)].join("\n\n")}\n`;
