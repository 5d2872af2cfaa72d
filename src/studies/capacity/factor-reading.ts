/** Judges the bounds by the runs of one factor. */

import { meanEstimate } from "../../analysis/statistics/mean-estimate.ts";
import type { RunResult } from "../../records/run-result.ts";
import { holds, measuredValue, type Requirement } from "../../run/requirements/requirement.ts";
import type { Reading } from "./curve.ts";

export interface FactorReading extends Reading {
  readonly factor: number;
  /** One per bound, in the order of the bounds. */
  readonly values: readonly BoundValue[];
  /** Whether the run by itself meets every bound, in the order of seeds. */
  readonly heldBySeed: readonly boolean[];
  /** Least jobs of any run, keyed by task id; undefined: all tasks together. */
  readonly leastJobs: ReadonlyMap<string | undefined, JobCounts>;
}

export interface BoundValue {
  /** Mean over the seeds; null if a seed has nothing to measure. */
  readonly mean: number | null;
  /** 95 % confidence interval; null for a single seed. */
  readonly interval: { readonly low: number; readonly high: number } | null;
}

export interface JobCounts {
  readonly released: number;
  readonly completed: number;
}

/** `exact`: nothing is random, so one run gives the exact values. */
export type Sampling = "seeds" | "exact";

/** `runs`: at least one, in the order of seeds. */
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

/** Without an interval a single null, which neither surely meets nor surely misses a bound. */
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
