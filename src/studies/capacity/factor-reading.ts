/** What the runs of one factor say about the bounds. */

import { meanEstimate } from "../../analysis/statistics/mean-estimate.ts";
import type { RunResult } from "../../records/run-result.ts";
import { holds, measuredValue, type Requirement } from "../../run/requirements/requirement.ts";
import type { Reading } from "./curve.ts";

export interface FactorReading extends Reading {
  readonly factor: number;
  /** One a bound, in their order. */
  readonly values: readonly BoundValue[];
  /** In the order of seeds: whether the run by itself meets every bound. */
  readonly heldBySeed: readonly boolean[];
  /** Jobs released and completed in the run with the fewest, of all tasks and by id of a task. */
  readonly leastJobs: ReadonlyMap<string | undefined, JobCounts>;
}

export interface BoundValue {
  /** Over the seeds; null where there is nothing to measure with one of them. */
  readonly mean: number | null;
  /** 95 % confidence interval; null for a single seed. */
  readonly interval: { readonly low: number; readonly high: number } | null;
}

export interface JobCounts {
  readonly released: number;
  readonly completed: number;
}

/** `exact`: nothing is random, so that the one run is all there is to know. */
export type Sampling = "seeds" | "exact";

/** `runs`: in the order of seeds, at least one. */
export function factorReading(
  factor: number,
  bounds: readonly Requirement[],
  runs: readonly RunResult[],
  sampling: Sampling,
): FactorReading {
  const values = bounds.map((bound) => boundValue(bound, runs, sampling));
  return {
    factor,
    values,
    heldBySeed: runs.map((run) => bounds.every((bound) => isMet(bound, measuredValue(bound, run)))),
    leastJobs: leastJobs(runs),
    holds: bounds.every((bound, i) => isMet(bound, values[i]!.mean)),
    surelyHolds: bounds.every((bound, i) => ends(values[i]!).every((end) => isMet(bound, end))),
    surelyFails: bounds.some((bound, i) => ends(values[i]!).every((end) => end !== null && !isMet(bound, end))),
  };
}

function boundValue(bound: Requirement, runs: readonly RunResult[], sampling: Sampling): BoundValue {
  const values = runs.map((run) => measuredValue(bound, run) ?? null);
  if (values.some((value) => value === null)) return { mean: null, interval: null };
  const { mean, interval } = meanEstimate(values as number[], bound.metric);
  return { mean, interval: sampling === "exact" ? { low: mean, high: mean } : (interval ?? null) };
}

/** null, nothing is known, is neither surely inside nor surely outside. */
const ends = ({ interval }: BoundValue): readonly (number | null)[] =>
  interval === null ? [null] : [interval.low, interval.high];

const isMet = (bound: Requirement, value: number | null | undefined): boolean =>
  typeof value === "number" && holds(value, bound);

function leastJobs(runs: readonly RunResult[]): FactorReading["leastJobs"] {
  const least = new Map<string | undefined, JobCounts>();
  const add = (id: string | undefined, { released, completed }: Readonly<Record<string, unknown>>): void => {
    const before = least.get(id) ?? { released: Infinity, completed: Infinity };
    least.set(id, {
      released: Math.min(before.released, Number(released ?? 0)),
      completed: Math.min(before.completed, Number(completed ?? 0)),
    });
  };
  for (const run of runs) {
    add(undefined, run.metrics);
    for (const task of run.tasks) add(task.id, task);
  }
  return least;
}
