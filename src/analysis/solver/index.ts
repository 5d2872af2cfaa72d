/** Linear and mixed-integer programs, and the solver for them. */
export {
  type Columns,
  type Entries,
  type GrowingProgram,
  type LinearProgram,
  type LinearSolution,
  type LinearSolver,
  type Rows,
  SolverError,
  type WorkLimits,
} from "./linear-program.ts";
export { loadSolver, type SolverParts, solverOr } from "./load-solver.ts";
