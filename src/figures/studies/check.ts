/** Values that moved against a baseline, worst first. */

import { worstFirst } from "../../output/check/worst-first.ts";
import { percentText } from "../../output/number-text.ts";
import { counted, rowText } from "../../output/words.ts";
import type { BaselineReport, CheckReport, Move } from "../../records/check-report.ts";
import type { Cell, Figure } from "../figure.ts";
import { absentFigure } from "../kit/absent.ts";
import { type RowChart, rowChartHeight, rowChartOption } from "../kit/rows.ts";
import { type Look, seriesColor } from "../look.ts";

const MOST_MOVES = 30;

/** For each baseline one. */
export const checkFigures = ({ baselines }: CheckReport): readonly Figure[] =>
  baselines.map((baseline, index) => movesFigure(baseline, baselines.length === 1 ? "moves" : `moves-${index + 1}`));

function movesFigure({ name, compared, moves }: BaselineReport, id: string): Figure {
  const title = `What moved against baseline ${name}`;
  if (moves.length === 0)
    return absentFigure(id, title, `Nothing moved: ${counted(compared, "value")} are as in baseline ${name}.`);
  const sorted = worstFirst(moves);
  const failing = moves.filter(({ fails }) => fails).length;
  const shown = sorted.filter(({ change }) => change !== null).slice(0, MOST_MOVES);
  const left = sorted.length - shown.length;
  const summary = `${counted(moves.length, "value")} moved and ${failing} fail, of ${compared}.${left > 0 ? ` ${left} are only in the table.` : ""}`;
  const data = dataOf(sorted);
  if (shown.length === 0)
    return { ...absentFigure(id, title, `${summary} None of them has a relative size.`, data), summary };
  return {
    ...{ id, title, summary, data },
    height: (look) => rowChartHeight(chartOf(shown, look), look),
    option: (look) => rowChartOption(chartOf(shown, look), look),
  };
}

const verdicts = [
  { verdict: "worse", color: 1, pattern: 1 },
  { verdict: "changed", color: 3, pattern: 3 },
  { verdict: "better", color: 0, pattern: 0 },
  { verdict: "tolerated", color: 6, pattern: 4 },
] as const;

function chartOf(moves: readonly Move[], look: Look): RowChart {
  return {
    rows: moves.map((move) => `${move.value}: ${rowText(move)}`),
    panels: [
      {
        axis: { name: "change against the baseline", format: percentText },
        parts: verdicts
          .filter(({ verdict }) => moves.some((move) => move.verdict === verdict))
          .map(({ verdict, color, pattern }) => ({
            ...{ kind: "bars" as const, name: verdict, color: seriesColor(look.colors, color), pattern },
            values: moves.map((move) => (move.verdict === verdict ? move.change : null)),
          })),
        ends: moves.map(({ change }) => `${change! > 0 ? "+" : ""}${Number((100 * change!).toPrecision(3))} %`),
      },
    ],
  };
}

const dataOf = (moves: readonly Move[]): Figure["data"] => ({
  columns: ["scenario", "system", "scheduler", "value", "before", "now", "change", "verdict", "fails"].map((name) => ({
    name,
    heading: name,
  })),
  rows: moves.map((move): readonly Cell[] => [
    ...[move.scenario, move.system, move.scheduler, move.value, move.before, move.now, move.change, move.verdict],
    move.fails ? 1 : 0,
  ]),
});
