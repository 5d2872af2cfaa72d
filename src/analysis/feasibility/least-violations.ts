/**
 * Lower bound on the number of jobs that must miss their deadlines, whatever the scheduler. docs/feasibility.md has the
 * proof.
 *
 * A job that meets its deadline does all its work between its earliest start and its deadline. So of the jobs within a
 * window, no more can be met than the accelerators have time for, even if the cheapest jobs go first.
 */
import { sum } from "../../core/sum.ts";
import type { JobClasses } from "./job-classes.ts";
import type { ReleasedJobs } from "./released-jobs.ts";

export interface LeastViolations {
  /** Jobs with a deadline that are surely released. */
  readonly jobs: number;
  /** How many of these must be dropped or late. */
  readonly violations: number;
  readonly jobsByTask: readonly number[];
  /** Jobs with a deadline that are late even on an idle system. */
  readonly hopelessByTask: readonly number[];
  /** Whether these are all jobs. Of closed loops, and of what is below them, only each client's first is known. */
  readonly areAll: boolean;
}

/**
 * `classes`: job classes by task, with their costs at some vectors of prices. A price is that of 1 ns of an
 * accelerator. Any prices give a valid bound; better prices give a tighter one. `pricesPerNs`: 1 ns of all
 * accelerators, by vector.
 */
export function leastViolations(
  released: readonly ReleasedJobs[],
  classes: readonly JobClasses[],
  pricesPerNs: readonly number[],
  { areAll }: Pick<LeastViolations, "areAll">,
): LeastViolations {
  const jobsByTask = released.map(countWithDeadline);
  const hopelessByTask = released.map(countHopeless);
  const pricings = pricesPerNs.map((pricePerNs, i) =>
    pricing(
      classes.flatMap(({ costs }) => costs[i]!),
      pricePerNs,
    ),
  );
  const jobs = hopefulJobs(released, classes);
  const excess = Math.max(excessFromStart(jobs, pricings), excessOfWindows(jobs, pricings));
  return {
    jobs: sum(jobsByTask),
    violations: sum(hopelessByTask) + excess,
    jobsByTask,
    hopelessByTask,
    areAll,
  };
}

/** NaN means that there is no job. It is not below Infinity. */
const countWithDeadline = ({ deadlineNs }: ReleasedJobs): number => deadlineNs.filter((ns) => ns < Infinity).length;

const countHopeless = ({ deadlineNs, doneNs }: ReleasedJobs): number =>
  deadlineNs.filter((ns, k) => doneNs[k]! > ns).length;

/** Costs at one vector of prices. */
interface Pricing {
  /** Cost of a job, by class, over the classes of all tasks. */
  readonly costs: readonly number[];
  /** Price of 1 ns of all accelerators. */
  readonly pricePerNs: number;
  /** Classes, cheapest first. */
  readonly order: readonly number[];
}

function pricing(costs: readonly number[], pricePerNs: number): Pricing {
  const order = [...costs.keys()].sort((a, b) => costs[a]! - costs[b]!);
  return { costs, pricePerNs, order };
}

interface Job {
  readonly classIndex: number;
  readonly startNs: number;
  readonly deadlineNs: number;
}

/** Jobs with a deadline that an idle system could meet, by deadline. */
function hopefulJobs(released: readonly ReleasedJobs[], classes: readonly JobClasses[]): Job[] {
  let firstClass = 0;
  const jobs = released.flatMap(({ startNs, doneNs, deadlineNs }, task) => {
    const { classOf, costs } = classes[task]!;
    const first = firstClass;
    firstClass += costs[0]!.length;
    return [...startNs.keys()]
      .filter((k) => deadlineNs[k]! < Infinity && doneNs[k]! <= deadlineNs[k]!)
      .map((k) => ({ classIndex: first + classOf[k]!, startNs: startNs[k]!, deadlineNs: deadlineNs[k]! }));
  });
  return jobs.sort((a, b) => a.deadlineNs - b.deadlineNs || a.startNs - b.startNs || a.classIndex - b.classIndex);
}

