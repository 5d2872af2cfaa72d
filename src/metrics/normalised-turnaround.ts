/** Metrics from the normalised turnaround: ANTT, STP, fairness. Periodic tasks: docs/metrics.md. */

import { sum } from "../core/sum.ts";
import { type Metric, pooled, ratio } from "./metric.ts";
import type { JobTally } from "./outcome.ts";

const source = "Eyerman and Eeckhout (IEEE Micro 2008); PREMA (HPCA 2020)";

/** Mean of 1/NTT; a dropped job never ends and counts as 0. */
const progress = (tally: JobTally): number | undefined => ratio(tally.progressSum, tally.withIsolatedTime);

export const antt: Metric = {
  name: "antt",
  title: "ANTT",
  unit: "ratio",
  better: "lower",
  definition: "mean over completed jobs of NTT = response / isolated time",
  source,
  ...pooled((tally) => ratio(tally.nttSum, tally.nttJobs)),
  jobs: (tally) => tally.nttJobs,
};

export const stp: Metric = {
  name: "stp",
  title: "STP",
  unit: "ratio",
  better: "higher",
  definition:
    "sum over tasks of the mean over released jobs of 1 / NTT, 0 for a dropped job (a task's value is its term)",
  source,
  scenario: (outcome) => sumOfDefined(outcome.tasks.map(progress)),
  task: progress,
  jobs: (tally) => tally.withIsolatedTime,
};

export const fairness: Metric = {
  name: "fairness",
  title: "Fairness",
  unit: "share",
  better: "higher",
  definition: "min over pairs of tasks of PP_i / PP_j, PP = (mean of 1 / NTT) / (priority / sum of priorities)",
  source: "PREMA (HPCA 2020)",
  scenario: (outcome) => leastToMost(outcome.tasks.map(proportionalProgress).filter((value) => value !== undefined)),
  jobs: (tally) => tally.withIsolatedTime,
};

/** PP without the sum of priorities, which cancels out in ratios. A task's priority is the mean of its jobs'. */
function proportionalProgress(tally: JobTally): number | undefined {
  const made = progress(tally);
  return made === undefined ? undefined : ratio(made * tally.released, tally.prioritySum);
}

/** Undefined if there is no pair, or no task made progress. */
function leastToMost(values: readonly number[]): number | undefined {
  return values.length < 2 ? undefined : ratio(Math.min(...values), Math.max(...values));
}

function sumOfDefined(values: readonly (number | undefined)[]): number | undefined {
  const defined = values.filter((value) => value !== undefined);
  return defined.length === 0 ? undefined : sum(defined);
}
