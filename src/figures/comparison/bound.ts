/** Each scheduler in one metric beside what no scheduler can beat, where `compare --bound` has proven it. */
import { significant } from "../../output/number-text.ts";
import { caseText } from "../../output/words.ts";
import type { Comparison, MetricComparison, SchedulerComparison } from "../../records/comparison.ts";
import type { Cell, Figure } from "../figure.ts";
import { type BarName, type GroupBars, groupBarsHeight, groupBarsOption } from "../kit/group-bars.ts";
import { metricAxis } from "../kit/metric-axis.ts";

interface BoundedCase {
  readonly name: string;
  /** In the order of the comparison's schedulers. */
  readonly schedulers: readonly SchedulerComparison[];
}

/** undefined: no case has a bound on it. */
export function boundFigure(comparison: Comparison, metric: MetricComparison): Figure | undefined {
  const cases = casesWithBound(comparison, metric);
  if (cases.length === 0) return undefined;
  const chart = chartOf(comparison, metric, cases);
  return {
    id: `bound-${metric.name}`,
    title: `${metric.title}, and what no scheduler can beat`,
    summary: `${meaningOf(metric)} ${closestText(metric, cases)}`,
    data: dataOf(cases),
    height: (look) => groupBarsHeight(chart, look),
    option: (look) => groupBarsOption(chart, look),
  };
}

function casesWithBound({ cases }: Comparison, metric: MetricComparison): readonly BoundedCase[] {
  const isOneSystem = new Set(cases.map(({ system }) => system)).size === 1;
  return metric.cases
    .filter((each) => each.schedulers.some(({ gap }) => gap != null))
    .map((each) => ({ name: isOneSystem ? each.scenario : caseText(each), schedulers: each.schedulers }));
}

/** Shares stand beside their bound. Other values are told in multiples of it: they may differ a hundredfold by case. */
function chartOf({ schedulers }: Comparison, metric: MetricComparison, cases: readonly BoundedCase[]): GroupBars {
  const isShare = metric.unit === "share";
  const bars = schedulers.map(({ label }, index): BarName => {
    const standings = cases.map((each) => each.schedulers[index]!);
    const values = standings.map((standing) => (isShare ? meanOf(standing) : multipleOf(standing)));
    return {
      ...{ name: label, index },
      values: values.map((value) => (value === null ? null : { value })),
      ...(isShare && { marks: standings.map(({ bound }) => bound ?? null) }),
    };
  });
  const groups = cases.map(({ name }) => name);
  return isShare
    ? { groups, axis: metricAxis(metric, { min: 0 }), bars, marksName: "proven bound" }
    : { groups, axis: { name: `${metric.title} / proven bound`, min: 0 }, bars, reference: 1 };
}

const meanOf = ({ mean, bound }: SchedulerComparison): number | null => (bound == null ? null : mean);

const multipleOf = ({ gap }: SchedulerComparison): number | null => (gap == null ? null : 1 + gap);

function meaningOf({ name, title, unit }: MetricComparison): string {
  if (unit === "share") return `${title}; a diamond is what no scheduler can beat on the same draws.`;
  const of = name === "energyMj" || name === "uxCost" ? "no schedule with as few misses" : "no scheduler";
  return `${title} in multiples of what ${of} can beat on the same draws; at 1 a run is optimal.`;
}

function closestText({ unit }: MetricComparison, cases: readonly BoundedCase[]): string {
  const gaps = cases.flatMap(({ name, schedulers }) =>
    schedulers.flatMap(({ scheduler, gap }) => (gap == null ? [] : [{ name, scheduler, gap }])),
  );
  const [closest] = gaps.toSorted((a, b) => a.gap - b.gap);
  const { name, scheduler, gap } = closest!;
  const far = unit === "share" ? `${significant(100 * gap)} points from it` : `at ${significant(1 + gap)} of it`;
  return gap <= 0 ? `${scheduler} reaches it in ${name}.` : `${scheduler} comes closest, ${far} in ${name}.`;
}

const dataOf = (cases: readonly BoundedCase[]): Figure["data"] => ({
  columns: [
    { name: "case", heading: "case" },
    { name: "scheduler", heading: "scheduler" },
    { name: "mean", heading: "mean" },
    { name: "bound", heading: "proven bound" },
    { name: "gap", heading: "gap" },
  ],
  rows: cases.flatMap(({ name, schedulers }) =>
    schedulers.map(({ scheduler, mean, bound, gap }): readonly Cell[] => [
      ...[name, scheduler, mean],
      ...[bound ?? null, gap ?? null],
    ]),
  ),
});
