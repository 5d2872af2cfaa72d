/** HiGHS (Edinburgh, MIT licence) as WebAssembly, behind `LinearSolver`. Loaded when first asked for: it is 3.5 MB. */
import type { Highs, InitOptions, Model, SparseMatrix } from "highs";
import {
  type Columns,
  type Entries,
  type GrowingProgram,
  type LinearProgram,
  type LinearSolution,
  type LinearSolver,
  type Rows,
  SolverError,
} from "./linear-program.ts";

/** Where the WebAssembly module is, for pages whose bundler does not find it beside the script. */
export type SolverParts = Pick<InitOptions, "locateFile" | "wasmBinary" | "wasmModule">;

/** One a thread. Solves share nothing, so runs cannot meet in it. */
let loading: Promise<LinearSolver> | undefined;

export function loadSolver(parts: SolverParts = {}): Promise<LinearSolver> {
  loading ??= load(parts).catch((error: unknown) => {
    loading = undefined;
    throw new SolverError("the solver of bounds cannot be loaded; install it beside rtmm: npm install highs", {
      cause: error,
    });
  });
  return loading;
}

/** For what can be said without bounds, too: undefined if the solver cannot be loaded; `missed` hears why, and what to do. */
export async function solverOr(missed: (reason: string) => void): Promise<LinearSolver | undefined> {
  try {
    return await loadSolver();
  } catch (error) {
    if (!(error instanceof SolverError)) throw error;
    missed(error.message);
    return undefined;
  }
}

async function load(parts: SolverParts): Promise<LinearSolver> {
  // The types of the package are those of its CommonJS file; what is imported is its module.
  const { default: loadHighs } = (await import("highs")) as unknown as {
    default: (options: InitOptions) => Promise<Highs>;
  };
  return solverOn(await loadHighs(parts));
}

function solverOn(highs: Highs): LinearSolver {
  return {
    withProgram(program, use) {
      try {
        return highs.withModel((model) => {
          model.options.set(options);
          model.passModel(modelOf(program, highs));
          return use(growing(model, highs, program));
        });
      } catch (error) {
        if (!isAbort(error)) throw error;
        // After an abort the instance is of no more use.
        loading = undefined;
        throw new SolverError("the solver for bounds failed, probably for want of memory; try a shorter scenario", {
          cause: error,
        });
      }
    },
  };
}

/** Of WebAssembly, or of the allocator that the package is built with. */
const isAbort = (error: unknown): boolean =>
  !(error instanceof Error) || error instanceof RangeError || error.name === "RuntimeError";

/** Presolving would forget the last basis. The build has one thread, and no clock is asked: the same calls give the same bytes. */
const options = { output_flag: false, presolve: "off", random_seed: 0 };

function modelOf({ columns, rows }: LinearProgram, highs: Highs) {
  const { costs, lower, upper, entries, areWhole = false } = columns;
  const [numCols, numRows] = [costs.length, rows.lower.length];
  const { integer } = highs.constants.variableType;
  return {
    numCols,
    numRows,
    colCost: costs,
    colLower: lower,
    colUpper: upper,
    rowLower: rows.lower,
    rowUpper: rows.upper,
    matrix: { format: "csc" as const, numRows, numCols, ...packed(entries) },
    ...(areWhole && { integrality: costs.map(() => integer) }),
  };
}

function packed(entries: readonly Entries[]) {
  const starts = [0];
  for (const { indices } of entries) starts.push(starts.at(-1)! + indices.length);
  return {
    starts,
    indices: entries.flatMap(({ indices }) => indices),
    values: entries.flatMap(({ values }) => values),
  };
}

function growing(model: Model, highs: Highs, program: LinearProgram): GrowingProgram {
  const isWhole = program.columns.areWhole === true;
  let columns = program.columns.costs.length;
  let rows = program.rows.lower.length;
  return {
    addColumns({ costs, lower, upper, entries }: Columns) {
      const numCols = costs.length;
      if (numCols === 0) return;
      const matrix = { format: "csc" as const, numRows: rows, numCols, ...packed(entries) };
      model.addCols({ cost: Float64Array.from(costs), ...boundsOf(lower, upper), matrix: typed(matrix) });
      columns += numCols;
    },
    addRows({ lower, upper, entries }: Rows) {
      const numRows = lower.length;
      if (numRows === 0) return;
      const matrix = { format: "csr" as const, numRows, numCols: columns, ...packed(entries) };
      model.addRows({ ...boundsOf(lower, upper), matrix: typed(matrix) });
      rows += numRows;
    },
    setCosts(costs) {
      model.changeColsCost({ kind: "range", from: 0, to: columns - 1 }, costs);
    },
    solve({ iterations = MOST_STEPS, nodes = MOST_STEPS } = {}) {
      model.options.set({ simplex_iteration_limit: iterations, mip_max_nodes: nodes });
      model.run();
      return solutionOf(model, highs, isWhole);
    },
  };
}

/** HiGHS counts in 32 bits. */
const MOST_STEPS = 2 ** 31 - 1;

const boundsOf = (lower: readonly number[], upper: readonly number[]) => ({
  lower: Float64Array.from(lower),
  upper: Float64Array.from(upper),
});

const typed = ({ starts, indices, values, ...matrix }: ReturnType<typeof packed> & Omit<SparseMatrix, PackedKey>) => ({
  ...matrix,
  starts: Int32Array.from(starts),
  indices: Int32Array.from(indices),
  values: Float64Array.from(values),
});

type PackedKey = "starts" | "indices" | "values";

function solutionOf(model: Model, highs: Highs, isWhole: boolean): LinearSolution {
  const { colValue, rowDual } = model.getSolution();
  return {
    status: statusOf(model, highs),
    cost: model.getObjectiveValue(),
    leastCost: isWhole ? Number(model.info.get("mip_dual_bound")) : Number.NaN,
    amounts: colValue,
    prices: rowDual,
  };
}

/** What remains are failures inside the solver. */
function statusOf(model: Model, { constants: { modelStatus } }: Highs): LinearSolution["status"] {
  const status = model.getModelStatus();
  if (status === modelStatus.optimal || status === modelStatus.empty) return "optimal";
  if (status === modelStatus.infeasible) return "infeasible";
  if (status === modelStatus.unbounded || status === modelStatus.unboundedOrInfeasible) return "unbounded";
  if (status === modelStatus.iterationLimit || status === modelStatus.solutionLimit) return "limit";
  throw new SolverError(`the solver for bounds ended with status ${status} of HiGHS`);
}
