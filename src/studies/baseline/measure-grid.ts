/** Runs a grid and returns the results as a baseline. */

import type { PointExecutor, PointFailure } from "../../executors/point.ts";
import type { Library } from "../../files/library.ts";
import { rowText } from "../../output/words.ts";
import type { RowKey } from "../../records/check-report.ts";
import type { RunResult } from "../../records/run-result.ts";
import { rtmmVersion } from "../../records/version.ts";
import {
  BASELINE_KIND,
  BASELINE_VERSION,
  type Baseline,
  type BaselineRow,
  type BaselineScheduler,
  type FileId,
  type Grid,
} from "./baseline.ts";
import { gridIndexesOf, gridPoints, idOf } from "./grid-points.ts";
import { keptValues } from "./kept-values.ts";

export interface MeasuredGrid {
  /** Without the rows that have a failed run. */
  readonly baseline: Baseline;
  readonly failures: readonly RunFailure[];
}

export interface RunFailure extends RowKey {
  readonly seed: number;
  readonly failure: PointFailure;
}

export interface MeasureOptions {
  readonly executor: PointExecutor;
  readonly library: Library;
  readonly signal?: AbortSignal;
  /** Called for every run that has a result, in any order. The label identifies the run. */
  readonly finished?: (result: RunResult, label: string) => void;
}

/** Rejects with the signal's reason if it is aborted. */
export async function measureGrid(grid: Grid, options: MeasureOptions): Promise<MeasuredGrid> {
  const { executor, library, signal, finished } = options;
  const points = gridPoints(grid, library);
  const runs: (MeasuredRun | undefined)[] = new Array(points.count).fill(undefined);
  const failures: (RunFailure | undefined)[] = new Array(points.count).fill(undefined);
  await executor.run(
    points,
    (outcome) => {
      const name = nameOfRun(outcome.index, grid);
      if (outcome.kind === "failed") failures[outcome.index] = { ...name, failure: outcome.failure };
      else {
        runs[outcome.index] = measuredRun(outcome.result);
        finished?.(outcome.result, `${rowText(name)}, seed ${name.seed}`);
      }
    },
    signal,
  );
  return {
    baseline: baselineOf(grid, runs),
    failures: failures.filter((failure) => failure !== undefined),
  };
}

/** The kept part of a result. Complete results of a large grid would not fit in memory. */
type MeasuredRun = Pick<RunResult, "inputs" | "scheduler"> & {
  readonly values: ReturnType<typeof keptValues>;
  readonly hash: string;
};

const HASH_DIGITS = 16;

const measuredRun = (result: RunResult): MeasuredRun => ({
  inputs: result.inputs,
  scheduler: result.scheduler,
  values: keptValues(result),
  hash: result.resultHash.slice(0, HASH_DIGITS),
});

function nameOfRun(index: number, grid: Grid): RowKey & { readonly seed: number } {
  const { caseIndex, schedulerIndex, seedIndex } = gridIndexesOf(index, grid);
  return { ...rowName(grid, caseIndex, schedulerIndex), seed: grid.seeds[seedIndex]! };
}

function rowName({ cases, schedulers }: Grid, caseIndex: number, schedulerIndex: number): RowKey {
  const { scenario, system } = cases[caseIndex]!;
  return { scenario, system, scheduler: schedulers[schedulerIndex]!.label };
}

function baselineOf(grid: Grid, runs: readonly (MeasuredRun | undefined)[]): Baseline {
  const { seeds, durationMs, warmupMs, variation, cases, schedulers } = grid;
  const ofRow = (caseIndex: number, schedulerIndex: number) => {
    const from = (caseIndex * schedulers.length + schedulerIndex) * seeds.length;
    return runs.slice(from, from + seeds.length);
  };
  const ofCase = (caseIndex: number) => schedulers.flatMap((_, index) => ofRow(caseIndex, index)).filter(isDone);
  const ofScheduler = (index: number) => cases.flatMap((_, caseIndex) => ofRow(caseIndex, index)).filter(isDone);
  return {
    kind: BASELINE_KIND,
    schemaVersion: BASELINE_VERSION,
    rtmmVersion,
    seeds,
    durationMs,
    warmupMs,
    ...(variation !== undefined && { variation }),
    schedulers: schedulers.map(({ label, scheduler, given }, index) => {
      const first = ofScheduler(index)[0];
      return { label, scheduler, given, params: first?.scheduler.params ?? {}, ...importsOf(first) };
    }),
    cases: cases.map(({ scenario, system, scenarioFile, systemFile }, index) => {
      return { scenario, system, scenarioFile, systemFile, inputs: inputIdsOf(ofCase(index)) };
    }),
    inputs: hashesOf(runs.filter(isDone)),
    rows: cases.flatMap((_, caseIndex) =>
      schedulers.flatMap((__, index) => rowOf(rowName(grid, caseIndex, index), ofRow(caseIndex, index))),
    ),
  };
}

const isDone = (run: MeasuredRun | undefined): run is MeasuredRun => run !== undefined;

/** The scheduler's own file is the first of its files. */
function importsOf(run: MeasuredRun | undefined): Pick<BaselineScheduler, "imports"> {
  const [, ...imports] = (run?.inputs ?? []).filter(({ role }) => role === "scheduler");
  return imports.length === 0 ? {} : { imports: imports.map(idOf).sort() };
}

/** Seeds may read different files if tasks are drawn at random. */
const inputIdsOf = (runs: readonly MeasuredRun[]): readonly FileId[] =>
  [...new Set(runs.flatMap(({ inputs }) => inputs.filter(({ role }) => role !== "scheduler").map(idOf)))].sort();

function hashesOf(runs: readonly MeasuredRun[]): Readonly<Record<FileId, string>> {
  const files = runs.flatMap(({ inputs }) => inputs.map((input): [FileId, string] => [idOf(input), input.sha256]));
  return Object.fromEntries([...new Map(files)].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Empty if a seed is missing. */
function rowOf(name: RowKey, runs: readonly (MeasuredRun | undefined)[]): BaselineRow[] {
  if (!runs.every(isDone)) return [];
  const keys = [...new Set(runs.flatMap(({ values }) => Object.keys(values)))];
  const values = keys.map((key) => [key, runs.map((run) => run.values[key] ?? null)]);
  return [{ ...name, results: runs.map(({ hash }) => hash), values: Object.fromEntries(values) }];
}
