/** The least violations among the jobs that one seed releases. Each job runs the layers that its own draws leave. */
import { type CostTable, costsOf } from "../../core/costs.ts";
import type { Program } from "../../core/program.ts";
import { type JobClasses, jobClasses, oneClass } from "./job-classes.ts";
import {
  fastestValues,
  isStatic,
  type JobWork,
  type LayerValues,
  leastSum,
  ownWork,
  pricedValues,
} from "./job-work.ts";
import { ownLayers } from "./layers-run.ts";
import { pricesForMostMet } from "./least-load.ts";
import { type LeastViolations, leastViolations } from "./least-violations.ts";
import { jobRatesPerS } from "./rates.ts";
import { type ReleasedJobs, releasedJobs } from "./released-jobs.ts";

/** Undefined if there are too many jobs to check one by one. `peakPrices`: prices that prove the least peak load. */
export function violationsOfSeed(
  program: Program,
  costs: CostTable,
  works: readonly JobWork[],
  seed: number,
  peakPrices: Float64Array,
): LeastViolations | undefined {
  const { decisionOverheadNs = 0 } = program.system;
  const sumsOf = works.map((work, taskIndex) => ownSums(program, costs, work, seed, taskIndex));
  const shortestOf = sumsOf.map((sums) => sums(fastestValues));
  const released = releasedJobs(program, seed, (task, job) => shortestOf[task]!(job) + decisionOverheadNs);
  if (released === undefined) return undefined;
  const prices = pricesToTry(peakPrices, released, works);
  const classes = works.map((work, taskIndex) => {
    const sums = prices.map((each) => sumsOf[taskIndex]!((priced) => pricedValues(priced, each)));
    return classesOf(work, released[taskIndex]!, sums);
  });
  const pricesPerNs = prices.map((each) => each.reduce((sum, price) => sum + price, 0));
  return leastViolations(released, classes, pricesPerNs);
}

/** Least sum of some values over the layers that a job runs. */
type SumOf = (jobIndex: number) => number;

type ValuesOf = (work: JobWork) => LayerValues;

function ownSums(
  program: Program,
  costs: CostTable,
  work: JobWork,
  seed: number,
  taskIndex: number,
): (valuesOf: ValuesOf) => SumOf {
  const { model } = program.tasks[taskIndex]!.task;
  const layersOf = (jobIndex: number) => ownLayers(program, seed, taskIndex, jobIndex);
  if (work.isVaried && mayDrawTimes(program, taskIndex)) {
    const { variants } = costsOf(costs, model);
    const { accelerators } = program.system;
    return (valuesOf) => (jobIndex) => {
      const own = ownWork(work, variants, accelerators, { seed, taskIndex, jobIndex });
      return leastSum(own, layersOf(jobIndex), valuesOf(own));
    };
  }
  return (valuesOf) => {
    const values = valuesOf(work);
    if (!isStatic(work)) return (jobIndex) => leastSum(work, layersOf(jobIndex), values);
    const sum = leastSum(work, work.certain, values);
    return () => sum;
  };
}

/** With more layers than this to draw times for, all jobs of the task count with the least times. */
const MOST_DRAWN_LAYERS = 300_000;

function mayDrawTimes({ scenario, tasks }: Program, taskIndex: number): boolean {
  const { firstRow, endRow } = tasks[taskIndex]!;
  const layers = endRow.reduce((sum, end, variant) => sum + end - firstRow[variant]!, 0);
  return (layers * jobRatesPerS(scenario)[taskIndex]! * scenario.durationNs) / 1e9 <= MOST_DRAWN_LAYERS;
}

function classesOf(work: JobWork, { startNs }: ReleasedJobs, costs: readonly SumOf[]): JobClasses {
  if (isStatic(work)) return oneClass(startNs.length, costs);
  return jobClasses(costs.map((costOf) => startNs.map((ns, job) => (Number.isNaN(ns) ? ns : costOf(job)))));
}

/** Even prices suit short windows on equal accelerators. The others suit the whole scenario. */
function pricesToTry(
  peakPrices: Float64Array,
  released: readonly ReleasedJobs[],
  works: readonly JobWork[],
): readonly Float64Array[] {
  const counts = released.map(
    ({ deadlineNs, doneNs }) => deadlineNs.filter((ns, k) => ns < Infinity && doneNs[k]! <= ns).length,
  );
  const spanNs = spanOf(released);
  const even = peakPrices.map(() => 1 / peakPrices.length);
  if (!(spanNs > 0) || counts.every((count) => count === 0)) return [even, peakPrices];
  const met = pricesForMostMet(works, counts, spanNs, peakPrices.length);
  return met.some((price) => price > 0) ? [even, peakPrices, met] : [even, peakPrices];
}

/** From the earliest start to the last deadline, ns. */
function spanOf(released: readonly ReleasedJobs[]): number {
  let firstNs = Infinity;
  let lastNs = -Infinity;
  for (const { startNs, deadlineNs } of released) {
    for (const ns of startNs) if (ns < firstNs) firstNs = ns;
    for (const ns of deadlineNs) if (ns < Infinity && ns > lastNs) lastNs = ns;
  }
  return lastNs - firstNs;
}
