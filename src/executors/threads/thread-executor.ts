/** Runs points in worker threads of this process. */
import type { Point, PointExecutor, PointOutcome, PointSource } from "../point.ts";
import { homeThread } from "./home-thread.ts";
import { PointShares } from "./point-shares.ts";
import { PointThread, PolicyOverdue } from "./point-thread.ts";
import type { WorkerSetting } from "./point-worker.ts";

type Ended = (outcome: PointOutcome) => void;

/** Target duration of a batch: long enough that handing it over costs little. */
const BATCH_MS = 100;
const LARGEST_BATCH = 1000;

export class ThreadExecutor implements PointExecutor {
  readonly #threads: readonly PointThread[];

  /** `policyTimeoutMs`: how long a call of a user's policy may last. */
  constructor(threads: number, setting: WorkerSetting, policyTimeoutMs?: number) {
    this.#threads = Array.from({ length: threads }, () => new PointThread(setting, policyTimeoutMs));
  }

  /** Also rejects with an error that the source throws. */
  async run(points: PointSource, ended: Ended, signal?: AbortSignal): Promise<void> {
    const fault = new AbortController();
    const halt = signal === undefined ? fault.signal : AbortSignal.any([signal, fault.signal]);
    const report: Ended = (outcome) => {
      if (!fault.signal.aborted) orAbort(fault, () => ended(outcome));
    };
    const shares = new PointShares(points, this.#threads.length);
    const home = homeThread(points, this.#threads.length);
    const workers = this.#threads.map((thread, worker) => ({
      thread,
      take: (most: number) => shares.take(worker, most),
      ready: worker === home ? async () => undefined : () => thread.untilFree(halt),
    }));
    // The home thread asks first, and therefore gets the first case.
    const inOrder = [...workers.slice(home), ...workers.slice(0, home)];
    await Promise.allSettled(inOrder.map((worker) => feed(worker, report, halt).catch((error) => fault.abort(error))));
    halt.throwIfAborted();
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }
}

function orAbort(fault: AbortController, work: () => void): void {
  try {
    work();
  } catch (error) {
    fault.abort(error);
  }
}

interface Worker {
  readonly thread: PointThread;
  readonly take: (most: number) => readonly Point[];
  /** Resolves when it may take points. Threads other than the home thread help only if they have no other work. */
  readonly ready: () => Promise<void>;
}

/** Gives a thread one batch after another. Batches grow if points are short. */
async function feed({ thread, take, ready }: Worker, ended: Ended, halt: AbortSignal): Promise<void> {
  let size = 1;
  for (;;) {
    await ready();
    halt.throwIfAborted();
    const batch = take(size);
    if (batch.length === 0) return;
    const startMs = performance.now();
    await runAll(thread, batch, ended, halt);
    const pointMs = (performance.now() - startMs) / batch.length;
    size = Math.max(1, Math.min(LARGEST_BATCH, 2 * size, Math.round(BATCH_MS / pointMs)));
  }
}

/**
 * A point whose thread died runs once more in a new thread, since a late timer of an earlier point's policy may have
 * killed it. If the thread dies again, the point has failed. A point whose policy does not return has failed at once. The
 * points after it still run.
 */
async function runAll(thread: PointThread, batch: readonly Point[], ended: Ended, halt: AbortSignal): Promise<void> {
  let suspect: number | undefined;
  for (let left = batch; left.length > 0; ) {
    let over = 0;
    const error = await thread.run(
      left,
      (outcome) => {
        over += 1;
        ended(outcome);
      },
      halt,
    );
    left = left.slice(over);
    if (left.length === 0) return;
    halt.throwIfAborted();
    const { index } = left[0]!;
    if (error instanceof PolicyOverdue) {
      ended({ kind: "failed", index, failure: { kind: "policy", message: error.message } });
      left = left.slice(1);
    } else if (index === suspect) {
      const message = `the worker thread ended: ${error instanceof Error ? error.message : String(error)}`;
      ended({ kind: "failed", index, failure: { kind: "crash", message } });
      left = left.slice(1);
    }
    suspect = index;
  }
}
