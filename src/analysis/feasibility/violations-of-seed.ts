/** The least violations among the jobs that one seed releases. Each job runs the layers that its own draws leave. */
import { releaseCursor } from "../../core/arrivals.ts";
import type { Program } from "../../core/program.ts";
import { closedRootOf } from "../../core/scenario.ts";
import { type JobClasses, jobClasses, oneClass } from "./job-classes.ts";
import { fastestValues, isStatic, type JobWork, type LayerValues, leastSum, pricedValues } from "./job-work.ts";
import { ownLayers } from "./layers-run.ts";
import { pricesForMostMet } from "./least-load.ts";
import { type LeastViolations, leastViolations } from "./least-violations.ts";
import { type ReleasedJobs, releasedJobs } from "./released-jobs.ts";
import { classOf, type WorkClasses } from "./work-classes.ts";

/** Undefined if there are too many jobs to check one by one. `peakPrices`: prices that prove the least peak load. */
export function violationsOfSeed(
  program: Program,
  workClasses: readonly WorkClasses[],
  seed: number,
  peakPrices: Float64Array,
): LeastViolations | undefined {
  const { decisionOverheadNs = 0 } = program.system;
  const sumsOf = workClasses.map((ofTask, taskIndex) => ownSums(program, ofTask, seed, taskIndex));
  const shortestOf = sumsOf.map((sums) => sums(fastestValues));
  const released = releasedJobs(program, seed, (task, job) => shortestOf[task]!(job) + decisionOverheadNs);
  if (released === undefined) return undefined;
  const middle = workClasses.map((ofTask) => ofTask[ofTask.length >> 1]!.work);
  const prices = pricesToTry(peakPrices, released, middle);
  const classes = workClasses.map((ofTask, taskIndex) => {
    const costs = prices.map((each) => sumsOf[taskIndex]!((work) => pricedValues(work, each)));
    return classesOf(ofTask, released[taskIndex]!, costs);
  });
  const pricesPerNs = prices.map((each) => each.reduce((sum, price) => sum + price, 0));
  const areAll = program.tasks.every((_, taskIndex) => closedRootOf(program.scenario, taskIndex) === undefined);
  return leastViolations(released, classes, pricesPerNs, { areAll });
}

/** Least sum of some values over the layers that a job runs. */
type SumOf = (jobIndex: number) => number;

/** Of the values that a job of each class has. */
function ownSums(
  program: Program,
  classes: WorkClasses,
  seed: number,
  taskIndex: number,
): (valuesOf: (work: JobWork) => LayerValues) => SumOf {
  const classOfJob = classesOfJobs(program, classes, seed, taskIndex);
  return (valuesOf) => {
    const sums = classes.map(({ work }) => sumOf(program, work, seed, taskIndex, valuesOf(work)));
    return sums.length === 1 ? sums[0]! : (jobIndex) => sums[classOfJob[jobIndex]!]!(jobIndex);
  };
}

function sumOf(program: Program, work: JobWork, seed: number, taskIndex: number, values: LayerValues): SumOf {
  if (!isStatic(work)) return (jobIndex) => leastSum(work, ownLayers(program, seed, taskIndex, jobIndex), values);
  const sum = leastSum(work, work.certain, values);
  return () => sum;
}

/** By job index; empty where there is one class for all of them. */
function classesOfJobs({ scenario }: Program, classes: WorkClasses, seed: number, taskIndex: number): number[] {
  const found: number[] = [];
  if (classes.length === 1) return found;
  const cursor = releaseCursor(scenario, taskIndex, seed);
  for (; cursor.releaseNs !== Infinity; cursor.advance()) found.push(classOf(classes, cursor.scale));
  return found;
}

function classesOf(classes: WorkClasses, { startNs }: ReleasedJobs, costs: readonly SumOf[]): JobClasses {
  if (classes.length === 1 && isStatic(classes[0].work)) return oneClass(startNs.length, costs);
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
