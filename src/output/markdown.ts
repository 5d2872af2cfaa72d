/** Results as Markdown tables. */
import type { ResultFormat } from "./format.ts";
import {
  acceleratorTable,
  metricTable,
  overallLine,
  phaseTable,
  runTitle,
  scenarioTable,
  type Table,
  taskTable,
} from "./result-tables.ts";

export const markdown: ResultFormat = {
  name: "markdown",
  render(results) {
    const [first] = results;
    if (first === undefined) return "";
    if (results.length > 1) return `${markdownTable(scenarioTable(results))}\n\n${overallLine(results)}\n`;
    const phases = phaseTable(first);
    const tables = [
      taskTable(first),
      metricTable(first),
      acceleratorTable(first),
      ...(phases === undefined ? [] : [phases]),
    ];
    return `${[`### ${runTitle(first)}`, ...tables.map(markdownTable)].join("\n\n")}\n`;
  },
};

export function markdownTable({ columns, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(" | ")} |`;
  const rule = columns.map(({ align }) => (align === "left" ? "---" : "---:"));
  return [line(columns.map(({ heading }) => heading)), `| ${rule.join(" | ")} |`, ...rows.map(line)].join("\n");
}

const escaped = (cell: string): string => cell.replaceAll("|", "\\|");
