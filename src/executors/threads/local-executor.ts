/** Runs points on this machine: in this thread if they are few, else in as many worker threads as requested. */
import type { Library } from "../../files/library.ts";
import { counted } from "../../output/words.ts";
import type { RunOptions } from "../../run/run-once.ts";
import type { RunRequest } from "../../run/run-setup.ts";
import type { Workbench } from "../../run/workbench.ts";
import { GrowingExecutor } from "../growing-executor.ts";
import { InlineExecutor, type InlineOptions } from "../inline-executor.ts";
import type { PointExecutor } from "../point.ts";
import type { WorkerSetting } from "./point-worker.ts";

export interface LocalOptions {
  /** For runs in this thread. */
  readonly workbench: Workbench<Library>;
  /** For runs in worker threads. */
  readonly setting: WorkerSetting;
  /** Maximum number of concurrent runs. */
  readonly atOnce: number;
  /** `asked`: worker threads start at once. `when they pay`: they start once the work would take this thread long. */
  readonly threads: "asked" | "when they pay";
  /** Run time of a point from which the ones after it go to worker threads, even to a single one. By default none does. */
  readonly longPointMs?: number;
  /** Approximate number of runs; undefined if unknown. */
  readonly runs: number | undefined;
  /** Whether a point must not run in this thread. By default every point may. */
  readonly isForThreads?: (request: RunRequest) => boolean;
  /** How long a call of a user's policy may last in a worker thread. */
  readonly policyTimeoutMs?: number;
  readonly interruptibly?: InlineOptions["interruptibly"];
  /** Called with the share of the run in this thread that is simulated. */
  readonly progress?: RunOptions["progress"];
  /** Told where points run, whenever that changes. */
  readonly tell?: (where: string) => void;
}

/** Longer work goes to worker threads. Each needs 0.09 s of CPU time until its first result. */
const THREADS_FROM_MS = 3000;

/** The caller closes the executor. If `atOnce` is 1, points run in this thread unless they must not or are long. */
export async function localExecutor(options: LocalOptions): Promise<PointExecutor> {
  const { workbench, setting, atOnce, threads, runs, isForThreads, interruptibly, policyTimeoutMs, progress } = options;
  const { longPointMs, tell = () => undefined } = options;
  const startThreads = async (): Promise<PointExecutor> => {
    tell(counted(atOnce, "worker thread"));
    const { ThreadExecutor } = await import("./thread-executor.ts");
    return new ThreadExecutor(atOnce, setting, policyTimeoutMs);
  };
  if (threads === "asked" && atOnce > 1) return startThreads();
  tell("this thread");
  const here = new InlineExecutor(workbench, {
    ...(interruptibly !== undefined && { interruptibly }),
    ...(progress !== undefined && { runOptions: () => ({ progress }) }),
  });
  return new GrowingExecutor(here, {
    fromMs: atOnce === 1 ? Infinity : THREADS_FROM_MS,
    ...(longPointMs !== undefined && { longPointMs }),
    expected: runs,
    startThreads,
    ...(isForThreads !== undefined && { isForThreads }),
  });
}
