/** A timeline as Markdown: the chart as a block of text, without colours. */
import { wrapped } from "../lines.ts";
import { markdownTable } from "../markdown-table.ts";
import { chartRows } from "./chart.ts";
import { type TimelineFormat, widthOf } from "./format.ts";
import { taskKeys } from "./keys.ts";
import { legendTable, marksText, titleOf } from "./legend.ts";
import { symbolsOf } from "./symbols.ts";

export const markdown: TimelineFormat = {
  name: "markdown",
  render(timeline, options) {
    const symbols = symbolsOf[options.symbols];
    const width = widthOf(options);
    const keys = taskKeys(timeline);
    const { columns, lines } = chartRows(timeline, keys, { color: "never", symbols, width });
    const marks = wrapped(marksText(timeline, columns, symbols), "", width);
    const legend = keys.length === 0 ? [] : [markdownTable(legendTable(timeline, keys, ({ letter }) => letter))];
    return [`### ${titleOf(timeline)}`, ["```text", ...lines, "", marks, "```"].join("\n"), ...legend].join("\n\n");
  },
};
