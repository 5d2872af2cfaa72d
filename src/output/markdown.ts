/** Results as Markdown tables. */
import type { ResultFormat } from "./format.ts";
import { overallLine, resultTables, runTitle, scenarioTable, type Table } from "./result-tables.ts";

export const markdown: ResultFormat = {
  name: "markdown",
  render(results) {
    const [first] = results;
    if (first === undefined) return "";
    if (results.length > 1) return `${markdownTable(scenarioTable(results))}\n\n${overallLine(results)}\n`;
    return `${[`### ${runTitle(first)}`, ...resultTables(first).map(markdownTable)].join("\n\n")}\n`;
  },
};

export function markdownTable({ columns, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(" | ")} |`;
  const rule = columns.map(({ align }) => (align === "left" ? "---" : "---:"));
  return [line(columns.map(({ heading }) => heading)), `| ${rule.join(" | ")} |`, ...rows.map(line)].join("\n");
}

const escaped = (cell: string): string => cell.replaceAll("|", "\\|");
