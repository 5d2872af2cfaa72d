/** How much each scheduler was found to lose to each other one, as a heat map. */
import { BOUND, shortRatio } from "../../output/adversary/matrix.ts";
import { significant } from "../../output/number-text.ts";
import type { AdversaryMatrix, FarthestCase, Loss, MatrixCell } from "../../records/adversary.ts";
import type { Figure } from "../figure.ts";
import { type HeatCell, type HeatMap, heatMapHeight, heatMapOption } from "../kit/heat-map.ts";

export function matrixFigure({ schedulers, metric, cells, farthest }: AdversaryMatrix): Figure {
  const labels = schedulers.map(({ label }) => label);
  const columns = farthest === undefined ? labels : [...labels, BOUND];
  const at = new Map(cells.map((cell) => [JSON.stringify([cell.a, cell.b]), cell.loss]));
  const losses = labels.map((a, index) => {
    const ofPairs = labels.map((b) => at.get(JSON.stringify([a, b])) ?? null);
    return farthest === undefined ? ofPairs : [...ofPairs, farthest[index]!.loss];
  });
  const map: HeatMap = {
    columns,
    rows: labels,
    xName: "to this one",
    yName: "loses",
    colors: "sequential",
    cells: losses.map((row) => row.map(heatCell)),
  };
  return {
    id: "adversary",
    title: `Largest losses in ${metric.title}`,
    summary: [summaryOf(cells, metric.title), ...(farthest === undefined ? [] : [distanceSummary(farthest)])].join(" "),
    data: {
      columns: [{ name: "loses", heading: "loses" }, ...columns.map((label) => ({ name: label, heading: label }))],
      rows: labels.map((a, index) => [a, ...losses[index]!.map((loss) => loss?.ratio ?? null)]),
    },
    height: (look) => heatMapHeight(map, look),
    option: (look) => heatMapOption(map, look),
  };
}

/** Twice as bad is as far from even as four times is from twice. */
const heatCell = (loss: Loss | null): HeatCell | null =>
  loss && { value: Math.log(Math.max(1, loss.ratio)), text: shortRatio(loss) };

function distanceSummary(farthest: readonly FarthestCase[]): string {
  const known = farthest.filter(({ loss }) => loss !== null);
  const most = known.toSorted((x, y) => y.loss!.ratio - x.loss!.ratio)[0];
  const start =
    "The last column says how many times the proven bound it was found to take where it is farthest from it";
  return most === undefined
    ? `${start}; no bound is known.`
    : `${start}, at most ${significant(most.loss!.ratio)} times (${most.a}).`;
}

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
