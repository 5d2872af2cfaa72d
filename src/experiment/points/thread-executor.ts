/** Runs points in worker threads of this process. */
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { MessageChannel } from "node:worker_threads";
import { Piscina } from "piscina";
import type { Point, PointExecutor, PointOutcome, PointSource } from "./point.ts";
import { PointShares } from "./point-shares.ts";
import type { PointBatch, WorkerSetting } from "./point-worker.ts";

/** Node runs no TypeScript: from the sources (under test), the worker is the built one. */
const workerFile = new URL(
  import.meta.url.endsWith(".ts") ? "../../../dist/experiment/points/point-worker.js" : "./point-worker.js",
  import.meta.url,
);

/** Long enough that handing a batch over costs nothing beside it, short enough that no worker is late in the end. */
const BATCH_MS = 100;
const LARGEST_BATCH = 1000;

export class ThreadExecutor implements PointExecutor {
  readonly #jobs: number;
  readonly #pool: Piscina<PointBatch, void>;

  /** `jobs`: how many threads; `cwd`: absolute, where paths start. */
  constructor(jobs: number, { cwd }: WorkerSetting) {
    this.#jobs = jobs;
    const setting: WorkerSetting = { cwd };
    this.#pool = new Piscina({
      filename: fileURLToPath(workerFile),
      workerData: setting,
      minThreads: jobs,
      maxThreads: jobs,
      // A worker that sleeps in Atomics.wait would hold back what policies print.
      atomics: "disabled",
      recordTiming: false,
    });
    // A thread that dies between two batches takes nothing with it; the pool has started another one.
    this.#pool.on("error", () => undefined);
  }

  async run(points: PointSource, ended: (outcome: PointOutcome) => void, signal?: AbortSignal): Promise<void> {
    const shares = new PointShares(points, this.#jobs);
    const lanes = Array.from({ length: this.#jobs }, (_, worker) => this.#lane(shares, worker, ended, signal));
    await Promise.all(lanes);
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }

  /** One batch after the other; as many lanes as threads, so that a lane's thread is free when its batch is over. */
  async #lane(
    shares: PointShares,
    worker: number,
    ended: (outcome: PointOutcome) => void,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    let size = 1;
    for (;;) {
      signal?.throwIfAborted();
      const batch = shares.take(worker, size);
      if (batch.length === 0) return;
      const startMs = performance.now();
      await this.#runAll(batch, ended, signal);
      const pointMs = (performance.now() - startMs) / batch.length;
      size = Math.max(1, Math.min(LARGEST_BATCH, 2 * size, Math.round(BATCH_MS / pointMs)));
    }
  }

  /**
   * A point whose worker died is run again with a new one, since a policy's late timer may have done it; the second time
   * it is to blame. Those behind it go on.
   */
  async #runAll(batch: readonly Point[], ended: (outcome: PointOutcome) => void, signal?: AbortSignal): Promise<void> {
    let suspect: number | undefined;
    for (let left = batch; left.length > 0; ) {
      let heard = 0;
      const error = await this.#runBatch(left, signal, (outcome) => {
        heard += 1;
        ended(outcome);
      });
      left = left.slice(heard);
      if (left.length === 0) return;
      signal?.throwIfAborted();
      const { index } = left[0]!;
      if (index === suspect) {
        const message = `the worker thread ended: ${error instanceof Error ? error.message : String(error)}`;
        ended({ kind: "failed", index, failure: { kind: "crash", message } });
        left = left.slice(1);
      }
      suspect = index;
    }
  }

  /** What ended the worker before its time; undefined: nothing. */
  async #runBatch(
    points: readonly Point[],
    signal: AbortSignal | undefined,
    ended: (outcome: PointOutcome) => void,
  ): Promise<unknown> {
    const { port1, port2 } = new MessageChannel();
    port1.on("message", ended);
    const closed = once(port1, "close");
    try {
      await this.#pool.run(
        { points, outcomes: port2 },
        { transferList: [port2], ...(signal !== undefined && { signal }) },
      );
      // Outcomes come through another door than the end of the batch.
      await closed;
      return undefined;
    } catch (error) {
      await closed;
      return error ?? new Error("no reason given");
    }
  }
}
