/** Runs the same requests repeatedly, in this thread and in worker threads, and collects their result hashes. */
import { InlineExecutor } from "../../executors/inline-executor.ts";
import type { PointExecutor } from "../../executors/point.ts";
import { runInOrder } from "../../executors/run-in-order.ts";
import { ThreadExecutor } from "../../executors/threads/thread-executor.ts";
import { Library } from "../../files/library.ts";
import type { SimulatedShare } from "../../run/coarse-progress.ts";
import type { Interruptibly } from "../../run/interruptibly.ts";
import type { RunRequest } from "../../run/run-setup.ts";
import { Workbench } from "../../run/workbench.ts";

export interface VerifySettings {
  readonly requests: readonly RunRequest[];
  /** Absolute. */
  readonly cwd: string;
  /** Minimum number of repetitions with each number of workers. */
  readonly repeat: number;
  /** Numbers of worker threads to try, in addition to this thread. */
  readonly workers: readonly number[];
}

export interface VerifyOptions {
  readonly signal: AbortSignal;
  readonly interruptibly: Interruptibly;
  readonly policyTimeoutMs: number;
  /** Called as each run ends. */
  ended(): void;
  /** Called with the share of a run in this thread that is simulated. */
  readonly underWay: SimulatedShare | undefined;
}

export interface Verification {
  /** Number of worker threads; 0: it ran in this thread. */
  readonly workers: number;
  /** Result hashes, [repetition][request]. */
  readonly hashes: readonly (readonly string[])[];
}

/**
 * One entry per number of workers, this thread first. Every run is loaded and simulated from scratch. Rejects with the
 * error of a run that fails.
 */
export async function verify(settings: VerifySettings, options: VerifyOptions): Promise<readonly Verification[]> {
  const found: Verification[] = [];
  for (const workers of workerCounts(settings)) {
    const executor = freshExecutor(workers, settings, options);
    try {
      found.push({ workers, hashes: await hashesOf(executor, workers, settings, options) });
    } finally {
      await executor.close();
    }
  }
  return found;
}

/** Total number of runs. */
export function runsOf(settings: VerifySettings): number {
  const repeats = workerCounts(settings).map((workers) => repeatsOf(workers, settings));
  return repeats.reduce((sum, count) => sum + count, 0) * settings.requests.length;
}

const HERE = 0;
const workerCounts = ({ workers }: VerifySettings): readonly number[] => [HERE, ...workers];

/** Enough repetitions to occupy every worker. */
const repeatsOf = (workers: number, { repeat }: VerifySettings): number => Math.max(repeat, workers);

function freshExecutor(workers: number, { cwd }: VerifySettings, options: VerifyOptions): PointExecutor {
  const { interruptibly, policyTimeoutMs, underWay } = options;
  if (workers !== HERE) return new ThreadExecutor(workers, { cwd, keeps: "nothing" }, policyTimeoutMs);
  return new InlineExecutor(() => new Workbench(new Library(cwd)), {
    interruptibly,
    ...(underWay !== undefined && { runOptions: () => ({ progress: underWay }) }),
  });
}

async function hashesOf(
  executor: PointExecutor,
  workers: number,
  settings: VerifySettings,
  { signal, ended }: VerifyOptions,
): Promise<Verification["hashes"]> {
  const { requests } = settings;
  const repeats = Array.from({ length: repeatsOf(workers, settings) }, () => requests);
  const { results, failure } = await runInOrder(executor, repeats.flat(), { signal, caseSize: requests.length, ended });
  if (failure !== undefined) throw failure.error;
  return repeats.map((_, run) =>
    results.slice(run * requests.length, (run + 1) * requests.length).map(({ resultHash }) => resultHash),
  );
}
