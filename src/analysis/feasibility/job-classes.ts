/** Jobs of a task by what they cost: few classes, so that windows over many jobs stay quick to fill. */

/** What each job of a task costs at the least, by vector of prices, then job; NaN where there is no job. */
export type JobCosts = readonly Float64Array[];

export interface JobClasses {
  /** Of each job; any number where there is no job. */
  readonly classOf: Int32Array;
  /** By vector of prices, then class: what the cheapest of its jobs costs. */
  readonly costs: readonly (readonly number[])[];
}

/** More than enough for the lengths and exits of most models; beyond, jobs that cost nearly the same share one. */
const MOST_CLASSES = 16;

/** All jobs cost the same. */
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
    for (const [p, of] of byPrices.entries()) costs[p]![index] = Math.min(costs[p]![index] ?? Infinity, of[group[0]!]!);
  }
  return { classOf, costs };
}
