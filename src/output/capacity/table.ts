/** Capacities as a table for a terminal, at most 80 columns wide. */
import type { Capacity } from "../../records/capacity.ts";
import type { Format } from "../format.ts";
import { groupedTable, type RowGroup } from "../grouped-table.ts";
import { heading, wrapped } from "../lines.ts";
import { printableRows } from "../text-table.ts";
import { caseText } from "../words.ts";
import * as text from "./rows.ts";

export const table: Format<Capacity> = {
  name: "table",
  render(capacity, options) {
    const title = `${heading(text.capacityTitle(capacity), options)}\n${wrapped(text.legend(capacity))}`;
    const ceilings = capacity.cases.flatMap((each) => ceilingLines(each, capacity));
    return [title, groupedTable(text.columns, groups(capacity), options), ...ceilings].join("\n\n");
  },
};

function groups({ cases }: Capacity): readonly RowGroup[] {
  return cases.map((each) => ({
    title: cases.length === 1 ? "" : caseText(each),
    rows: printableRows(each.answers.map((answer) => text.answerCells(answer, each))),
  }));
}

function ceilingLines(each: Capacity["cases"][number], { cases }: Capacity): readonly string[] {
  const ceiling = text.ceilingText(each);
  if (ceiling === "") return [];
  return [wrapped(cases.length === 1 ? ceiling : `${caseText(each)}: ${ceiling}`)];
}
