/** Runs the same requests repeatedly, in this thread and in worker threads, and collects their result hashes. */
import { InlineExecutor } from "../../executors/inline-executor.ts";
import type { PointExecutor } from "../../executors/point.ts";
import { runInOrder } from "../../executors/run-in-order.ts";
import type { Interruptibly } from "../../executors/run-point.ts";
import { ThreadExecutor } from "../../executors/threads/thread-executor.ts";
import { Library } from "../../files/library.ts";
import type { RunRequest } from "../../run/run-setup.ts";
import { Workbench } from "../../run/workbench.ts";

export interface VerifySettings {
  readonly requests: readonly RunRequest[];
  /** Absolute. */
  readonly cwd: string;
  /** How often everything runs in each place. */
  readonly repeat: number;
  /** Numbers of threads at once: a place each, beside this thread. */
  readonly workers: readonly number[];
}

export interface VerifyOptions {
  readonly signal: AbortSignal;
  readonly interruptibly: Interruptibly;
  /** Called as each run ends. */
  ended(): void;
}

export interface Verification {
  /** Where it ran; 0: in this thread. */
  readonly workers: number;
  /** Of each run, [run][request]. */
  readonly hashes: readonly (readonly string[])[];
}

/** A place a number of workers, this thread first; each run is loaded and simulated from scratch. Rejects with what a run throws. */
export async function verify(settings: VerifySettings, options: VerifyOptions): Promise<readonly Verification[]> {
  const found: Verification[] = [];
  for (const workers of placesOf(settings)) {
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
  return placesOf(settings).reduce((sum, workers) => sum + repeatsOf(workers, settings) * settings.requests.length, 0);
}

const HERE = 0;
const placesOf = ({ workers }: VerifySettings): readonly number[] => [HERE, ...workers];

/** Each worker has something to do. */
const repeatsOf = (workers: number, { repeat }: VerifySettings): number => Math.max(repeat, workers);

function freshExecutor(workers: number, { cwd }: VerifySettings, { interruptibly }: VerifyOptions): PointExecutor {
  if (workers !== HERE) return new ThreadExecutor(workers, { cwd, keeps: "nothing" });
  return new InlineExecutor(() => new Workbench(new Library(cwd)), { interruptibly });
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
