/** Linear and mixed-integer programs as data, and what solves them. Nothing here names a solver. */

/** Least costs x amounts within bounds. Several columns or rows are stored one after the other. */
export interface LinearProgram {
  readonly columns: Columns;
  /** Bounds of what the amounts take of each row; -Infinity and Infinity: none. Columns fill the rows. */
  readonly rows: RowBounds;
}

export interface RowBounds {
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/** Each element of the lists is a column. */
export interface Columns {
  readonly costs: readonly number[];
  /** Bounds of the amounts. */
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** What one unit takes of rows that exist. */
  readonly entries: readonly Entries[];
  /** Whether the amounts are whole numbers; left out: they need not be. */
  readonly areWhole?: boolean;
}

/** Values that are not 0, each at its own index. */
export interface Entries {
  readonly indices: readonly number[];
  readonly values: readonly number[];
}

/** Each element of the lists is a row, over columns that exist. */
export interface Rows extends RowBounds {
  readonly entries: readonly Entries[];
}

export interface LinearSolution {
  /** `limit`: the work allowed has been done, and the values are good but not best. */
  readonly status: "optimal" | "limit" | "infeasible" | "unbounded";
  /** Total cost; of whole amounts at a limit, that of the best that was found. */
  readonly cost: number;
  /**
   * Of whole amounts: no solution costs less, up to the solver's tolerance. NaN without them: prove from `prices`.
   */
  readonly leastCost: number;
  /** By column. */
  readonly amounts: Float64Array;
  /** Of one more unit of each row's bound (the dual values). Without meaning if amounts are whole. */
  readonly prices: Float64Array;
}

export interface WorkLimits {
  /** Simplex iterations of one call; left out: no limit. Counted in work, not in time, so that results do not vary. */
  readonly iterations?: number;
  /** Nodes of the search over whole amounts. */
  readonly nodes?: number;
}

/** A program that grows. Each call starts from the solution before. */
export interface GrowingProgram {
  addColumns(columns: Columns): void;
  addRows(rows: Rows): void;
  /** Of all columns. */
  setCosts(costs: readonly number[]): void;
  solve(limits?: WorkLimits): LinearSolution;
}

export interface LinearSolver {
  /** The program exists while `use` runs. Throws SolverError where the solver itself fails. */
  withProgram<Result>(program: LinearProgram, use: (program: GrowingProgram) => Result): Result;
}

/** The solver failed: it ran out of memory, say. Wrong programs are bugs and throw what the solver throws. */
export class SolverError extends Error {
  override readonly name = "SolverError";
}
