/** How much each scheduler was found to lose to each other one, as a heat map. */
import { significant } from "../../output/number-text.ts";
import type { AdversaryMatrix, MatrixCell } from "../../records/adversary.ts";
import type { Figure } from "../figure.ts";
import { type HeatCell, type HeatMap, heatMapHeight, heatMapOption } from "../kit/heat-map.ts";

export function matrixFigure({ schedulers, metric, cells }: AdversaryMatrix): Figure {
  const labels = schedulers.map(({ label }) => label);
  const at = new Map(cells.map((cell) => [JSON.stringify([cell.a, cell.b]), cell]));
  const cellAt = (a: string, b: string): MatrixCell | undefined => at.get(JSON.stringify([a, b]));
  const map: HeatMap = {
    columns: labels,
    rows: labels,
    xName: "to this one",
    yName: "loses",
    colors: "sequential",
    cells: labels.map((a) => labels.map((b) => heatCell(cellAt(a, b)))),
  };
  const ratio = (a: string, b: string): number | null => cellAt(a, b)?.loss?.ratio ?? null;
  return {
    id: "adversary",
    title: `Largest losses in ${metric.title}`,
    summary: summaryOf(cells, metric.title),
    data: {
      columns: [{ name: "loses", heading: "loses" }, ...labels.map((label) => ({ name: label, heading: label }))],
      rows: labels.map((a) => [a, ...labels.map((b) => ratio(a, b))]),
    },
    height: (look) => heatMapHeight(map, look),
    option: (look) => heatMapOption(map, look),
  };
}

/** Twice as bad is as far from even as four times is from twice. */
const heatCell = (cell: MatrixCell | undefined): HeatCell | null => {
  const ratio = cell?.loss?.ratio;
  return ratio === undefined
    ? null
    : { value: Math.log(Math.max(1, ratio)), text: String(Number(ratio.toPrecision(3))) };
};

function summaryOf(cells: readonly MatrixCell[], title: string): string {
  const compared = cells.filter(({ loss }) => loss !== null);
  const losing = compared.filter(({ loss }) => loss!.ratio > 1);
  const largest = compared.toSorted((x, y) => y.loss!.ratio - x.loss!.ratio)[0];
  const most =
    largest === undefined
      ? ""
      : ` The largest: ${largest.a} to ${largest.b}, ${significant(largest.loss!.ratio)} times.`;
  return `How many times worse the scheduler of a row is in ${title} than that of a column, where a search found it to lose most. It loses somewhere in ${losing.length} of ${compared.length} pairs.${most}`;
}
