/** A paper's claims, or targets, beside our results: a bar with its interval for ours, a mark for what is claimed. */
import { percentText } from "../../output/number-text.ts";
import type { Claim, FigureUnit, Reproduction } from "../../records/reproduction.ts";
import type { Figure } from "../figure.ts";
import { type RowChart, rowChartHeight, rowChartOption } from "../kit/rows.ts";
import { type Look, seriesColor } from "../look.ts";
import { shown, shownShare } from "../run/values.ts";

const unitNames: Readonly<Partial<Record<FigureUnit, string>>> = {
  share: "share",
  ratio: "ratio",
  score: "score, 0 to 1",
  points: "score, 0 to 100",
  count: "number",
};

/** One for each unit. Claims without a number have a bar alone. */
export function claimFigures({ claims, title: paper }: Reproduction): readonly Figure[] {
  const measured = claims.filter(({ ours }) => ours !== null);
  const units = [...new Set(measured.map(({ unit }) => unit))];
  return units.map((unit) => {
    const own = measured.filter((claim) => claim.unit === unit);
    const chart = (look: Look): RowChart => chartOf(own, unit, look);
    const claimed = own.filter((claim) => typeof claim.claimed === "number").length;
    const isTarget = areTargets(own);
    return {
      id: units.length === 1 ? "claims" : `claims-${unit}`,
      title: isTarget ? "Targets and results" : "Claims and results",
      summary: `${paper}: ${own.length} results, ${claimed} of them beside a ${isTarget ? "target" : "claimed number"} (diamonds).`,
      data: {
        columns: [
          { name: "claim", heading: "claim" },
          { name: "claimed", heading: "claimed" },
          { name: "ours", heading: "ours" },
          { name: "low95", heading: "95 % from" },
          { name: "high95", heading: "to" },
        ],
        rows: own.map(({ what, claimed, ours, interval }) => [
          ...[what, claimed, ours],
          ...[interval?.low ?? null, interval?.high ?? null],
        ]),
      },
      height: (look) => rowChartHeight(chart(look), look),
      option: (look) => rowChartOption(chart(look), look),
    };
  });
}

const areTargets = (claims: readonly Claim[]): boolean => claims.some(({ target }) => target !== undefined);

function chartOf(own: readonly Claim[], unit: FigureUnit, look: Look): RowChart {
  const numbers = own.map(({ claimed }) => (typeof claimed === "number" ? claimed : null));
  const lows = own.map(({ interval }) => interval?.low ?? null);
  const highs = own.map(({ interval }) => interval?.high ?? null);
  return {
    rows: own.map(({ what }) => what),
    panels: [
      {
        axis: { name: unitNames[unit] ?? unit, ...(unit === "share" && { format: percentText }) },
        parts: [
          {
            kind: "bars",
            name: "ours",
            color: seriesColor(look.colors, 0),
            pattern: 0,
            values: own.map(({ ours }) => ours),
          },
          { kind: "range", color: look.colors.text, from: lows, to: highs },
          ...(numbers.some((number) => number !== null)
            ? [
                {
                  kind: "marks" as const,
                  name: areTargets(own) ? "target" : "claimed",
                  color: seriesColor(look.colors, 1),
                  values: numbers,
                  symbol: "diamond",
                },
              ]
            : []),
        ],
        ends: own.map(({ ours }) => (unit === "share" ? shownShare(ours) : shown(ours))),
      },
    ],
  };
}
