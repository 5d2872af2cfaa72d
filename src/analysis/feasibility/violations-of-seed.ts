/** The least violations among the jobs that one seed releases. Each job runs the layers that its own draws leave. */
import { releaseCursor } from "../../core/arrivals.ts";
import { type CostTable, costsOf } from "../../core/costs.ts";
import type { Program } from "../../core/program.ts";
import { closedRootOf, hasScales } from "../../core/scenario.ts";
import type { LinearSolver } from "../solver/index.ts";
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
import { classOf, type WorkClasses } from "./work-classes.ts";

/** Undefined if there are too many jobs to check one by one. `peakPrices`: prices that prove the least peak load. */
export function violationsOfSeed(
  program: Program,
  costs: CostTable,
  workClasses: readonly WorkClasses[],
  seed: number,
  peakPrices: Float64Array,
  solver: LinearSolver,
): LeastViolations | undefined {
  const { decisionOverheadNs = 0 } = program.system;
  const sumsOf = workClasses.map((ofTask, taskIndex) => ownSums(program, costs, ofTask, seed, taskIndex));
  const shortestOf = sumsOf.map((sums) => sums(fastestValues));
  const released = releasedJobs(program, seed, (task, job) => shortestOf[task]!(job) + decisionOverheadNs);
  if (released === undefined) return undefined;
  const middle = workClasses.map((ofTask) => ofTask[ofTask.length >> 1]!.work);
  const prices = pricesToTry(peakPrices, released, middle, solver);
  const classes = workClasses.map((ofTask, taskIndex) => {
    const sums = prices.map((each) => sumsOf[taskIndex]!((work) => pricedValues(work, each)));
    return classesOf(ofTask, released[taskIndex]!, sums);
  });
  const pricesPerNs = prices.map((each) => each.reduce((sum, price) => sum + price, 0));
  const areAll = program.tasks.every((_, taskIndex) => closedRootOf(program.scenario, taskIndex) === undefined);
  return leastViolations(released, classes, pricesPerNs, { areAll });
}

/** Least sum of some values over the layers that a job runs. */
type SumOf = (jobIndex: number) => number;

type ValuesOf = (work: JobWork) => LayerValues;

/** Of the values that each job has: in the times that it draws, where times vary, else those of its class. */
function ownSums(
  program: Program,
  costs: CostTable,
  classes: WorkClasses,
  seed: number,
  taskIndex: number,
): (valuesOf: ValuesOf) => SumOf {
  const scales = scalesOfJobs(program, seed, taskIndex);
  const [{ work }] = classes;
  if (work.isVaried && mayDrawTimes(program, taskIndex))
    return drawnSums(program, costs, work, scales, seed, taskIndex);
  const classOfJob = classes.length === 1 ? [] : scales.map((scale) => classOf(classes, scale));
  return (valuesOf) => {
    const sums = classes.map((each) => sumOf(program, each.work, seed, taskIndex, valuesOf(each.work)));
    return sums.length === 1 ? sums[0]! : (jobIndex) => sums[classOfJob[jobIndex]!]!(jobIndex);
  };
}

/** In the times that each job draws, at its own scale. */
function drawnSums(
  program: Program,
  costs: CostTable,
  work: JobWork,
  scales: readonly number[],
  seed: number,
  taskIndex: number,
): (valuesOf: ValuesOf) => SumOf {
  const { variants } = costsOf(costs, program.tasks[taskIndex]!.task.model);
  const { accelerators } = program.system;
  return (valuesOf) => (jobIndex) => {
    const own = ownWork(work, variants, accelerators, { seed, taskIndex, jobIndex }, scales[jobIndex]);
    return leastSum(own, ownLayers(program, seed, taskIndex, jobIndex), valuesOf(own));
  };
}

function sumOf(program: Program, work: JobWork, seed: number, taskIndex: number, values: LayerValues): SumOf {
  if (!isStatic(work)) return (jobIndex) => leastSum(work, ownLayers(program, seed, taskIndex, jobIndex), values);
  const sum = leastSum(work, work.certain, values);
  return () => sum;
}

/** By job index; empty where no job of the task is scaled. */
export function scalesOfJobs({ scenario }: Program, seed: number, taskIndex: number): number[] {
  const found: number[] = [];
  if (!hasScales(scenario.tasks[taskIndex]!)) return found;
  const cursor = releaseCursor(scenario, taskIndex, seed);
  for (; cursor.releaseNs !== Infinity; cursor.advance()) found.push(cursor.scale);
  return found;
}

/** With more layers than this to draw times for, all jobs of the task count with the least times. */
const MOST_DRAWN_LAYERS = 300_000;

export function mayDrawTimes({ scenario, tasks }: Program, taskIndex: number): boolean {
  const { firstRow, endRow } = tasks[taskIndex]!;
  const layers = endRow.reduce((sum, end, variant) => sum + end - firstRow[variant]!, 0);
  return (layers * jobRatesPerS(scenario)[taskIndex]! * scenario.durationNs) / 1e9 <= MOST_DRAWN_LAYERS;
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
  solver: LinearSolver,
): readonly Float64Array[] {
  const counts = released.map(
    ({ deadlineNs, doneNs }) => deadlineNs.filter((ns, k) => ns < Infinity && doneNs[k]! <= ns).length,
  );
  const spanNs = spanOf(released);
  const even = peakPrices.map(() => 1 / peakPrices.length);
  if (!(spanNs > 0) || counts.every((count) => count === 0)) return [even, peakPrices];
  const met = pricesForMostMet(works, counts, spanNs, peakPrices.length, solver);
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
