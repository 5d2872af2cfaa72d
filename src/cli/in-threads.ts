/** Work on many runs in worker threads, its progress on stderr, ended by Ctrl-C. */
import type { PointExecutor } from "../experiment/points/point.ts";
import { ThreadExecutor } from "../experiment/points/thread-executor.ts";
import type { Invocation } from "./command.ts";
import { type JobsOption, jobsOf } from "./jobs-option.ts";
import { showProgress } from "./progress.ts";

export interface ThreadWork {
  readonly executor: PointExecutor;
  /** Aborted with an Interruption by Ctrl-C. */
  readonly signal: AbortSignal;
  /** To be called for each run that has ended. */
  readonly ended: () => void;
}

/** `total`: how many runs there are. */
export async function inThreads<Result>(
  { streams, options }: Invocation<JobsOption>,
  total: number,
  work: (threads: ThreadWork) => Promise<Result>,
): Promise<Result> {
  const executor = new ThreadExecutor(jobsOf(options, total), { cwd: streams.cwd });
  const progress = showProgress(streams.stderr, { total, unit: "runs" });
  let done = 0;
  const ended = (): void => {
    done += 1;
    progress.advance(done);
  };
  try {
    return await streams.untilInterrupted((signal) => work({ executor, signal, ended }));
  } finally {
    progress.stop();
    await executor.close();
  }
}
