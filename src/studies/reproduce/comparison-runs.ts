/** Runs the comparisons of a reproduction, each completely or not at all, and reads values from their results. */

import { mean } from "../../analysis/statistics/mean.ts";
import type { PairedSample } from "../../analysis/statistics/paired-ratio.ts";
import { severalAtOnce } from "../../executors/several-at-once.ts";
import type { ReproductionScheduler } from "../../records/reproduction.ts";
import type { InputFile, RunResult, Variation } from "../../records/run-result.ts";
import { planComparison } from "../compare/plan.ts";
import { type ComparisonRuns, runComparison } from "../compare/run-comparison.ts";
import type { Bench } from "./paper.ts";

export interface RunSettings {
  /** Names or paths of scenarios and suites. */
  readonly scenarios: readonly string[];
  readonly systems: readonly string[];
  readonly schedulers: readonly ReproductionScheduler[];
  readonly seeds: readonly number[];
  readonly durationMs: number | undefined;
  /** Absent: nothing differs from the files. */
  readonly variation?: Variation | undefined;
}

/** The result of `run` for each item, in the order of the items. `run` makes one comparison. */
export function runComparisons<Item, Result>(
  items: readonly Item[],
  { comparisonsAtOnce, ended }: Bench,
  run: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  return severalAtOnce(items, comparisonsAtOnce, async (item) => {
    const result = await run(item);
    ended();
    return result;
  });
}

/** Results are in the order of the schedulers. They have the values of whole scenarios only. */
export async function comparisonRuns({ schedulers, ...settings }: RunSettings, bench: Bench): Promise<ComparisonRuns> {
  const names = schedulers.map(({ scheduler }) => scheduler);
  const plan = await planComparison(
    { ...settings, schedulers: names, baseline: names[0], params: [], paramsFiles: [], warmupMs: 0 },
    bench.workbench,
  );
  const runs = await runComparison(plan, { ...bench, wanted: "scenario" });
  if (runs.failure !== undefined) throw runs.failure.error;
  return runs;
}

/** Reads one value of a run; undefined: nothing to measure. */
export type Measured = (result: RunResult) => number | null | undefined;

export const metric =
  (name: string): Measured =>
  ({ metrics }) =>
    metrics[name];

/** A scheduler's values in one case, one per seed; undefined if a seed has nothing to measure. */
export function bySeed(
  { results }: ComparisonRuns,
  caseIndex: number,
  schedulerIndex: number,
  of: Measured,
): readonly number[] | undefined {
  const values = results.map((ofSeed) => of(ofSeed[caseIndex]![schedulerIndex]!) ?? undefined);
  return values.every((value) => value !== undefined) ? values : undefined;
}

export const meanOver = (values: readonly number[] | undefined): number | undefined => values && mean(values);

/** Undefined if one side has nothing to measure. */
export const paired = (
  values: readonly number[] | undefined,
  baseline: readonly number[] | undefined,
): PairedSample | undefined => values && baseline && { values, baseline };

/** The distinct files that the runs read, ordered by path. */
export const inputsOf = (all: readonly ComparisonRuns[]): readonly InputFile[] =>
  distinctByPath(
    all.flatMap(({ cases, schedulers }) => [...cases, ...schedulers].flatMap(({ setup }) => setup.inputs)),
  );

/** Ordered by path. */
export function distinctByPath(files: readonly InputFile[]): readonly InputFile[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

export const namesOf = (all: readonly ComparisonRuns[]) => ({
  scenarios: [...new Set(all.flatMap(({ cases }) => cases.map(({ scenario }) => scenario)))],
  systems: [...new Set(all.flatMap(({ cases }) => cases.map(({ system }) => system)))],
});
