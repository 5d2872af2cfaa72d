/** A timeline for a terminal. */
import { chalkFor } from "../chalk-for.ts";
import { wrapped } from "../lines.ts";
import { cut, textTable } from "../text-table.ts";
import { chartRows } from "./chart.ts";
import { type TimelineFormat, widthOf } from "./format.ts";
import { taskKeys } from "./keys.ts";
import { legendTable, marksText, titleOf } from "./legend.ts";
import { symbolsOf } from "./symbols.ts";

/** Width of the legend without the names of tasks. */
const NUMBERS = 34;

export const table: TimelineFormat = {
  name: "table",
  render(timeline, options) {
    const chalk = chalkFor(options.color);
    const symbols = symbolsOf[options.symbols];
    const width = widthOf(options);
    const keys = taskKeys(timeline);
    const chart = chartRows(timeline, keys, { color: options.color, symbols, width });
    const named = keys.map((key) => ({ ...key, name: cut(key.name, width - NUMBERS, symbols.ellipsis) }));
    const legend = legendTable(timeline, named, ({ letter, color }) => chalk[color].inverse(letter));
    return [
      chalk.bold(wrapped(titleOf(timeline), "", width)),
      chart.lines.join("\n"),
      ...(keys.length === 0 ? ["No task has a job in this window."] : [textTable(legend, options)]),
      wrapped(marksText(timeline, chart.columns, symbols), "", width),
    ].join("\n\n");
  },
};
