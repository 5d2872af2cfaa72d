/** Comparisons as reproductions run them: all of it or nothing, and what a schedulers' metric came to. */

import { mean } from "../../analysis/statistics/mean.ts";
import type { PairedSample } from "../../analysis/statistics/paired-ratio.ts";
import type { ReproductionScheduler } from "../../records/reproduction.ts";
import type { InputFile, RunResult } from "../../records/run-result.ts";
import { planComparison } from "../compare/plan.ts";
import { type RanComparison, runComparison } from "../compare/run-comparison.ts";
import type { Bench } from "./paper.ts";

export interface RunSettings {
  /** Names or paths of scenarios and suites. */
  readonly scenarios: readonly string[];
  readonly systems: readonly string[];
  readonly entrants: readonly ReproductionScheduler[];
  readonly seeds: readonly number[];
  readonly durationMs: number | undefined;
}

/** Results are in the order of the entrants. */
export async function ran({ entrants, ...settings }: RunSettings, bench: Bench): Promise<RanComparison> {
  const schedulers = entrants.map(({ scheduler }) => scheduler);
  const baseline = schedulers[0]!;
  const plan = await planComparison(
    { ...settings, schedulers, baseline, params: [], paramsFiles: [], warmupMs: 0 },
    bench.workbench,
  );
  const all = await runComparison(plan, bench.workbench, bench.around);
  if (all.failure !== undefined) throw all.failure.error;
  return all;
}

/** Value of a run; undefined: nothing to measure. */
export type Measured = (result: RunResult) => number | null | undefined;

export const metric =
  (name: string): Measured =>
  ({ metrics }) =>
    metrics[name];

/** One value a seed, of one entrant in one case; undefined where a seed has nothing to measure. */
export function bySeed(
  { results }: RanComparison,
  caseIndex: number,
  entrant: number,
  of: Measured,
): readonly number[] | undefined {
  const values = results.map((ofSeed) => of(ofSeed[caseIndex]![entrant]!) ?? undefined);
  return values.every((value) => value !== undefined) ? values : undefined;
}

export const meanOver = (values: readonly number[] | undefined): number | undefined => values && mean(values);

/** Undefined where one side has nothing to measure. */
export const paired = (
  values: readonly number[] | undefined,
  baseline: readonly number[] | undefined,
): PairedSample | undefined => values && baseline && { values, baseline };

/** Every file that runs have read, each once, by path. */
export function inputsOf(all: readonly RanComparison[]): readonly InputFile[] {
  const files = all.flatMap(({ results }) => results.flat(2).flatMap(({ inputs }) => inputs));
  const byPath = new Map(files.map((file) => [file.path, file]));
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

export const namesOf = (all: readonly RanComparison[]) => ({
  scenarios: [...new Set(all.flatMap(({ cases }) => cases.map(({ scenario }) => scenario)))],
  systems: [...new Set(all.flatMap(({ cases }) => cases.map(({ system }) => system)))],
});
