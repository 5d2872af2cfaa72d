/** Energy by accelerator and use, and how busy accelerators are. */
import { percentText, significant } from "../../output/number-text.ts";
import type { AcceleratorDetails, PicturedRun } from "../../records/run-details.ts";
import type { AcceleratorResult } from "../../records/run-result.ts";
import type { Cell, Figure } from "../figure.ts";
import { absentFigure } from "../kit/absent.ts";
import { type RowChart, rowChartHeight, rowChartOption } from "../kit/rows.ts";
import { type Look, seriesColor } from "../look.ts";
import { energyAbsence, numberOf, shown, shownShare, sumOf } from "./values.ts";

/** A use of energy, or of time, on all accelerators. */
interface Use {
  readonly name: string;
  readonly heading: string;
  /** In the palette, or grey. */
  readonly color: number | "quiet";
  readonly pattern: number;
  /** One for each accelerator; null: not known. */
  readonly values: readonly (number | null)[];
}

export function energyFigure({ result, details }: PicturedRun): Figure {
  const id = "energy";
  const title = "Energy by accelerator and use";
  const { accelerators } = result;
  const absence = energyAbsence(result);
  const totals = accelerators.map(totalMj);
  if (totals.every((total) => total === null)) return absentFigure(id, title, absence ?? "No accelerator took energy.");
  const uses = energyUses(accelerators, details?.accelerators);
  const chart = (look: Look): RowChart => ({
    rows: accelerators.map((each) => each.id),
    panels: [
      {
        axis: { name: "energy (mJ)", min: 0 },
        parts: uses.map((use) => barsOf(use, look)),
        ends: totals.map((total) => (total === null ? "not known" : shown(total))),
      },
    ],
  });
  const most = totals.indexOf(totals.reduce((high, total) => ((total ?? 0) > (high ?? 0) ? total : high), null));
  const busiest = most < 0 ? "" : ` ${accelerators[most]!.id} takes most, ${shown(totals[most]!, "mJ")}.`;
  return {
    ...{ id, title },
    summary: `The accelerators take ${significant(sumOf(totals))} mJ, idle energy included.${busiest}${absence === undefined ? "" : ` ${absence}`}`,
    data: {
      columns: [
        { name: "accelerator", heading: "accelerator" },
        ...uses.map(({ name, heading }) => ({ name, heading: `${heading}, mJ` })),
        { name: "totalMj", heading: "total, mJ" },
      ],
      rows: accelerators.map((each, index): readonly Cell[] => [
        each.id,
        ...uses.map(({ values }) => values[index] ?? null),
        totals[index]!,
      ]),
    },
    height: (look) => rowChartHeight(chart(look), look),
    option: (look) => rowChartOption(chart(look), look),
  };
}

function totalMj(accelerator: AcceleratorResult): number | null {
  const energyMj = numberOf(accelerator, "energyMj");
  return energyMj === null ? null : energyMj + (numberOf(accelerator, "idleEnergyMj") ?? 0);
}

/** Without details, all work is one use. */
function energyUses(results: readonly AcceleratorResult[], details: readonly AcceleratorDetails[] | undefined) {
  const idle: Use = {
    ...{ name: "idleEnergyMj", heading: "idle", color: 4, pattern: 4 },
    values: results.map((each) => numberOf(each, "idleEnergyMj")),
  };
  const work: Use = {
    ...{ name: "energyMj", heading: "work", color: 0, pattern: 0 },
    values: results.map((each) => numberOf(each, "energyMj")),
  };
  if (details === undefined) return [work, idle].filter(isUsed);
  return [...kinds.map((kind): Use => ({ ...kind, values: details.map((each) => each[kind.name]) })), idle].filter(
    isUsed,
  );
}

const kinds = [
  { name: "inTimeMj", heading: "jobs in time", color: 0, pattern: 0 },
  { name: "lateMj", heading: "late jobs", color: 1, pattern: 1 },
  { name: "lostMj", heading: "dropped and lost work", color: "quiet", pattern: 3 },
  { name: "switchesMj", heading: "context switches", color: 3, pattern: 5 },
  { name: "weightsMj", heading: "loads of weights", color: 2, pattern: 2 },
] as const;

const isUsed = ({ values }: Use): boolean => values.some((value) => value === null || value > 0);

function barsOf({ heading, color, pattern, values }: Use, { colors }: Look) {
  const fill = color === "quiet" ? colors.quietText : seriesColor(colors, color);
  return { kind: "bars" as const, name: heading, color: fill, pattern, values };
}

export function utilisationFigure({ result: { accelerators, metrics } }: PicturedRun): Figure {
  const id = "utilisation";
  const title = "Utilisation of accelerators";
  const shares = accelerators.map((each) => numberOf(each, "utilisation"));
  if (shares.every((share) => share === null)) return absentFigure(id, title, "No time passed.");
  const waits = accelerators.map((each) => numberOf(each, "weightWaitShare"));
  const computes = shares.map((share, index) => (share === null ? null : Math.max(0, share - (waits[index] ?? 0))));
  const hasWaits = waits.some((wait) => wait !== null && wait > 0);
  const uses: readonly Use[] = [
    {
      name: "busyShare",
      heading: hasWaits ? "computes or moves activations" : "busy",
      color: 0,
      pattern: 0,
      values: computes,
    },
    ...(hasWaits
      ? [{ name: "weightWaitShare", heading: "waits for weights", color: 1, pattern: 1, values: waits }]
      : []),
  ];
  const chart = (look: Look): RowChart => ({
    rows: accelerators.map((each) => each.id),
    panels: [
      {
        axis: { name: "share of the run", min: 0, max: 1, format: percentText },
        parts: uses.map((use) => barsOf(use, look)),
        ends: shares.map(shownShare),
      },
    ],
  });
  const busiest = shares.reduce<number>(
    (most, share, index) => ((share ?? -1) > (shares[most] ?? -1) ? index : most),
    0,
  );
  return {
    ...{ id, title },
    summary:
      accelerators.length === 1
        ? `${accelerators[busiest]!.id} is busy ${shownShare(shares[busiest]!)} of the time.`
        : `${accelerators[busiest]!.id} is the busiest accelerator, ${shownShare(shares[busiest]!)} of the time; the mean is ${shownShare(metrics.utilisation ?? null)}.`,
    data: {
      columns: [
        { name: "accelerator", heading: "accelerator" },
        { name: "utilisation", heading: "utilisation" },
        ...(hasWaits ? [{ name: "weightWaitShare", heading: "waits for weights" }] : []),
      ],
      rows: accelerators.map((each, index) => [each.id, shares[index]!, ...(hasWaits ? [waits[index]!] : [])]),
    },
    height: (look) => rowChartHeight(chart(look), look),
    option: (look) => rowChartOption(chart(look), look),
  };
}
