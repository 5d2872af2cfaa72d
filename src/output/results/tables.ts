/** The rows and columns of result tables, without the layout of a format. */

import { metrics } from "../../metrics/index.ts";
import type { Metric } from "../../metrics/metric.ts";
import { utilisation } from "../../metrics/utilisation.ts";
import { overallScore } from "../../records/overall-score.ts";
import type { RunResult } from "../../records/run-result.ts";
import { type MaybeNumber, readable, unitText } from "../number-text.ts";
import { left, right, type Table } from "../text-table.ts";
import { subjectText } from "../variation-text.ts";

const metricOf = new Map(metrics.map((metric) => [metric.name, metric]));

/** Metrics of the per-task table with headings that leave room for names. */
const taskColumns: readonly (readonly [metric: string, heading: string])[] = [
  ["released", "jobs"],
  ["late", "late"],
  ["dropped", "drop"],
  ["deadlineViolationRate", "viol %"],
  ["meanResponseMs", "mean ms"],
  ["p99Ms", "p99 ms"],
  ["energyMj", "mJ"],
];

/** Shown by default; `-m all` shows the whole catalogue. */
export const headline = [
  "uxCost",
  "uxCostGuarded",
  "slaSatisfaction",
  "energyMj",
  "p99Ms",
  "motionToPhotonP99Ms",
  "reactionP99Ms",
  "ageP99Ms",
  "xrbenchScore",
  "utilisation",
];

/** Of one result, in reading order. `chosen`: metrics; undefined: the headline, with utilisation by accelerator. */
export function resultTables(result: RunResult, chosen?: readonly Metric[]): readonly Table[] {
  const phases = result.phases.length === 0 ? [] : [phaseTable(result)];
  const reads = result.tasks.every((task) => task.reads === undefined) ? [] : [readsTable(result)];
  if (chosen === undefined) return [taskTable(result), ...reads, headlineTable(result), ...phases];
  const accelerators = chosen.filter((metric) => isOfAccelerators(metric, result));
  const perAccelerator = accelerators.length === 0 ? [] : [acceleratorTable(result, accelerators)];
  return [taskTable(result), ...reads, metricTable(result, chosen), ...perAccelerator, ...phases];
}

/** Optional metrics only where an accelerator has a value. */
const isOfAccelerators = ({ name, accelerator, isOptional }: Metric, { accelerators }: RunResult): boolean =>
  accelerator !== undefined && (isOptional !== true || accelerators.some((each) => each[name] !== undefined));

const taskTable = ({ tasks }: RunResult): Table => ({
  columns: [left("task"), left("model"), ...taskColumns.map(([, heading]) => right(heading))],
  rows: tasks.map((task) => [task.id, task.model, ...taskColumns.map(([name]) => text(task, name))]),
});

/** One row for each task that another one reads: the ages at the reader's completion. */
const readsTable = ({ tasks }: RunResult): Table => ({
  columns: [left("task"), left("reads"), ...readColumns.map(({ heading }) => right(heading))],
  rows: tasks.flatMap(({ id, reads = [] }) =>
    reads.map((read) => [id, read.task, ...readColumns.map(({ name, unit }) => readable(read[name], unit))]),
  ),
});

const readColumns = [
  { name: "reads", heading: "times", unit: "count" },
  { name: "emptyReads", heading: "empty", unit: "count" },
  { name: "ageMeanMs", heading: "mean age ms", unit: "ms" },
  { name: "ageP50Ms", heading: "p50 ms", unit: "ms" },
  { name: "ageP99Ms", heading: "p99 ms", unit: "ms" },
  { name: "ageMaxMs", heading: "max ms", unit: "ms" },
] as const;

const metricColumns = [left("metric"), right("value"), left("unit"), left("better")];

/** The whole catalogue is shown without metrics that have no value and counts that are 0. */
const metricTable = (result: RunResult, chosen: readonly Metric[]): Table => ({
  columns: metricColumns,
  rows: chosen
    .filter((metric) => chosen.length < metrics.length || isWorthShowing(metric, result.metrics[metric.name]))
    .map((metric) => metricRow(metric, result.metrics)),
});

