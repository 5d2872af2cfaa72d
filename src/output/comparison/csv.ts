/** A comparison as CSV in long form: one row for each seed's value, each mean and each geometric mean. */

import type { ComparedRun, Comparison, MetricComparison, SchedulerComparison } from "../../records/comparison.ts";
import type { Format } from "../format.ts";
import { type Field, listingCsv } from "../listing.ts";
import { variationCell } from "../variation-text.ts";
import { caseText } from "../words.ts";
import { hasGaps } from "./rows.ts";

export const csv: Format<Comparison> = {
  name: "csv",
  render: (comparison) =>
    listingCsv({
      fields: [...fields, ...gapFields(comparison), ...variationFields(comparison)],
      records: comparison.metrics.flatMap((each) => rowsOf(each, comparison)),
    }),
};

interface Row {
  readonly metric: MetricComparison;
  readonly scope: "seed" | "mean" | "geomean";
  readonly scenario: string;
  readonly system: string;
  readonly scheduler: string;
  readonly seed?: number;
  readonly value: number | null;
  readonly standing?: SchedulerComparison;
}

const fields: readonly Field<Row>[] = [
  { name: "metric", value: ({ metric }) => metric.name },
  { name: "unit", value: ({ metric }) => metric.unit },
  { name: "better", value: ({ metric }) => metric.better },
  { name: "scope", value: ({ scope }) => scope },
  { name: "scenario", value: ({ scenario }) => scenario },
  { name: "system", value: ({ system }) => system },
  { name: "scheduler", value: ({ scheduler }) => scheduler },
  { name: "seed", value: ({ seed }) => seed },
  { name: "value", value: ({ value }) => value },
  { name: "ratio", value: ({ standing }) => standing?.ratio },
  { name: "ratioLow95", value: ({ standing }) => standing?.interval?.low },
  { name: "ratioHigh95", value: ({ standing }) => standing?.interval?.high },
  { name: "verdict", value: ({ standing }) => standing?.verdict },
  { name: "difference", value: ({ standing }) => standing?.difference },
  { name: "differenceLow95", value: ({ standing }) => standing?.differenceInterval?.low },
  { name: "differenceHigh95", value: ({ standing }) => standing?.differenceInterval?.high },
];

/** The columns exist only if bounds were requested. */
const gapFields = ({ metrics }: Comparison): readonly Field<Row>[] =>
  metrics.some(hasGaps)
    ? [
        { name: "bound", value: ({ standing }) => standing?.bound },
        { name: "gap", value: ({ standing }) => standing?.gap },
      ]
    : [];

/** The column exists only if something is varied. */
const variationFields = ({ variation }: Comparison): readonly Field<Row>[] =>
  variation === undefined ? [] : [{ name: "variation", value: () => variationCell(variation) }];

function rowsOf(metric: MetricComparison, { runs }: Comparison): readonly Row[] {
  const ofSeed = (run: ComparedRun): Row => ({
    metric,
    scope: "seed",
    ...run,
    value: run.metrics[metric.name] ?? null,
  });
  const means = metric.cases.flatMap(({ schedulers, ...place }) =>
    schedulers.map((each): Row => ({ ...row(metric, "mean", each), ...place })),
  );
  const geomeans = metric.geomeans.flatMap(({ over, schedulers }) => {
    const systems = new Set(over.map(({ system }) => system));
    const names = over.map((each) => (systems.size === 1 ? each.scenario : caseText(each)));
    const place = { scenario: names.join(" + "), system: [...systems].join(" + ") };
    return schedulers.map((each): Row => ({ ...row(metric, "geomean", each), ...place }));
  });
  return [...runs.map(ofSeed), ...means, ...geomeans];
}

const row = (metric: MetricComparison, scope: Row["scope"], standing: SchedulerComparison): Row => {
  const { scheduler, mean } = standing;
  return { metric, scope, scenario: "", system: "", scheduler, value: mean, standing };
};
