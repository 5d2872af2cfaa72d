/**
 * The least load of the busiest accelerator. A linear program spreads each layer over the accelerators in shares. Any
 * prices give a valid bound; better prices give a tighter one (docs/feasibility.md).
 */
import type { LinearSolver } from "../solver/index.ts";
import { bestPrices, type Column } from "./best-prices.ts";
import { addCheapestLoad, type JobWork, leastSum, pricedValues } from "./job-work.ts";

/** Jobs per ns, by task. */
export type JobsPerNs = readonly number[];

/**
 * Lower bound on the load of the busiest accelerator, however the work is spread. 1: all of its time; Infinity: a task
 * cannot run. The `prices` prove the bound and add up to 1.
 */
export function leastPeakLoad(
  works: readonly JobWork[],
  jobsPerNs: JobsPerNs,
  accelerators: number,
  solver: LinearSolver,
): { readonly load: number; readonly prices: Float64Array } {
  const ones = Array<number>(accelerators).fill(1);
  const proofAt = (prices: Float64Array) => proof(works, jobsPerNs, prices);
  let best = proofAt(Float64Array.from(ones, () => 1 / accelerators));
  if (best.load === 0 || best.load === Infinity || accelerators === 1) return best;
  // Loads are in units of a first guess, so that the linear program's tolerance suits any scenario.
  const unit = best.load;
  const pricing = (prices: Float64Array): Column => {
    const candidate = normalised(prices);
    if (candidate !== undefined) {
      const found = proofAt(candidate);
      if (found.load > best.load) best = found;
    }
    return spread(works, jobsPerNs, prices, unit);
  };
  bestPrices(ones, pricing, solver);
  return best;
}

function proof(works: readonly JobWork[], jobsPerNs: JobsPerNs, prices: Float64Array) {
  const load = works.reduce((sum, work, task) => {
    const rate = jobsPerNs[task]!;
    return rate === 0 ? sum : sum + rate * leastSum(work, work.expected, pricedValues(work, prices));
  }, 0);
  return { load, prices };
}

function normalised(prices: Float64Array): Float64Array | undefined {
  const total = prices.reduce((sum, price) => sum + price, 0);
  return total > 0 ? prices.map((price) => price / total) : undefined;
}

/** One column worth 1, with all tasks where they are cheapest: the program maximises the common factor on the rates. */
function spread(works: readonly JobWork[], jobsPerNs: JobsPerNs, prices: Float64Array, unit: number): Column {
  const takes = new Float64Array(prices.length);
  works.forEach((work, task) => {
    if (jobsPerNs[task]! > 0) addCheapestLoad(work, prices, jobsPerNs[task]! / unit, takes);
  });
  return { value: 1, takes };
}

/** Dual prices of meeting as many jobs as possible. `jobs`: how many of each task, all within `lengthNs`. */
export function pricesForMostMet(
  works: readonly JobWork[],
  jobs: readonly number[],
  lengthNs: number,
  accelerators: number,
  solver: LinearSolver,
): Float64Array {
  const tasks = [...works.keys()].filter((task) => jobs[task]! > 0);
  const limits = Array<number>(accelerators + tasks.length).fill(1);
  const pricing = (raw: Float64Array): Column | undefined => {
    const columns = tasks.map((task, row) => column(works[task]!, jobs[task]! / lengthNs, raw, accelerators, row));
    const worth = ({ value, takes }: Column) => takes.reduce((sum, take, row) => sum - take * raw[row]!, value);
    return columns.reduce<Column | undefined>(
      (best, each) => (best === undefined || worth(each) > worth(best) ? each : best),
      undefined,
    );
  };
  return bestPrices(limits, pricing, solver).slice(0, accelerators);

  /**
   * A column that meets all jobs of one task, as average jobs where they are cheapest. It is worth their share of all
   * jobs.
   */
  function column(work: JobWork, jobsPerNs: number, raw: Float64Array, count: number, row: number): Column {
    const load = new Float64Array(count);
    addCheapestLoad(work, raw.slice(0, count), jobsPerNs, load);
    const takes = new Float64Array(limits.length);
    takes.set(load);
    takes[count + row] = 1;
    return { value: jobs[tasks[row]!]! / totalJobs(jobs), takes };
  }
}

const totalJobs = (jobs: readonly number[]): number => jobs.reduce((sum, count) => sum + count, 0);
