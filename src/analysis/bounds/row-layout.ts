/** The rows that the program of a relaxation begins with, and its first columns. */
import type { LinearProgram } from "../solver/index.ts";
import type { BoundedCase } from "./bounded-jobs.ts";

export interface RowLayout {
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

export function rowLayout({ jobs, runs, tasks }: BoundedCase): RowLayout {
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
export function startOf({ tasks }: BoundedCase, { rowOf, firstTaskRow, rows }: RowLayout): LinearProgram {
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
