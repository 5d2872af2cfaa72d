/** Work on many runs: what runs them, their progress on stderr, and an end by Ctrl-C. */

import type { PointExecutor } from "../executors/point.ts";
import { localExecutor } from "../executors/threads/local-executor.ts";
import type { Library } from "../files/library.ts";
import { isPath } from "../input/is-path.ts";
import type { Workbench } from "../run/workbench.ts";
import type { Invocation } from "./command.ts";
import { type JobsOption, jobsOf } from "./options/jobs-option.ts";
import { type Count, showCount } from "./progress.ts";

/** What there is to do. */
export interface WorkAhead {
  readonly workbench: Workbench<Library>;
  /** About how many runs; undefined: nobody knows. */
  readonly runs: number | undefined;
  /** What progress counts, as it is told. Left out: it counts runs by itself. */
  readonly counted?: { readonly total: number; readonly unit: string };
  /**
   * Where policies from files of the user run while the work is short. `in threads`: what they do there, such as to end
   * the process, fails their own runs only.
   */
  readonly userPolicies: "in this thread" | "in threads";
}

export interface Runner {
  readonly executor: PointExecutor;
  /** How many runs it makes at once, at most. */
  readonly atOnce: number;
  /** Aborted with an Interruption by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly progress: Count;
}

export async function withExecutor<Result>(
  invocation: Invocation<JobsOption>,
  ahead: WorkAhead,
  work: (runner: Runner) => Promise<Result>,
): Promise<Result> {
  const { streams, options } = invocation;
  const atOnce = jobsOf(options, ahead.runs ?? Infinity);
  const executor = await executorFor(invocation, ahead, atOnce);
  const progress = showCount(streams.stderr, ahead.counted ?? { total: ahead.runs ?? 0, unit: "runs" });
  const shown = ahead.counted === undefined ? counting(executor, progress) : executor;
  try {
    return await streams.untilInterrupted((signal) => work({ executor: shown, atOnce, signal, progress }));
  } finally {
    progress.stop();
    await executor.close();
  }
}

function executorFor(
  { options, streams }: Invocation<JobsOption>,
  { workbench, runs, userPolicies }: WorkAhead,
  atOnce: number,
): Promise<PointExecutor> {
  return localExecutor({
    workbench,
    setting: { cwd: streams.cwd },
    atOnce,
    threads: options.jobs === undefined ? "when they pay" : "asked",
    runs,
    interruptibly: streams.interruptibly,
    ...(userPolicies === "in threads" && { isForThreads: ({ scheduler }) => isPath(scheduler) }),
  });
}

const counting = (executor: PointExecutor, { ended }: Count): PointExecutor => ({
  run: (points, heard, signal) => {
    const counted: typeof heard = (outcome) => {
      ended();
      heard(outcome);
    };
    return executor.run(points, counted, signal);
  },
  close: () => executor.close(),
});
