/** Work on many runs in worker threads, its progress on stderr, ended by Ctrl-C. */
import type { PointExecutor } from "../executors/point.ts";
import type { Invocation } from "./command.ts";
import { type JobsOption, jobsOf } from "./options/jobs-option.ts";
import { showProgress } from "./progress.ts";

/** How much there is to do. */
interface Amount {
  /** Of what progress counts. */
  readonly total: number;
  /** What that is, such as "runs". */
  readonly unit: string;
  /** How many runs could go on at once. */
  readonly atOnce: number;
}

interface Threads {
  readonly executor: PointExecutor;
  /** How many threads it has. */
  readonly count: number;
  /** Aborted with an Interruption by Ctrl-C. */
  readonly signal: AbortSignal;
  /** To be called for each of the total that has ended. */
  readonly ended: () => void;
}

export async function inThreads<Result>(
  { streams, options }: Invocation<JobsOption>,
  { total, unit, atOnce }: Amount,
  work: (threads: Threads) => Promise<Result>,
): Promise<Result> {
  const count = jobsOf(options, atOnce);
  const executor = await streams.openThreads(count);
  const progress = showProgress(streams.stderr, { total, unit });
  let done = 0;
  const ended = (): void => {
    done += 1;
    progress.advance(done);
  };
  try {
    return await streams.untilInterrupted((signal) => work({ executor, count, signal, ended }));
  } finally {
    progress.stop();
    await executor.close();
  }
}
