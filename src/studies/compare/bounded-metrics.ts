/** The metrics that have a proven bound. */
import type { CaseBounds } from "../../analysis/bounds/index.ts";
import type { RunResult } from "../../records/run-result.ts";

/** The bound of a run in a metric. Bounds on energy and UXCost are those of schedules that miss no more than the run. */
export type BoundOf = (bounds: CaseBounds | undefined, run: Pick<RunResult, "tasks">) => number | undefined;

/** By name. */
export const boundedMetrics: Readonly<Record<string, BoundOf | undefined>> = {
  violations: (bounds) => bounds?.violations,
  deadlineViolationRate: (bounds) => rateOf(bounds),
  slaSatisfaction: (bounds) => {
    const rate = rateOf(bounds);
    return rate === undefined ? undefined : 1 - rate;
  },
  energyMj: (bounds, run) => {
    const of = bounds && violationsOf(bounds, run);
    return of && bounds?.leastEnergyMj(of.count);
  },
  uxCost: (bounds, run) => {
    const of = bounds && violationsOf(bounds, run);
    return of && bounds?.leastUxCost(of.rates);
  },
  uxCostGuarded: (bounds) => bounds?.uxCostGuarded,
};

const rateOf = (bounds: CaseBounds | undefined): number | undefined =>
  bounds === undefined || bounds.jobs === 0 ? undefined : bounds.violations / bounds.jobs;

/** Of a run: how many, and the sum of rates as UXCost counts them. */
function violationsOf({ tasks }: CaseBounds, run: Pick<RunResult, "tasks">) {
  let count = 0;
  let rates = 0;
  for (const [i, { jobs }] of tasks.entries()) {
    const rate = run.tasks[i]?.deadlineViolationRate;
    if (jobs === 0) continue;
    if (typeof rate !== "number") return undefined;
    count += Math.round(rate * jobs);
    rates += rate === 0 ? 1 / (2 * jobs) : rate;
  }
  return { count, rates };
}