/** The jobs within a growing window, and their costs. */
class Window {
  readonly #pricings: readonly Pricing[];
  readonly #counts: number[];
  readonly #costs: number[];
  #jobs = 0;

  constructor(pricings: readonly Pricing[]) {
    this.#pricings = pricings;
    this.#counts = Array(pricings[0]?.costs.length ?? 0).fill(0);
    this.#costs = pricings.map(() => 0);
  }

  add(classIndex: number): void {
    this.#jobs += 1;
    this.#counts[classIndex] = this.#counts[classIndex]! + 1;
    for (const [i, { costs }] of this.#pricings.entries()) this.#costs[i] = this.#costs[i]! + costs[classIndex]!;
  }

  /** Least number of its jobs that cannot be met within `lengthNs`. */
  excess(lengthNs: number): number {
    let excess = 0;
    for (const [i, pricing] of this.#pricings.entries()) {
      const capacity = pricing.pricePerNs * lengthNs;
      if (this.#costs[i]! > capacity) excess = Math.max(excess, this.#jobs - this.#mostMet(pricing, capacity));
    }
    return excess;
  }

  /** Cheapest jobs first, the last one in part, then rounded down. No set of jobs that fits is larger. */
  #mostMet({ order, costs }: Pricing, capacity: number): number {
    let left = capacity;
    let met = 0;
    for (const classIndex of order) {
      const count = this.#counts[classIndex]!;
      const cost = costs[classIndex]!;
      if (count === 0) continue;
      const fitting = cost * count <= left ? count : left / cost;
      met += fitting;
      left -= fitting * cost;
      if (left <= 0) break;
    }
    return Math.min(this.#jobs, Math.floor(met * (1 + 1e-9) + 1e-9));
  }
}

/** The largest excess of the windows from the earliest start to each deadline. */
function excessFromStart(jobs: readonly Job[], pricings: readonly Pricing[]): number {
  const firstNs = jobs.reduce((first, { startNs }) => Math.min(first, startNs), Infinity);
  const window = new Window(pricings);
  let excess = 0;
  for (const { classIndex, deadlineNs } of jobs) {
    window.add(classIndex);
    excess = Math.max(excess, window.excess(deadlineNs - firstNs));
  }
  return excess;
}

/** Most starts of windows that are tried, and most jobs that are added from each start. */
const MOST_WINDOWS = 20_000;
const LOOK_AHEAD = 128;

/** Sum of the excesses of short windows that do not overlap. Each closes as soon as it holds more than can be met. */
function excessOfWindows(jobs: readonly Job[], pricings: readonly Pricing[]): number {
  const starts = [...new Set(jobs.map(({ startNs }) => startNs))].sort((a, b) => a - b).slice(0, MOST_WINDOWS);
  let excess = 0;
  let first = 0;
  let closedNs = -Infinity;
  for (const startNs of starts) {
    if (startNs < closedNs) continue;
    while (first < jobs.length && jobs[first]!.deadlineNs < startNs) first += 1;
    const found = firstOverfull(jobs, first, startNs, pricings);
    if (found === undefined) continue;
    excess += found.excess;
    closedNs = found.endNs;
  }
  return excess;
}

/** The shortest window from `startNs` that holds more than can be met; undefined if there is none within LOOK_AHEAD. */
function firstOverfull(
  jobs: readonly Job[],
  first: number,
  startNs: number,
  pricings: readonly Pricing[],
): { readonly excess: number; readonly endNs: number } | undefined {
  const window = new Window(pricings);
  for (let i = first; i < Math.min(jobs.length, first + LOOK_AHEAD); i++) {
    const job = jobs[i]!;
    if (job.startNs < startNs) continue;
    window.add(job.classIndex);
    if (jobs[i + 1]?.deadlineNs === job.deadlineNs) continue;
    const excess = window.excess(job.deadlineNs - startNs);
    if (excess > 0) return { excess, endNs: job.deadlineNs };
  }
  return undefined;
}
