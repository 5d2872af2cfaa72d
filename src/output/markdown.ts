/** Results as Markdown tables. */
import type { ResultFormat } from "./format.ts";
import { overallLine, resultTables, runTitle, scenarioTable, setTitle, type Table } from "./result-tables.ts";

export const markdown: ResultFormat = {
  name: "markdown",
  render(results) {
    const [first, ...rest] = results;
    if (first === undefined) return "";
    if (rest.length > 0) {
      // A table of scenarios as they are needs no title: its rows name them.
      const title = first.variation === undefined ? "" : `### ${setTitle([first, ...rest])}\n\n`;
      return `${title}${markdownTable(scenarioTable(results))}\n\n${overallLine(results)}\n`;
    }
    return `${[`### ${runTitle(first)}`, ...resultTables(first).map(markdownTable)].join("\n\n")}\n`;
  },
};

export function markdownTable({ columns, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(" | ")} |`;
  const rule = columns.map(({ align }) => (align === "left" ? "---" : "---:"));
  return [line(columns.map(({ heading }) => heading)), `| ${rule.join(" | ")} |`, ...rows.map(line)].join("\n");
}

const escaped = (cell: string): string => cell.replaceAll("|", "\\|");
