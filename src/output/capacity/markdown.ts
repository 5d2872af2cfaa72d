/** Capacities as Markdown: the answers, then every factor that was tried. */

import type { Capacity, LoadPoint } from "../../records/capacity.ts";
import type { Format } from "../format.ts";
import { markdownTable } from "../markdown-table.ts";
import { nothing, readable, significant } from "../number-text.ts";
import type { Table } from "../text-table.ts";
import { left, right } from "../text-table.ts";
import { caseText } from "../words.ts";
import * as text from "./rows.ts";

export const markdown: Format<Capacity> = {
  name: "markdown",
  render(capacity) {
    const ceilings = capacity.cases.map((each) => [caseText(each), text.ceilingText(each)]);
    const proofs = ceilings.filter(([, ceiling]) => ceiling !== "").map(([place, ceiling]) => `${place}: ${ceiling}`);
    const curves = `<details><summary>Load curves</summary>\n\n${markdownTable(curveTable(capacity))}\n\n</details>`;
    const title = `### ${text.capacityTitle(capacity)}`;
    return `${[title, text.legend(capacity), markdownTable(answerTable(capacity)), ...proofs, curves].join("\n\n")}\n`;
  },
};

function answerTable({ cases }: Capacity): Table {
  const rows = cases.flatMap((each) =>
    each.answers.map((answer) => [caseText(each), ...text.answerCells(answer, each)]),
  );
  return { columns: [left("of"), ...text.columns], rows };
}

function curveTable({ cases, bounds }: Capacity): Table {
  const rows = cases.flatMap((each) =>
    each.answers.flatMap(({ scheduler, curve }) =>
      curve.map((point) => [caseText(each), scheduler, ...pointCells(point)]),
    ),
  );
  const numbers = ["factor", "util %", "seeds held", ...bounds];
  return { columns: [left("of"), left("scheduler"), ...numbers.map(right), left("")], rows };
}

const pointCells = ({ factor, utilisation, heldShare, seeds, values, holds }: LoadPoint): readonly string[] => [
  significant(factor),
  readable(utilisation, "share"),
  `${Math.round(heldShare * seeds)} of ${seeds}`,
  ...values.map(({ mean }) => (mean === null ? nothing : significant(mean))),
  holds ? "holds" : "fails",
];
