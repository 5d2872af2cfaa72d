/**
 * The least weighted sum of violations and energy, as a linear program that grows: ways to run jobs (columns) and windows
 * that hold too much (rows) are added until nothing gets better. Only its prices are used: `provenCost` computes the bound
 * from them over all layers (docs/bounds.md).
 */
import type { GrowingProgram, LinearSolution, LinearSolver } from "../solver/index.ts";
import type { BoundedCase } from "./bounded-jobs.ts";
import type { Objective, ViolationCost } from "./objective.ts";
import {
  type Fill,
  holds,
  JOBS,
  overfullNumbers,
  overfullWindows,
  type Priced,
  type Window,
  windowOrder,
} from "./windows.ts";
import { type CheapestPattern, cheapestWithin, type Pattern } from "./work-kind.ts";

export interface Effort {
  /** Linear programs that are solved for a bound at most. */
  readonly rounds: number;
  /** Windows that are added for each type in a round at most. */
  readonly windows: number;
  /** Simplex iterations of one of them at most. */
  readonly iterations: number;
  /** Stops when the bound is within this share of the best that the relaxation can give. */
  readonly precision: number;
}

/** Finds proven bounds for objectives, one after the other. */
export interface Relaxation {
  leastCost(objective: Objective): number;
  /** Whatever is asked from now on, there are at least so many violations. */
  demandViolations(least: number): void;
}

/** `use` gets it while the solver's program exists. */
export function withRelaxation<Result>(
  bounded: BoundedCase,
  solver: LinearSolver,
  effort: Effort,
  use: (relaxation: Relaxation) => Result,
): Result {
  const layout = layoutOf(bounded);
  return solver.withProgram(startOf(bounded, layout), (program) =>
    use(new GrowingRelaxation(bounded, layout, program, effort)),
  );
}

/** Rows that the program begins with. */
interface Layout {
  /** Row of each job that can be of use: at most one way to run it. -1: it cannot. */
  readonly rowOf: Int32Array;
  /** Row of each job with a parent: of use only if its parent is, and soon enough. -1: none. */
  readonly parentRowOf: Int32Array;
  /** By job: its runs, and the jobs that wait for it. */
  readonly runsOf: readonly (readonly number[])[];
  readonly childrenOf: readonly (readonly number[])[];
  /** Row of each task: jobs that meet their deadlines and violations are all. */
  readonly firstTaskRow: number;
  readonly rows: number;
}

function layoutOf({ jobs, runs, tasks }: BoundedCase): Layout {
  const rowOf = new Int32Array(jobs.length).fill(-1);
  const parentRowOf = new Int32Array(jobs.length).fill(-1);
  const runsOf: number[][] = jobs.map(() => []);
  const childrenOf: number[][] = jobs.map(() => []);
  for (const [run, { job }] of runs.entries()) runsOf[job]!.push(run);
  const useful = [...jobs.keys()].filter((job) => runsOf[job]!.length > 0);
  let rows = 0;
  for (const job of useful) rowOf[job] = rows++;
  for (const job of useful) {
    const { parent } = jobs[job]!;
    if (parent < 0) continue;
    parentRowOf[job] = rows++;
    childrenOf[parent]!.push(job);
  }
  return { rowOf, parentRowOf, runsOf, childrenOf, firstTaskRow: rows, rows: rows + tasks.length };
}

/** The violations of each task, in two columns: the first one, and the others. */
function startOf({ tasks }: BoundedCase, { rowOf, firstTaskRow, rows }: Layout) {
  const lower = Array<number>(rows).fill(-Infinity);
  const upper = Array<number>(rows).fill(0);
  for (const row of rowOf) if (row >= 0) upper[row] = 1;
  for (const [task, { due }] of tasks.entries()) {
    lower[firstTaskRow + task] = due;
    upper[firstTaskRow + task] = Infinity;
  }
  const entries = tasks.flatMap((_, task) => {
    const entry = { indices: [firstTaskRow + task], values: [1] };
    return [entry, entry];
  });
  const most = tasks.flatMap(({ due }) => [Math.min(1, due), Math.max(0, due - 1)]);
  return {
    columns: { costs: most.map(() => 0), lower: most.map(() => 0), upper: most, entries },
    rows: { lower, upper },
  };
}

/** A way to run one job by some time, as a column of the program. */
interface Way {
  readonly run: number;
  readonly pattern: Pattern;
}

/** Prices of the rows, as a proof uses them. */
interface RowPrices {
  /** Of one unit of a window's capacity, by window. */
  readonly windows: Float64Array;
  /** Of one violation, by task. */
  readonly violations: Float64Array;
  /** Of one violation of any task, of those that are demanded. */
  readonly demanded: number;
}

