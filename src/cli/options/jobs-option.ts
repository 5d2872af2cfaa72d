/** `--jobs`: how many runs at once. */
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
    "runs at once, in threads where that pays (default: one a core)",
    wholeNumber(1, MOST_JOBS),
  );
}

/** At least 1, and no more than there is to do. */
export function jobsOf({ jobs }: JobsOption, points: number): number {
  return Math.max(1, Math.min(jobs ?? availableParallelism(), points));
}
