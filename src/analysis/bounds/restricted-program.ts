/** The linear program of a relaxation, with the ways to run jobs (columns) and the windows (rows) that it has so far. */
import type { Entries, GrowingProgram, LinearSolution } from "../solver/index.ts";
import type { BoundedCase } from "./bounded-jobs.ts";
import type { Objective } from "./objective.ts";
import type { Limits, RowPrices } from "./proof.ts";
import type { RowLayout } from "./row-layout.ts";
import { type Fill, holds, JOBS, type Window } from "./windows.ts";
import type { CheapestPattern, Pattern } from "./work-kind.ts";

/** A way to run one job by some time, as a column of the program. */
interface Way {
  readonly run: number;
  readonly pattern: Pattern;
}

export class RestrictedProgram implements Limits {
  readonly bounded: BoundedCase;
  readonly layout: RowLayout;
  readonly windows: Window[] = [];
  readonly windowsOf: number[][];
  readonly #program: GrowingProgram;
  readonly #windowRows: number[] = [];
  #rows: number;
  #demanded: { readonly least: number; readonly row: number } | undefined;
  readonly #ways: Way[] = [];
  /** By run. */
  readonly #waysOf: number[][];

  constructor(bounded: BoundedCase, layout: RowLayout, program: GrowingProgram) {
    this.bounded = bounded;
    this.layout = layout;
    this.#program = program;
    this.#rows = layout.rows;
    this.windowsOf = bounded.runs.map(() => []);
    this.#waysOf = bounded.runs.map(() => []);
  }

  get leastViolations(): number | undefined {
    return this.#demanded?.least;
  }

  /** `unit`: costs are divided by it, to suit the solver's tolerances. */
  solve(objective: Objective, unit: number, iterations: number): LinearSolution {
    this.#program.setCosts(this.#costs(objective, unit));
    return this.#program.solve({ iterations });
  }

  demandViolations(least: number): void {
    const indices = this.bounded.tasks.flatMap((_, task) => [2 * task, 2 * task + 1]);
    this.#program.addRows({ lower: [least], upper: [Infinity], entries: [{ indices, values: indices.map(() => 1) }] });
    this.#demanded = { least, row: this.#rows++ };
  }

  /** The program minimises: prices of what is limited are at most 0. Rounding may leave them on the wrong side. */
  pricesOf({ prices }: LinearSolution, { violations }: Objective, unit: number): RowPrices {
    const { firstTaskRow } = this.layout;
    return {
      windows: Float64Array.from(this.windows, (window, w) =>
        Math.max(0, (-(prices[this.#windowRows[w]!] ?? 0) * unit) / scaleOf(window)),
      ),
      violations: Float64Array.from(violations, (_, task) => Math.max(0, prices[firstTaskRow + task]! * unit)),
      demanded: this.#demanded === undefined ? 0 : Math.max(0, prices[this.#demanded.row]! * unit),
    };
  }

  addWays(cheapest: readonly CheapestPattern[]): void {
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

  #entriesOf({ run, pattern }: Way): Entries {
    const { rowOf, parentRowOf, childrenOf, firstTaskRow } = this.layout;
    const { job, isForChildren } = this.bounded.runs[run]!;
    const { isHopeful, taskIndex } = this.bounded.jobs[job]!;
    const entries: [row: number, value: number][] = [[rowOf[job]!, 1]];
    if (parentRowOf[job]! >= 0) entries.push([parentRowOf[job]!, 1]);
    if (isForChildren) for (const child of childrenOf[job]!) entries.push([parentRowOf[child]!, -1]);
    if (isHopeful) entries.push([firstTaskRow + taskIndex, 1]);
    for (const w of this.windowsOf[run]!) {
      const share = shareOf(pattern, this.windows[w]!);
      if (share > 0) entries.push([this.#windowRows[w]!, share]);
    }
    return { indices: entries.map(([row]) => row), values: entries.map(([, value]) => value) };
  }

  /** What a solution does. */
  fillOf({ amounts }: LinearSolution): Fill {
    const { runs, counts, tasks } = this.bounded;
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

  addWindow(window: Window): void {
    const index = this.windows.push(window) - 1;
    const indices: number[] = [];
    const values: number[] = [];
    for (const [run, each] of this.bounded.runs.entries()) {
      if (!holds(window, each)) continue;
      this.windowsOf[run]!.push(index);
      for (const way of this.#waysOf[run]!) {
        const share = shareOf(this.#ways[way]!.pattern, window);
        if (share === 0) continue;
        indices.push(2 * this.bounded.tasks.length + way);
        values.push(share);
      }
    }
    const upper = [window.capacity / scaleOf(window)];
    this.#program.addRows({ lower: [-Infinity], upper, entries: [{ indices, values }] });
    this.#windowRows.push(this.#rows++);
  }

  /** Of all columns, in units that suit the solver's tolerances. */
  #costs(objective: Objective, unit: number): number[] {
    const { jobs, runs } = this.bounded;
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

function isAlike(a: Pattern, b: Pattern): boolean {
  const isNear = (one: number, other: number) => Math.abs(one - other) <= 1e-9 * (Math.abs(one) + Math.abs(other));
  return isNear(a.energyPj, b.energyPj) && a.workNs.every((ns, type) => isNear(ns, b.workNs[type]!));
}