class GrowingRelaxation implements Relaxation {
  readonly #bounded: BoundedCase;
  readonly #layout: Layout;
  readonly #program: GrowingProgram;
  readonly #effort: Effort;
  readonly #order;
  readonly #windows: Window[] = [];
  readonly #windowRows: number[] = [];
  #rows: number;
  #demanded: { readonly least: number; readonly row: number } | undefined;
  readonly #ways: Way[] = [];
  /** By run: the windows that hold it, and its ways. */
  readonly #windowsOf: number[][];
  readonly #waysOf: number[][];

  constructor(bounded: BoundedCase, layout: Layout, program: GrowingProgram, effort: Effort) {
    this.#bounded = bounded;
    this.#layout = layout;
    this.#program = program;
    this.#effort = effort;
    this.#order = windowOrder(bounded.runs);
    this.#rows = layout.rows;
    this.#windowsOf = bounded.runs.map(() => []);
    this.#waysOf = bounded.runs.map(() => []);
  }

  leastCost(objective: Objective): number {
    const unit = unitOf(objective, this.#bounded);
    let prices = this.#noPrices(objective);
    let best = -Infinity;
    for (let round = 0; ; round++) {
      const { cost, cheapest } = this.#proof(objective, prices);
      best = Math.max(best, cost);
      if (round === this.#effort.rounds) return best;
      this.#addWays(cheapest);
      this.#program.setCosts(this.#costs(objective, unit));
      const solution = this.#program.solve({ iterations: this.#effort.iterations });
      if (solution.status !== "optimal" && solution.status !== "limit") return best;
      const added = this.#addOverfull(solution, prices);
      const aim = solution.cost * unit + constantOf(objective, this.#bounded);
      const isNear = best >= aim - Math.abs(aim) * this.#effort.precision;
      if (added === 0 && isNear) return best;
      prices = this.#pricesOf(solution, objective, unit);
    }
  }

  demandViolations(least: number): void {
    const indices = this.#bounded.tasks.flatMap((_, task) => [2 * task, 2 * task + 1]);
    this.#program.addRows({ lower: [least], upper: [Infinity], entries: [{ indices, values: indices.map(() => 1) }] });
    this.#demanded = { least, row: this.#rows++ };
  }

  #noPrices({ violations }: Objective): RowPrices {
    return {
      windows: new Float64Array(this.#windows.length),
      violations: Float64Array.from(violations, ({ first }) => first),
      demanded: 0,
    };
  }

  /** The program minimises: prices of what is limited are at most 0. Rounding may leave them on the wrong side. */
  #pricesOf({ prices }: LinearSolution, { violations }: Objective, unit: number): RowPrices {
    const { firstTaskRow } = this.#layout;
    return {
      windows: Float64Array.from(this.#windows, (window, w) =>
        Math.max(0, (-(prices[this.#windowRows[w]!] ?? 0) * unit) / scaleOf(window)),
      ),
      violations: Float64Array.from(violations, (_, task) => Math.max(0, prices[firstTaskRow + task]! * unit)),
      demanded: this.#demanded === undefined ? 0 : Math.max(0, prices[this.#demanded.row]! * unit),
    };
  }

  /** The bound that prices prove, and the cheapest way of each run at them. */
  #proof(
    objective: Objective,
    prices: RowPrices,
  ): { readonly cost: number; readonly cheapest: readonly CheapestPattern[] } {
    let cost = constantOf(objective, this.#bounded);
    for (const [task, of] of objective.violations.entries()) {
      const { due } = this.#bounded.tasks[task]!;
      const price = prices.violations[task]!;
      cost += price * due + leastBeyond(of, due, price + prices.demanded);
    }
    if (this.#demanded !== undefined) cost += prices.demanded * this.#demanded.least;
    for (const [w, { capacity }] of this.#windows.entries()) cost -= prices.windows[w]! * capacity;
    const cheapest = this.#cheapest(objective, prices);
    return { cost: cost + this.#leastOfTrees(objective, prices, cheapest), cheapest };
  }

  #cheapest({ perPj }: Objective, prices: RowPrices): readonly CheapestPattern[] {
    const { jobs, runs, counts } = this.#bounded;
    const known = new Map<string, CheapestPattern>();
    return runs.map(({ job, roomNs }, run) => {
      const { kind, taskIndex } = jobs[job]!;
      const perWorkNs = new Float64Array(counts.length);
      for (const w of this.#windowsOf[run]!) {
        const { type } = this.#windows[w]!;
        if (type !== JOBS) perWorkNs[type] = perWorkNs[type]! + prices.windows[w]!;
      }
      const ofEnergy = perPj[taskIndex]!;
      return remembered(known, `${kind.id} ${roomNs} ${ofEnergy} ${perWorkNs.join(" ")}`, () =>
        cheapestWithin(kind, { perWorkNs, perPj: ofEnergy }, roomNs),
      );
    });
  }

  /** Children first: a job and those that wait for it cost nothing, or what the cheapest of its runs leads to. */
  #leastOfTrees(objective: Objective, prices: RowPrices, cheapest: readonly CheapestPattern[]): number {
    const { jobs, runs } = this.#bounded;
    const { runsOf, childrenOf } = this.#layout;
    const least = new Float64Array(jobs.length);
    let cost = 0;
    for (let job = jobs.length - 1; job >= 0; job--) {
      const { taskIndex, isHopeful, parent } = jobs[job]!;
      const saved = isHopeful ? prices.violations[taskIndex]! : 0;
      const spared = objective.perPj[taskIndex]! * objective.uselessPj(jobs[job]!);
      const ofChildren = childrenOf[job]!.reduce((sum, child) => sum + least[child]!, 0);
      for (const run of runsOf[job]!) {
        const more = runs[run]!.isForChildren ? ofChildren : 0;
        const here = cheapest[run]!.leastCost + this.#priceOfPlace(run, prices) - saved - spared + more;
        least[job] = Math.min(least[job]!, here);
      }
      if (parent < 0) cost += least[job]!;
    }
    return cost;
  }

  /** What a run takes of the windows that limit the number of jobs. */
  #priceOfPlace(run: number, { windows }: RowPrices): number {
    return this.#windowsOf[run]!.reduce((sum, w) => (this.#windows[w]!.type === JOBS ? sum + windows[w]! : sum), 0);
  }

  #addWays(cheapest: readonly CheapestPattern[]): void {
    const added: Way[] = [];
    for (const [run, { leastCost, ...pattern }] of cheapest.entries()) {
      if (leastCost === Infinity) continue;
      if (this.#waysOf[run]!.some((way) => isAlike(this.#ways[way]!.pattern, pattern))) continue;
      this.#waysOf[run]!.push(this.#ways.length + added.length);
      added.push({ run, pattern });
    }
    this.#ways.push(...added);
    this.#program.addColumns({
      costs: added.map(() => 0),
      lower: added.map(() => 0),
      upper: added.map(() => 1),
      entries: added.map((way) => this.#entriesOf(way)),
    });
  }

  #entriesOf({ run, pattern }: Way) {
    const { rowOf, parentRowOf, childrenOf, firstTaskRow } = this.#layout;
    const { job, isForChildren } = this.#bounded.runs[run]!;
    const { isHopeful, taskIndex } = this.#bounded.jobs[job]!;
    const entries: [row: number, value: number][] = [[rowOf[job]!, 1]];
    if (parentRowOf[job]! >= 0) entries.push([parentRowOf[job]!, 1]);
    if (isForChildren) for (const child of childrenOf[job]!) entries.push([parentRowOf[child]!, -1]);
    if (isHopeful) entries.push([firstTaskRow + taskIndex, 1]);
    for (const w of this.#windowsOf[run]!) {
      const share = shareOf(pattern, this.#windows[w]!);
      if (share > 0) entries.push([this.#windowRows[w]!, share]);
    }
    return { indices: entries.map(([row]) => row), values: entries.map(([, value]) => value) };
  }

  /** Of the windows that a solution overfills. Returns how many there were. */
  #addOverfull({ amounts }: LinearSolution, prices: RowPrices): number {
    const { windows: most } = this.#effort;
    const fill = this.#fillOf(amounts);
    const found = [
      ...overfullWindows(fill, this.#order, most),
      ...this.#pricings(prices).flatMap((perWorkNs) =>
        overfullNumbers(fill, this.#order, this.#priced(perWorkNs), most),
      ),
    ];
    for (const window of found) this.#addWindow(window);
    return found.length;
  }

  #fillOf(amounts: Float64Array): Fill {
    const { runs, counts, tasks } = this.#bounded;
    const workNs = new Float64Array(runs.length * counts.length);
    const use = new Float64Array(runs.length);
    for (const [way, { run, pattern }] of this.#ways.entries()) {
      const amount = amounts[2 * tasks.length + way]!;
      if (amount <= 0) continue;
      use[run] = use[run]! + amount;
      for (let type = 0; type < counts.length; type++) {
        const at = run * counts.length + type;
        workNs[at] = workNs[at]! + amount * pattern.workNs[type]!;
      }
    }
    return { runs, workNs, counts, use };
  }

  /** Prices of accelerators by which to count jobs: all alike, and by where time is short. */
  #pricings({ windows }: RowPrices): readonly Float64Array[] {
    const { counts } = this.#bounded;
    const short = new Float64Array(counts.length);
    for (const [w, price] of windows.entries()) {
      const { type, capacity } = this.#windows[w]!;
      if (type !== JOBS) short[type] = short[type]! + (price * capacity) / counts[type]!;
    }
    const most = Math.max(...short);
    const even = new Float64Array(counts.length).fill(1);
    return most > 0 && counts.length > 1 ? [even, short.map((price) => price / most)] : [even];
  }

  #priced(perWorkNs: Float64Array): Priced {
    const { jobs, runs, counts } = this.#bounded;
    const known = new Map<string, CheapestPattern>();
    const costs = Float64Array.from(runs, ({ job, roomNs }) => {
      const { kind } = jobs[job]!;
      const find = () => cheapestWithin(kind, { perWorkNs, perPj: 0 }, roomNs);
      return Math.max(0, remembered(known, `${kind.id} ${roomNs}`, find).leastCost);
    });
    return { costs, pricePerNs: counts.reduce((sum, count, type) => sum + count * perWorkNs[type]!, 0) };
  }

  #addWindow(window: Window): void {
    const index = this.#windows.push(window) - 1;
    const indices: number[] = [];
    const values: number[] = [];
    for (const [run, each] of this.#bounded.runs.entries()) {
      if (!holds(window, each)) continue;
      this.#windowsOf[run]!.push(index);
      for (const way of this.#waysOf[run]!) {
        const share = shareOf(this.#ways[way]!.pattern, window);
        if (share === 0) continue;
        indices.push(2 * this.#bounded.tasks.length + way);
        values.push(share);
      }
    }
    const upper = [window.capacity / scaleOf(window)];
    this.#program.addRows({ lower: [-Infinity], upper, entries: [{ indices, values }] });
    this.#windowRows.push(this.#rows++);
  }

  /** Of all columns, in units that suit the solver's tolerances. */
  #costs(objective: Objective, unit: number): number[] {
    const { jobs, runs } = this.#bounded;
    const ofViolations = objective.violations.flatMap(({ first, next }) => [first / unit, next / unit]);
    const ofWays = this.#ways.map(({ run, pattern }) => {
      const job = jobs[runs[run]!.job]!;
      return (objective.perPj[job.taskIndex]! * (pattern.energyPj - objective.uselessPj(job))) / unit;
    });
    return [...ofViolations, ...ofWays];
  }
}

/** What a way to run a job takes of a window, in units that suit the solver. */
const shareOf = ({ workNs }: Pattern, window: Window): number =>
  (window.type === JOBS ? 1 : workNs[window.type]!) / scaleOf(window);

const scaleOf = ({ capacity }: Window): number => Math.max(1, capacity);

/** The least of the cost of v violations - price x v, over all v that there can be. The cost is convex, with a bend at 1. */
function leastBeyond({ first, next }: ViolationCost, most: number, price: number): number {
  const costs = [0, 1, most].filter((v) => v <= most).map((v) => (v === 0 ? 0 : first + (v - 1) * next) - price * v);
  return Math.min(...costs);
}

/** What every schedule costs: the tasks without violations, and the energy of jobs that are all of no use. */
function constantOf(objective: Objective, { jobs, tasks }: BoundedCase): number {
  let cost = 0;
  for (const [task, { none }] of objective.violations.entries()) if (tasks[task]!.due > 0) cost += none;
  for (const job of jobs) cost += objective.perPj[job.taskIndex]! * objective.uselessPj(job);
  return cost;
}

/** The cost of an average job. */
function unitOf({ violations, perPj }: Objective, { jobs, tasks }: BoundedCase): number {
  const ofViolations = violations.reduce((sum, { next }, task) => sum + next * tasks[task]!.due, 0);
  const ofEnergy = jobs.reduce((sum, { taskIndex, leastPj }) => sum + perPj[taskIndex]! * leastPj, 0);
  const total = ofViolations + ofEnergy;
  return total > 0 && jobs.length > 0 ? total / jobs.length : 1;
}

function remembered<Value>(known: Map<string, Value>, key: string, find: () => Value): Value {
  const value = known.get(key) ?? find();
  known.set(key, value);
  return value;
}

function isAlike(a: Pattern, b: Pattern): boolean {
  const isNear = (one: number, other: number) => Math.abs(one - other) <= 1e-9 * (Math.abs(one) + Math.abs(other));
  return isNear(a.energyPj, b.energyPj) && a.workNs.every((ns, type) => isNear(ns, b.workNs[type]!));
}
