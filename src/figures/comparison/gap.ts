/** Misses of each scheduler beside what no scheduler can avoid. */
import { percentText } from "../../output/number-text.ts";
import { caseText } from "../../output/words.ts";
import type { CaseBound } from "../../records/case-bound.ts";
import type { Comparison } from "../../records/comparison.ts";
import type { Figure } from "../figure.ts";
import { type GroupBars, groupBarsHeight, groupBarsOption } from "../kit/group-bars.ts";

/** undefined: no case has a bound, or misses were not compared. */
export function gapFigure(comparison: Comparison, bounds: readonly CaseBound[]): Figure | undefined {
  const missRates = missRatesOf(comparison);
  if (missRates === undefined) return undefined;
  const isOneSystem = new Set(comparison.cases.map(({ system }) => system)).size === 1;
  const cases = comparison.cases.flatMap((place, at) => {
    const bound = bounds.find(({ scenario, system }) => scenario === place.scenario && system === place.system);
    return bound === undefined
      ? []
      : [
          {
            name: isOneSystem ? place.scenario : caseText(place),
            least: bound.leastViolationRate,
            rates: missRates[at]!,
          },
        ];
  });
  if (cases.length === 0) return undefined;
  const labels = comparison.schedulers.map(({ label }) => label);
  const chart: GroupBars = {
    groups: cases.map(({ name }) => name),
    axis: { name: "jobs that miss their deadlines", min: 0, scale: "linear", format: percentText },
    bars: [
      ...labels.map((name, index) => ({
        ...{ name, index },
        values: cases.map(({ rates }) => (rates[index] == null ? null : { value: rates[index] })),
      })),
      { name: "proven: at least", index: labels.length, values: cases.map(({ least }) => ({ value: least })) },
    ],
  };
  return {
    id: "gap",
    title: "Misses, and what no scheduler can avoid",
    summary: summaryOf(cases, labels),
    data: {
      columns: [
        { name: "case", heading: "case" },
        { name: "leastViolationRate", heading: "at least, proven" },
        ...labels.map((name) => ({ name, heading: name })),
      ],
      rows: cases.map(({ name, least, rates }) => [name, least, ...rates]),
    },
    height: (look) => groupBarsHeight(chart, look),
    option: (look) => groupBarsOption(chart, look),
  };
}

/** By case and scheduler; undefined: neither metric was compared. */
function missRatesOf({ metrics }: Comparison): readonly (readonly (number | null)[])[] | undefined {
  const violations = metrics.find(({ name }) => name === "deadlineViolationRate");
  const satisfaction = metrics.find(({ name }) => name === "slaSatisfaction");
  const metric = violations ?? satisfaction;
  return metric?.cases.map(({ schedulers }) =>
    schedulers.map(({ mean }) => (mean === null || violations !== undefined ? mean : 1 - mean)),
  );
}

interface GapCase {
  readonly name: string;
  readonly least: number;
  readonly rates: readonly (number | null)[];
}

function summaryOf(cases: readonly GapCase[], labels: readonly string[]): string {
  const gaps = cases.flatMap(({ name, least, rates }) =>
    rates.flatMap((rate, index) => (rate === null ? [] : [{ name, least, rate, label: labels[index]! }])),
  );
  const [closest] = gaps.toSorted((a, b) => a.rate - a.least - (b.rate - b.least));
  const proven = "Bars beside the share of jobs that is proven to miss, whatever the scheduler.";
  if (closest === undefined) return proven;
  const gap = closest.rate - closest.least;
  const how = gap <= 0 ? "reaches it" : `comes closest to it, within ${percentText(gap)} of the jobs,`;
  return `${proven} ${closest.label} ${how} in ${closest.name}.`;
}
