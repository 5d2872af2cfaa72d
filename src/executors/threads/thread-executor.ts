/** Runs points in worker threads of this process. */
import type { Point, PointExecutor, PointOutcome, PointSource } from "../point.ts";
import { PointShares } from "./point-shares.ts";
import { PointThread } from "./point-thread.ts";
import type { WorkerSetting } from "./point-worker.ts";

type Ended = (outcome: PointOutcome) => void;

/** Long enough that handing a batch over costs nothing beside it. */
const BATCH_MS = 100;
const LARGEST_BATCH = 1000;

export class ThreadExecutor implements PointExecutor {
  readonly #threads: readonly PointThread[];

  /** `jobs`: how many threads. */
  constructor(jobs: number, setting: WorkerSetting) {
    this.#threads = Array.from({ length: jobs }, () => new PointThread(setting));
  }

  /** Also rejects with what the source throws. */
  async run(points: PointSource, ended: Ended, signal?: AbortSignal): Promise<void> {
    const fault = new AbortController();
    const halt = signal === undefined ? fault.signal : AbortSignal.any([signal, fault.signal]);
    const heard: Ended = (outcome) => {
      if (!fault.signal.aborted) orAbort(fault, () => ended(outcome));
    };
    const shares = new PointShares(points, this.#threads.length);
    const home = homeOf(points, this.#threads.length);
    await Promise.allSettled(
      inTurnFrom(home, this.#threads).map(([worker, thread]) => {
        const take = (most: number) => shares.take(worker, most);
        const mayTake = (): Promise<void> => (worker === home ? Promise.resolve() : thread.untilFree(halt));
        return lane(thread, mayTake, take, heard, halt).catch((error) => fault.abort(error));
      }),
    );
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

/** The thread that runs come to first: the same one for all calls about a scenario on a system, whose costs it then has. */
function homeOf(points: PointSource, threads: number): number {
  for (let index = 0; index < points.count; index += 1) {
    const request = points.request(index);
    if (request === undefined) continue;
    const letters = [...`${request.scenario} ${request.system}`];
    return letters.reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 65_521, 0) % threads;
  }
  return 0;
}

function inTurnFrom<Item>(first: number, items: readonly Item[]): readonly (readonly [index: number, item: Item])[] {
  const all = [...items.entries()];
  return [...all.slice(first), ...all.slice(0, first)];
}

/**
 * One batch after the other, larger ones where points are short. `mayTake`: threads that are not the home of the points
 * come to help only when they have nothing else to do.
 */
async function lane(
  thread: PointThread,
  mayTake: () => Promise<void>,
  take: (most: number) => readonly Point[],
  ended: Ended,
  halt: AbortSignal,
): Promise<void> {
  let size = 1;
  for (;;) {
    await mayTake();
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
 * A point whose thread died is run again in a new one, since a late timer of a policy before it may have done it; the
 * second time it is to blame. Those behind it go on.
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
    if (index === suspect) {
      const message = `the worker thread ended: ${error instanceof Error ? error.message : String(error)}`;
      ended({ kind: "failed", index, failure: { kind: "crash", message } });
      left = left.slice(1);
    }
    suspect = index;
  }
}
