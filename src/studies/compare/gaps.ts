/** How far runs are from what is possible: proven bounds beside the values of a comparison. */
import { type CaseBounds, caseBounds } from "../../analysis/bounds/index.ts";
import { dependsOnSeed } from "../../analysis/feasibility/index.ts";
import { loadSolver } from "../../analysis/solver/index.ts";
import { mean } from "../../analysis/statistics/mean.ts";
import { modelsOf } from "../../core/scenario.ts";
import type { Comparison, MetricComparison, SchedulerComparison } from "../../records/comparison.ts";
import type { RunResult } from "../../records/run-result.ts";
import { runCaseOf } from "../../run/run-case.ts";
import type { Workbench } from "../../run/workbench.ts";
import type { ComparisonRuns } from "./run-comparison.ts";

/** By case, then seed; undefined: nothing is known. */
export type BoundsOfRuns = readonly (readonly (CaseBounds | undefined)[])[];

/** `pause` is called between bounds, and may throw to stop. */
export async function boundsOfRuns(
  { cases, seeds, schedulers }: ComparisonRuns,
  workbench: Workbench,
  pause: () => Promise<void>,
): Promise<BoundsOfRuns> {
  const solver = await loadSolver();
  const found: (CaseBounds | undefined)[][] = [];
  for (const place of cases) {
    const ofSeeds: (CaseBounds | undefined)[] = [];
    for (const seed of seeds) {
      const { program, context } = runCaseOf(place.request(seed, schedulers[0]!), workbench);
      const costs = workbench.costs(modelsOf(program.scenario), program.system);
      // Without draws every seed has the same jobs. Generated tasks differ by seed, and so does their program.
      const isAlike = ofSeeds.length > 0 && place.setup.program === program && !dependsOnSeed(program);
      ofSeeds.push(isAlike ? ofSeeds[0] : caseBounds({ program, context, seed }, costs, solver));
      await pause();
    }
    found.push(ofSeeds);
  }
  return found;
}

/** The comparison with bounds and gaps where they are known. */
export function withGaps(comparison: Comparison, runs: ComparisonRuns, bounds: BoundsOfRuns): Comparison {
  return { ...comparison, metrics: comparison.metrics.map((metric) => withGapsOf(metric, runs, bounds)) };
}

function withGapsOf(metric: MetricComparison, runs: ComparisonRuns, bounds: BoundsOfRuns): MetricComparison {
  const boundOf = bounded[metric.name];
  if (boundOf === undefined) return metric;
  const least = metric.cases.map(({ schedulers }, at) =>
    schedulers.map((_, scheduler) =>
      meanOf(runs.results.map((ofSeed, i) => boundOf(bounds[at]![i], ofSeed[at]![scheduler]!))),
    ),
  );
  const cases = metric.cases.map((each, at) => ({
    ...each,
    schedulers: each.schedulers.map((standing, i) => withBound(standing, least[at]![i]!, metric)),
  }));
  return { ...metric, cases };
}

const meanOf = (values: readonly (number | undefined)[]): number | null =>
  values.length === 0 || values.includes(undefined) ? null : mean(values as number[]);

function withBound(
  standing: SchedulerComparison,
  bound: number | null,
  { unit }: MetricComparison,
): SchedulerComparison {
  return { ...standing, bound, gap: gapOf(standing.mean, bound, unit) };
}

/** Of shares the difference; else relative to the bound, and null if that is 0. */
function gapOf(value: number | null, bound: number | null, unit: MetricComparison["unit"]): number | null {
  if (value === null || bound === null) return null;
  if (unit === "share") return Math.abs(value - bound);
  return bound > 0 ? value / bound - 1 : null;
}

/** The bound of a run in a metric. Bounds on energy and UXCost are those of schedules that miss no more than the run. */
type BoundOf = (bounds: CaseBounds | undefined, run: RunResult) => number | undefined;

const bounded: Readonly<Record<string, BoundOf | undefined>> = {
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
function violationsOf({ tasks }: CaseBounds, run: RunResult) {
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
