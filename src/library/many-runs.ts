/** What requests for many runs have in common. */
import { availableParallelism } from "node:os";
import type { PointExecutor } from "../executors/point.ts";
import { localExecutor } from "../executors/threads/local-executor.ts";
import type { Library } from "../files/library.ts";
import { RequestError } from "../input/request-error.ts";
import { checkWhole } from "../request/checks.ts";
import type { Caller } from "../run/run-files.ts";
import { LARGEST_SEED } from "../run/settings.ts";
import type { Workbench } from "../run/workbench.ts";

/** How many runs a request makes at once, and what stops it. */
export interface ManyRuns {
  /**
   * Runs at once, 1 to 1024 (one for each core): in this thread, and in worker threads beside it once that is faster.
   * Schedulers in memory run in this thread.
   */
  readonly jobs?: number;
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

const MOST_JOBS = 1024;

export interface Work {
  readonly workbench: Workbench<Library>;
  readonly caller: Caller;
  /** About how many runs there are; undefined: nobody knows. */
  readonly runs: number | undefined;
}

/** Throws RequestError for jobs that cannot be. */
export async function withExecutor<Result>(
  { jobs, signal = new AbortController().signal }: ManyRuns,
  { workbench, caller, runs }: Work,
  work: (executor: PointExecutor, signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  checkJobs(jobs, caller);
  const atOnce = caller.schedulers.length > 0 ? 1 : (jobs ?? availableParallelism());
  const executor = localExecutor({
    workbench,
    setting: { cwd: workbench.files.cwd, files: caller.files, checked: workbench.files.checked },
    atOnce: Math.max(1, Math.min(atOnce, runs ?? Infinity)),
    runs,
  });
  try {
    return await work(executor, signal);
  } finally {
    await executor.close();
  }
}

/** Functions cannot be sent to a thread. */
function checkJobs(jobs: number | undefined, { schedulers }: Caller): void {
  checkWhole("jobs", jobs, 1, MOST_JOBS);
  const [first] = schedulers;
  if (first === undefined || jobs === undefined || jobs === 1) return;
  throw new RequestError(
    `scheduler "${first.name}" is in memory and runs in this thread alone: give its file, or no jobs`,
  );
}

/** How many seeds, from 1 on, or which. */
export type Seeds = number | readonly number[];

export const MOST_SEEDS = 1000;

/** Throws RequestError. */
export function seedList(seeds: Seeds): readonly number[] {
  if (typeof seeds === "number") {
    checkWhole("seeds", seeds, 1, MOST_SEEDS);
    return Array.from({ length: seeds }, (_, at) => 1 + at);
  }
  if (!Array.isArray(seeds) || seeds.length === 0) throw new RequestError("seeds are a number of them or a list");
  for (const seed of seeds as readonly number[]) checkWhole("a seed", seed, 0, LARGEST_SEED);
  return [...new Set(seeds as readonly number[])];
}
