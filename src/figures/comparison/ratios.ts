/** Ratios to the baseline in one metric: bars with intervals, and their geometric means. */
import { significant } from "../../output/number-text.ts";
import { caseText } from "../../output/words.ts";
import type { Comparison, MetricComparison, SchedulerComparison } from "../../records/comparison.ts";
import type { Cell, Figure } from "../figure.ts";
import { absentFigure } from "../kit/absent.ts";
import { type BarValue, type GroupBars, groupBarsHeight, groupBarsOption } from "../kit/group-bars.ts";
import { metricAxis } from "../kit/metric-axis.ts";

/** What is compared in a group of bars. */
export interface Standing {
  readonly name: string;
  readonly isMean: boolean;
  /** In the order of the comparison's schedulers. */
  readonly schedulers: readonly SchedulerComparison[];
}

/** The cases, then the geometric means. */
export function standingsOf({ cases }: Comparison, metric: MetricComparison): readonly Standing[] {
  const isOneSystem = new Set(cases.map(({ system }) => system)).size === 1;
  return [
    ...metric.cases.map((each) => ({
      name: isOneSystem ? each.scenario : caseText(each),
      isMean: false,
      schedulers: each.schedulers,
    })),
    ...metric.geomeans.map((each) => ({
      name: geomeanName(
        each.over.map(({ system }) => system),
        isOneSystem,
      ),
      isMean: true,
      schedulers: each.schedulers,
    })),
  ];
}

function geomeanName(systems: readonly string[], isOneSystem: boolean): string {
  const distinct = [...new Set(systems)];
  return isOneSystem || distinct.length !== 1 ? "geometric mean" : `geometric mean, ${distinct[0]}`;
}

/** The baseline's own ratio is always 1, so it does not count. */
export const haveRatios = ({ baseline }: Comparison, standings: readonly Standing[]): boolean =>
  standings.some((each) => each.schedulers.some(({ scheduler, ratio }) => scheduler !== baseline && ratio !== null));

export function ratioFigure(comparison: Comparison, metric: MetricComparison): Figure {
  const { baseline, schedulers } = comparison;
  const id = `ratio-${metric.name}`;
  const title = `${metric.title} relative to ${baseline}`;
  const standings = standingsOf(comparison, metric);
  if (!haveRatios(comparison, standings)) return meanFigure(comparison, metric, standings);
  const chart: GroupBars = {
    groups: standings.map(({ name }) => name),
    axis: { name: `${metric.title} / that of ${baseline}`, min: 0 },
    bars: schedulers.flatMap(({ label }, index) =>
      label === baseline
        ? []
        : [{ name: label, index, values: standings.map((each) => ratioOf(each.schedulers[index])) }],
    ),
    reference: 1,
  };
  return {
    ...{ id, title },
    summary: `${title}${metric.better === "neither" ? "" : `, ${metric.better} is better`}. ${extremes(comparison, metric, standings)}`,
    data: dataOf(comparison, standings),
    height: (look) => groupBarsHeight(chart, look),
    option: (look) => groupBarsOption(chart, look),
  };
}

function ratioOf(standing: SchedulerComparison | undefined): BarValue | null {
  if (standing == null || standing.ratio === null) return null;
  return { value: standing.ratio, ...(standing.interval !== null && standing.interval) };
}

/** Where no other scheduler has a ratio: values are 0 or absent, or the baseline is alone. */
function meanFigure({ schedulers }: Comparison, metric: MetricComparison, standings: readonly Standing[]): Figure {
  const id = `mean-${metric.name}`;
  const cases = standings.filter(({ isMean }) => !isMean);
  if (cases.every((each) => each.schedulers.every(({ mean }) => mean === null)))
    return absentFigure(id, metric.title, `${metric.title}: there is nothing to measure in any of the runs.`);
  const chart: GroupBars = {
    groups: cases.map(({ name }) => name),
    axis: metricAxis(metric, { min: 0 }),
    bars: schedulers.map(({ label }, index) => ({
      ...{ name: label, index },
      values: cases.map(({ schedulers: own }) => {
        const mean = own[index]?.mean ?? null;
        return mean === null ? null : { value: mean };
      }),
    })),
  };
  return {
    ...{ id, title: metric.title },
    summary: `${metric.title}: means over seeds. ${schedulers.length === 1 ? "There is no other scheduler to compare with" : "There are no ratios, because values are 0 or absent"}.`,
    data: {
      columns: [
        ...[
          { name: "case", heading: "case" },
          { name: "scheduler", heading: "scheduler" },
        ],
        { name: metric.name, heading: metric.title },
      ],
      rows: cases.flatMap((each) => each.schedulers.map(({ scheduler, mean }) => [each.name, scheduler, mean])),
    },
    height: (look) => groupBarsHeight(chart, look),
    option: (look) => groupBarsOption(chart, look),
  };
}

/** The best and the worst mean ratio. */
function extremes({ baseline }: Comparison, metric: MetricComparison, standings: readonly Standing[]): string {
  const { better } = metric;
  const whole = standings.findLast(({ isMean }) => isMean) ?? standings.at(-1)!;
  const rated = whole.schedulers.filter(({ scheduler, ratio }) => ratio !== null && scheduler !== baseline);
  if (rated.length === 0) return "";
  const sign = better === "higher" ? -1 : 1;
  const [best] = [...rated].sort((a, b) => sign * (a.ratio! - b.ratio!));
  return `${whole.isMean ? overText(metric) : whole.name}: ${best!.scheduler} has ${significant(best!.ratio!)}.`;
}

/** The mean leaves out cases without a ratio. */
function overText({ geomeans, cases }: MetricComparison): string {
  const over = geomeans.at(-1)!.over.length;
  return over === cases.length ? "Over all cases" : `Over the ${over} of ${cases.length} cases with ratios`;
}

function dataOf({ baseline }: Comparison, standings: readonly Standing[]): Figure["data"] {
  return {
    columns: [
      { name: "case", heading: "case" },
      { name: "scheduler", heading: "scheduler" },
      { name: "mean", heading: "mean" },
      { name: "ratio", heading: `ratio to ${baseline}` },
      { name: "ratioLow95", heading: "95 % from" },
      { name: "ratioHigh95", heading: "to" },
    ],
    rows: standings.flatMap(({ name, schedulers }) =>
      schedulers.map(({ scheduler, mean, ratio, interval }): readonly Cell[] => [
        ...[name, scheduler, mean, ratio],
        ...[interval?.low ?? null, interval?.high ?? null],
      ]),
    ),
  };
}
