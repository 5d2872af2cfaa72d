/** Runs points on this machine: in this thread as long as they are few, else in threads, as many as are asked for. */
import type { Library } from "../../files/library.ts";
import type { RunRequest } from "../../run/run-setup.ts";
import type { Workbench } from "../../run/workbench.ts";
import { GrowingExecutor } from "../growing-executor.ts";
import { InlineExecutor, type InlineOptions } from "../inline-executor.ts";
import type { PointExecutor } from "../point.ts";
import type { WorkerSetting } from "./point-worker.ts";

export interface LocalOptions {
  /** For runs in this thread. */
  readonly workbench: Workbench<Library>;
  /** For those in others. */
  readonly setting: WorkerSetting;
  /** Most runs at once. */
  readonly atOnce: number;
  /** `asked`: threads are there from the start. `when they pay`: as soon as the work takes this thread long. */
  readonly threads: "asked" | "when they pay";
  /** About how many runs there are; undefined: nobody knows. */
  readonly runs: number | undefined;
  /** Points that must not run in this thread. Left out: all may. */
  readonly isForThreads?: (request: RunRequest) => boolean;
  readonly interruptibly?: InlineOptions["interruptibly"];
}

/** What would take this thread longer than that goes to threads: they need 0.35 s of CPU time each to start. */
const THREADS_FROM_MS = 3000;

/** The caller closes it. One at a time is this thread. */
export async function localExecutor(options: LocalOptions): Promise<PointExecutor> {
  const { workbench, setting, atOnce, threads, runs, isForThreads, interruptibly } = options;
  const startThreads = async (): Promise<PointExecutor> => {
    const { ThreadExecutor } = await import("./thread-executor.ts");
    return new ThreadExecutor(atOnce, setting);
  };
  if (threads === "asked" && atOnce > 1) return startThreads();
  const here = new InlineExecutor(workbench, interruptibly && { interruptibly });
  return new GrowingExecutor(here, {
    fromMs: atOnce === 1 ? Infinity : THREADS_FROM_MS,
    expected: runs,
    startThreads,
    ...(isForThreads !== undefined && { isForThreads }),
  });
}
