/** Runs points on this machine: in this thread, and in worker threads beside it once that is faster. */
import type { Library } from "../../files/library.ts";
import { counted } from "../../output/words.ts";
import type { RunOptions } from "../../run/run-once.ts";
import type { RunRequest } from "../../run/run-setup.ts";
import type { Workbench } from "../../run/workbench.ts";
import type { PointExecutor } from "../point.ts";
import type { PointOptions } from "../run-point.ts";
import { CrewExecutor } from "./crew-executor.ts";
import { CrewSize } from "./crew-size.ts";
import { LaterThread } from "./later-thread.ts";
import type { WorkerSetting } from "./point-worker.ts";
import { ThisThread } from "./this-thread.ts";

export interface LocalOptions {
  /** For runs in this thread. */
  readonly workbench: Workbench<Library>;
  /** For runs in worker threads. */
  readonly setting: WorkerSetting;
  /** Maximum number of concurrent runs. */
  readonly atOnce: number;
  /** Run time of a point from which the ones after it go to a worker thread, even to a single one. By default none does. */
  readonly longPointMs?: number;
  /** Approximate number of runs; undefined if unknown. */
  readonly runs: number | undefined;
  /** Whether a point must not run in this thread. By default every point may. */
  readonly isForThreads?: (request: RunRequest) => boolean;
  /** How long a call of a user's policy may last in a worker thread. */
  readonly policyTimeoutMs?: number;
  readonly interruptibly?: PointOptions["interruptibly"];
  /** Called with the share of the run in this thread that is simulated. */
  readonly progress?: RunOptions["progress"];
  /** Told where points run, whenever that changes. */
  readonly tell?: (where: string) => void;
}

/** The caller closes the executor. */
export function localExecutor(options: LocalOptions): PointExecutor {
  const { workbench, atOnce, runs, longPointMs = Infinity, interruptibly, progress, tell = () => undefined } = options;
  const size = new CrewSize(atOnce, runs);
  const threads = Array.from({ length: atOnce }, () => new LaterThread(options.setting, options.policyTimeoutMs));
  const here = new ThisThread(workbench, threads[0]!, {
    isForThreads: options.isForThreads ?? (() => false),
    interruptibly,
    ...(progress !== undefined && { runOptions: { progress } }),
    goesOn: (pointMs) => {
      if (size.grows(pointMs, crew.left)) tell(`this thread and ${counted(size.members - 1, "worker thread")}`);
      crew.putToWork(size.members);
      return pointMs < longPointMs && !size.areLong;
    },
    left: () => {
      tell(counted(atOnce, "worker thread"));
      crew.putToWork(atOnce);
    },
  });
  const crew = new CrewExecutor([here, ...threads.slice(1)], size.members);
  tell("this thread");
  return crew;
}
