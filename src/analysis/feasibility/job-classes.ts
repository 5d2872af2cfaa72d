/** Groups the jobs of a task by cost into a few classes, so that windows over many jobs are quick to fill. */

/** Least cost of each job of a task, by vector of prices, then job. NaN if there is no such job. */
export type JobCosts = readonly Float64Array[];

export interface JobClasses {
  /** Class of each job. Any number if there is no such job. */
  readonly classOf: Int32Array;
  /** Cost of the cheapest job of each class, by vector of prices, then class. */
  readonly costs: readonly (readonly number[])[];
}

/** More than enough for the lengths and exits of most models. Beyond that, jobs of nearly equal cost share a class. */
const MOST_CLASSES = 16;

/** For jobs that all cost the same. */
export function oneClass(jobs: number, costs: readonly ((jobIndex: number) => number)[]): JobClasses {
  return { classOf: new Int32Array(jobs), costs: costs.map((costOf) => [costOf(0)]) };
}

export function jobClasses(byPrices: JobCosts): JobClasses {
  const [first] = byPrices;
  const distinct = new Map<string, number[]>();
  for (const job of first!.keys()) {
    if (Number.isNaN(first![job])) continue;
    const key = byPrices.map((costs) => costs[job]).join(" ");
    const alike = distinct.get(key);
    if (alike === undefined) distinct.set(key, [job]);
    else alike.push(job);
  }
  const groups = [...distinct.values()].sort((a, b) => (first![a[0]!]! < first![b[0]!]! ? -1 : 1));
  const perClass = Math.ceil(groups.length / MOST_CLASSES);
  const classOf = new Int32Array(first!.length);
  const costs = byPrices.map((): number[] => []);
  for (const [i, group] of groups.entries()) {
    const index = Math.floor(i / perClass);
    for (const job of group) classOf[job] = index;
    for (const [p, jobCosts] of byPrices.entries()) {
      costs[p]![index] = Math.min(costs[p]![index] ?? Infinity, jobCosts[group[0]!]!);
    }
  }
  return { classOf, costs };
}