const headlineTable = (result: RunResult): Table => ({
  columns: metricColumns,
  rows: [
    // Motion to photon and reaction need a display, and ages need tasks that read.
    ...headline.filter((name) => name in result.metrics).map((name) => metricRow(metricOf.get(name)!, result.metrics)),
    ...shownUtilisations(result).map((accelerator) => metricRow(utilisation, accelerator, `  of ${accelerator.id}`)),
  ],
});

const MOST_UTILISATIONS = 4;

/** Of every accelerator if there are few, else of the busiest. A single one equals the scenario's value. */
function shownUtilisations({ accelerators }: RunResult): RunResult["accelerators"] {
  if (accelerators.length === 1) return [];
  if (accelerators.length <= MOST_UTILISATIONS) return accelerators;
  const busyOf = (accelerator: RunResult["accelerators"][number]) => (accelerator.utilisation as MaybeNumber) ?? 0;
  return [accelerators.reduce((most, each) => (busyOf(each) > busyOf(most) ? each : most))];
}

const metricRow = (metric: Metric, values: Readonly<Record<string, unknown>>, title = metric.title): string[] => [
  title,
  text(values, metric.name),
  unitText(metric.unit),
  metric.better === "neither" ? "" : metric.better,
];

const isWorthShowing = ({ unit }: Metric, value: MaybeNumber): boolean =>
  value !== null && value !== undefined && (unit !== "count" || value !== 0);

const acceleratorTable = ({ accelerators }: RunResult, shown: readonly Metric[]): Table => ({
  columns: [left("accelerator"), ...shown.map(({ title, unit }) => right(`${title} ${unitText(unit)}`.trim()))],
  rows: accelerators.map((accelerator) => [accelerator.id, ...shown.map(({ name }) => text(accelerator, name))]),
});

/** One row per phase. */
const phaseTable = ({ phases }: RunResult): Table => ({
  columns: [left("phase"), right("from ms"), ...phaseColumns.map(([, heading]) => right(heading))],
  rows: phases.map((phase) => [
    phase.name,
    readable(phase.fromMs, "ms"),
    ...phaseColumns.map(([name]) => text(phase.metrics, name)),
  ]),
});

const phaseColumns: readonly (readonly [metric: string, heading: string])[] = [
  ["released", "jobs"],
  ["uxCost", "UXCost"],
  ["uxCostGuarded", "guarded"],
  ["slaSatisfaction", "SLA %"],
  ["meanResponseMs", "mean ms"],
  ["energyMj", "mJ"],
];

const scenarioColumns: readonly (readonly [metric: string, heading: string])[] = [
  ["uxCost", "UXCost"],
  ["uxCostGuarded", "guarded"],
  ["slaSatisfaction", "SLA %"],
  ["edpMjMs", "EDP mJ·ms"],
  ["energyMj", "mJ"],
  ["xrbenchScore", "XRBench"],
];

/** One row per scenario. */
export const scenarioTable = (results: readonly RunResult[]): Table => ({
  columns: [left("scenario"), ...scenarioColumns.map(([, heading]) => right(heading))],
  rows: results.map((result) => [result.scenario, ...scenarioColumns.map(([name]) => text(result.metrics, name))]),
});

/** What was run, on one line. */
export function runTitle({ scheduler, seed, durationMs, warmupMs, ...subject }: RunResult): string {
  const warmup = warmupMs === 0 ? "" : ` after ${warmupMs} ms`;
  return `${subjectText(subject)}: ${scheduler.name}, seed ${seed}, ${durationMs} ms${warmup}`;
}

/** The same for several results that differ only in their scenarios. */
export function setTitle(results: readonly [RunResult, ...RunResult[]]): string {
  const { scheduler, seed, ...subject } = results[0];
  return `${subjectText({ ...subject, scenario: `${results.length} scenarios` })}: ${scheduler.name}, seed ${seed}`;
}

export function overallLine(results: readonly RunResult[]): string {
  const { xrbenchScore, scenarios } = overallScore(results);
  return `Overall XRBench score: ${readable(xrbenchScore, "score")} (mean over ${scenarios} scenarios)`;
}

function text(values: Readonly<Record<string, unknown>>, name: string): string {
  return readable(values[name] as MaybeNumber, metricOf.get(name)!.unit);
}
