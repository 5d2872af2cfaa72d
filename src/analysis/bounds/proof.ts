/** The bound that prices prove, whatever they are: plain sums of minima over all layers (docs/bounds.md). */
import type { BoundedCase } from "./bounded-jobs.ts";
import type { Objective, ViolationCost } from "./objective.ts";
import type { RowLayout } from "./row-layout.ts";
import { JOBS, type Window } from "./windows.ts";
import { type CheapestPattern, cheapestWithin } from "./work-kind.ts";

/** Prices of the rows, as a proof uses them. */
export interface RowPrices {
  /** Of one unit of a window's capacity, by window. */
  readonly windows: Float64Array;
  /** Of one violation, by task. */
  readonly violations: Float64Array;
  /** Of one violation of any task, of those that are demanded. */
  readonly demanded: number;
}

/** What holds of every schedule. */
export interface Limits {
  readonly bounded: BoundedCase;
  readonly layout: RowLayout;
  readonly windows: readonly Window[];
  /** By run: the windows that hold it. */
  readonly windowsOf: readonly (readonly number[])[];
  /** At least so many violations of all tasks; undefined: none are demanded. */
  readonly leastViolations: number | undefined;
}

export interface Proof {
  readonly cost: number;
  /** The cheapest way of each run at the prices. */
  readonly cheapest: readonly CheapestPattern[];
}

export function proofOf(limits: Limits, objective: Objective, prices: RowPrices): Proof {
  const { bounded, windows, leastViolations } = limits;
  let cost = constantOf(objective, bounded);
  for (const [task, of] of objective.violations.entries()) {
    const { due } = bounded.tasks[task]!;
    const price = prices.violations[task]!;
    cost += price * due + leastBeyond(of, due, price + prices.demanded);
  }
  if (leastViolations !== undefined) cost += prices.demanded * leastViolations;
  for (const [w, { capacity }] of windows.entries()) cost -= prices.windows[w]! * capacity;
  const cheapest = cheapestOf(limits, objective, prices);
  return { cost: cost + leastOfTrees(limits, objective, prices, cheapest), cheapest };
}

function cheapestOf({ bounded, windows, windowsOf }: Limits, { perPj }: Objective, prices: RowPrices) {
  const { jobs, runs, counts } = bounded;
  const known = new Map<string, CheapestPattern>();
  return runs.map(({ job, roomNs }, run): CheapestPattern => {
    const { kind, taskIndex } = jobs[job]!;
    const perWorkNs = new Float64Array(counts.length);
    for (const w of windowsOf[run]!) {
      const { type } = windows[w]!;
      if (type !== JOBS) perWorkNs[type] = perWorkNs[type]! + prices.windows[w]!;
    }
    const ofEnergy = perPj[taskIndex]!;
    return remembered(known, `${kind.id} ${roomNs} ${ofEnergy} ${perWorkNs.join(" ")}`, () =>
      cheapestWithin(kind, { perWorkNs, perPj: ofEnergy }, roomNs),
    );
  });
}

/** Children first: a job and those that wait for it cost nothing, or what the cheapest of its runs leads to. */
function leastOfTrees(
  limits: Limits,
  objective: Objective,
  prices: RowPrices,
  cheapest: readonly CheapestPattern[],
): number {
  const { jobs, runs } = limits.bounded;
  const { runsOf, childrenOf } = limits.layout;
  const least = new Float64Array(jobs.length);
  let cost = 0;
  for (let job = jobs.length - 1; job >= 0; job--) {
    const { taskIndex, isHopeful, parent } = jobs[job]!;
    const saved = isHopeful ? prices.violations[taskIndex]! : 0;
    const spared = objective.perPj[taskIndex]! * objective.uselessPj(jobs[job]!);
    const ofChildren = childrenOf[job]!.reduce((sum, child) => sum + least[child]!, 0);
    for (const run of runsOf[job]!) {
      const more = runs[run]!.isForChildren ? ofChildren : 0;
      const here = cheapest[run]!.leastCost + priceOfPlace(run, limits, prices) - saved - spared + more;
      least[job] = Math.min(least[job]!, here);
    }
    if (parent < 0) cost += least[job]!;
  }
  return cost;
}

/** What a run takes of the windows that limit the number of jobs. */
const priceOfPlace = (run: number, { windowsOf, windows }: Limits, prices: RowPrices): number =>
  windowsOf[run]!.reduce((sum, w) => (windows[w]!.type === JOBS ? sum + prices.windows[w]! : sum), 0);

/** The least of the cost of v violations - price x v, over all v that there can be. The cost is convex, with a bend at 1. */
function leastBeyond({ first, next }: ViolationCost, most: number, price: number): number {
  const costs = [0, 1, most].filter((v) => v <= most).map((v) => (v === 0 ? 0 : first + (v - 1) * next) - price * v);
  return Math.min(...costs);
}

/** What every schedule costs: the tasks without violations, and the energy of jobs that are all of no use. */
export function constantOf(objective: Objective, { jobs, tasks }: BoundedCase): number {
  let cost = 0;
  for (const [task, { none }] of objective.violations.entries()) if (tasks[task]!.due > 0) cost += none;
  for (const job of jobs) cost += objective.perPj[job.taskIndex]! * objective.uselessPj(job);
  return cost;
}

/** Finds each value once. */
export function remembered<Value>(known: Map<string, Value>, key: string, find: () => Value): Value {
  const value = known.get(key) ?? find();
  known.set(key, value);
  return value;
}
