/** Which rows and columns tables of results have; how they are drawn is up to the format. */

import { metrics } from "../metrics/index.ts";
import type { Metric } from "../metrics/metric.ts";
import { overallScore } from "../records/overall-score.ts";
import type { RunResult } from "../records/run-result.ts";
import { type MaybeNumber, readable, unitText } from "./number-text.ts";
import { left, right, type TextColumn } from "./text-table.ts";
import { subjectText } from "./variation-text.ts";

export interface Table {
  readonly columns: readonly TextColumn[];
  readonly rows: readonly (readonly string[])[];
}

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

/** Of one result, in reading order. */
export function resultTables(result: RunResult): readonly Table[] {
  const phases = phaseTable(result);
  const tables = [taskTable(result), metricTable(result), acceleratorTable(result)];
  return phases === undefined ? tables : [...tables, phases];
}

const taskTable = ({ tasks }: RunResult): Table => ({
  columns: [left("task"), left("model"), ...taskColumns.map(([, heading]) => right(heading))],
  rows: tasks.map((task) => [task.id, task.model, ...taskColumns.map(([name]) => text(task, name))]),
});

/** Every metric of the catalogue that has something to say: a value, and for counts one that is not 0. */
const metricTable = (result: RunResult): Table => ({
  columns: [left("metric"), right("value"), left("unit"), left("better")],
  rows: metrics
    .filter((metric) => isTelling(metric, result.metrics[metric.name]))
    .map((metric) => [
      metric.title,
      text(result.metrics, metric.name),
      unitText(metric.unit),
      metric.better === "neither" ? "" : metric.better,
    ]),
});

const isTelling = ({ unit }: Metric, value: MaybeNumber): boolean =>
  value !== null && value !== undefined && (unit !== "count" || value !== 0);

function acceleratorTable({ accelerators }: RunResult): Table {
  const shown = metrics.filter((metric) => metric.accelerator !== undefined);
  return {
    columns: [left("accelerator"), ...shown.map(({ title, unit }) => right(`${title} ${unitText(unit)}`.trim()))],
    rows: accelerators.map((accelerator) => [accelerator.id, ...shown.map(({ name }) => text(accelerator, name))]),
  };
}

/** A row a phase; undefined where the scenario has none. */
function phaseTable({ phases }: RunResult): Table | undefined {
  if (phases.length === 0) return undefined;
  return {
    columns: [left("phase"), right("from ms"), ...phaseColumns.map(([, heading]) => right(heading))],
    rows: phases.map((phase) => [
      phase.name,
      readable(phase.fromMs, "ms"),
      ...phaseColumns.map(([name]) => text(phase.metrics, name)),
    ]),
  };
}

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

/** A row a scenario. */
export const scenarioTable = (results: readonly RunResult[]): Table => ({
  columns: [left("scenario"), ...scenarioColumns.map(([, heading]) => right(heading))],
  rows: results.map((result) => [result.scenario, ...scenarioColumns.map(([name]) => text(result.metrics, name))]),
});

/** One line that says what was run. */
export function runTitle({ scheduler, seed, durationMs, warmupMs, ...subject }: RunResult): string {
  const warmup = warmupMs === 0 ? "" : ` after ${warmupMs} ms`;
  return `${subjectText(subject)}: ${scheduler.name}, seed ${seed}, ${durationMs} ms${warmup}`;
}

/** The same of several, which differ in the scenario alone. */
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
