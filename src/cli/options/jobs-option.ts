/** `--jobs`: the number of parallel runs. */
import { availableParallelism } from "node:os";
import type { Command } from "commander";
import { wholeNumber } from "./run-options.ts";

const MOST_JOBS = 1024;

export interface JobsOption {
  readonly jobs?: number;
}

export function declareJobs(declaration: Command): Command {
  return declaration.option(
    "-j, --jobs <n>",
    "parallel runs, in threads if that is faster (default: one per core)",
    wholeNumber(1, MOST_JOBS),
  );
}

/** At least 1, at most the number of points. */
export function jobsOf({ jobs }: JobsOption, points: number): number {
  return Math.max(1, Math.min(jobs ?? availableParallelism(), points));
}
