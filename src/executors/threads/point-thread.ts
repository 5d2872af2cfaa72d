/** One worker thread, replaced by a new one where it dies. */
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { MessageChannel } from "node:worker_threads";
import { Piscina } from "piscina";
import type { Point, PointOutcome } from "../point.ts";
import type { PointBatch, WorkerSetting } from "./point-worker.ts";

/** Node runs no TypeScript: from the sources (under test), the worker is the built one. */
const workerFile = new URL(
  import.meta.url.endsWith(".ts") ? "../../../dist/executors/threads/point-worker.js" : "./point-worker.js",
  import.meta.url,
);

/** A pool of one: costs that a thread has made are there for the next batch of the same case. */
export class PointThread {
  readonly #pool: Piscina<PointBatch, void>;
  /** Aborted where no thread can be started. */
  readonly #broken = new AbortController();

  /** The thread starts at once. */
  constructor(setting: WorkerSetting) {
    this.#pool = new Piscina({
      filename: fileURLToPath(workerFile),
      workerData: setting,
      minThreads: 1,
      maxThreads: 1,
      // A worker that sleeps in Atomics.wait would hold back what policies print.
      atomics: "disabled",
      recordTiming: false,
    });
    // A thread that dies between two batches takes nothing with it: the pool starts another one, but none again after
    // one that did not even come up, and runs would wait for ever.
    this.#pool.on("error", (cause: Error) => {
      if (this.#pool.threads.length > 0) return;
      this.#broken.abort(new Error(`worker threads do not start: ${cause.message}`, { cause }));
    });
  }

  /**
   * Points in their order. Resolves with what ended the thread before its time; undefined: nothing did. Rejects where no
   * thread can be started.
   */
  async run(points: readonly Point[], ended: (outcome: PointOutcome) => void, signal: AbortSignal): Promise<unknown> {
    const { port1, port2 } = new MessageChannel();
    port1.on("message", ended);
    const closed = once(port1, "close");
    try {
      const halt = AbortSignal.any([signal, this.#broken.signal]);
      await this.#pool.run({ points, outcomes: port2 }, { transferList: [port2], signal: halt });
      return undefined;
    } catch (error) {
      // Stopped before it came to a thread, it has not been sent away.
      port2.close();
      this.#broken.signal.throwIfAborted();
      return error ?? new Error("no reason given");
    } finally {
      // Outcomes come through another door than the end of the batch.
      await closed;
    }
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }
}
