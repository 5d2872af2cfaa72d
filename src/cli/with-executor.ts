/** Work on many runs: opens an executor, shows progress on stderr and handles Ctrl-C. */

import type { PointExecutor } from "../executors/point.ts";
import { localExecutor } from "../executors/threads/local-executor.ts";
import type { Library } from "../files/library.ts";
import { isPath } from "../input/is-path.ts";
import { isCommand } from "../input/scheduler-command.ts";
import type { Workbench } from "../run/workbench.ts";
import type { Invocation } from "./command.ts";
import { type JobsOption, jobsOf } from "./options/jobs-option.ts";
import type { Progress } from "./progress.ts";

/** The work to be done. */
export interface WorkAhead {
  readonly workbench: Workbench<Library>;
  /** Approximate number of runs; undefined if unknown. */
  readonly runs: number | undefined;
  /** What the caller counts as progress. If absent, finished runs are counted. */
  readonly counted?: { readonly total: number; readonly unit: string };
  /**
   * Where policies from the user's files run, even if the work is short. `in threads`: a policy that misbehaves, for
   * example by ending the process, fails only its own runs.
   */
  readonly userPolicies: "in this thread" | "in threads";
}

export interface Runner {
  readonly executor: PointExecutor;
  /** Largest number of runs at once. */
  readonly atOnce: number;
  /** Aborted with an Interruption by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

export async function withExecutor<Result>(
  invocation: Invocation<JobsOption>,
  ahead: WorkAhead,
  work: (runner: Runner) => Promise<Result>,
): Promise<Result> {
  const { streams, options } = invocation;
  const atOnce = jobsOf(options, ahead.runs ?? Infinity);
  const progress = invocation.showProgress(ahead.counted ?? { total: ahead.runs, unit: "runs" });
  const underWay = ahead.counted === undefined ? progress.underWay : undefined;
  try {
    const executor = executorFor(invocation, ahead, { atOnce, underWay });
    const shown = ahead.counted === undefined ? counting(executor, progress) : executor;
    try {
      return await streams.untilInterrupted((signal) => work({ executor: shown, atOnce, signal, progress }));
    } finally {
      await executor.close();
    }
  } finally {
    progress.stop();
  }
}

function executorFor(
  { streams, verbose, interruptibly, policyTimeoutMs }: Invocation<JobsOption>,
  { workbench, runs, userPolicies }: WorkAhead,
  { atOnce, underWay }: { readonly atOnce: number; readonly underWay: Progress["underWay"] | undefined },
): PointExecutor {
  return localExecutor({
    workbench,
    setting: { cwd: streams.cwd, checked: workbench.files.checked },
    atOnce,
    tell: (where) => verbose("executor", where),
    runs,
    policyTimeoutMs,
    interruptibly,
    ...(underWay !== undefined && { progress: underWay }),
    ...(userPolicies === "in threads" && {
      isForThreads: ({ scheduler }) => isPath(scheduler) || isCommand(scheduler),
    }),
  });
}

const counting = (executor: PointExecutor, count: Progress): PointExecutor => ({
  run: (points, ended, signal) => {
    const counted: typeof ended = (outcome) => {
      count.ended();
      ended(outcome);
    };
    return executor.run(points, counted, signal);
  },
  close: () => executor.close(),
});
