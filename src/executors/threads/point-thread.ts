/** One worker thread. If it dies, a new one replaces it. */
import { once } from "node:events";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { MessageChannel } from "node:worker_threads";
import { Piscina } from "piscina";
import type { Point, PointOutcome } from "../point.ts";
import type { PointBatch, WorkerSetting } from "./point-worker.ts";

/** Worker threads run JavaScript. Under test, when the sources run, the worker is the built one. */
const workerFile = new URL(
  import.meta.url.endsWith(".ts") ? "../../../dist/executors/threads/thread-start.cjs" : "./thread-start.cjs",
  import.meta.url,
);

/** Twice the default. Simulations create much garbage, and a larger space is collected less often. */
const YOUNG_GENERATION_MB = 96;

/** A pool of one thread. The costs that it has computed serve the next batch of the same case. */
export class PointThread {
  readonly #pool: Piscina<PointBatch, void>;
  /** Aborted if no thread can be started. */
  readonly #broken = new AbortController();
  /** Calls of `run` in progress. */
  #calls = 0;
  /** Callers that wait until there are none. */
  readonly #waiting: (() => void)[] = [];

  /** The thread starts at once. */
  constructor(setting: WorkerSetting) {
    this.#pool = new Piscina({
      filename: fileURLToPath(workerFile),
      workerData: setting,
      minThreads: 1,
      maxThreads: 1,
      // A worker that sleeps in Atomics.wait would delay the output of policies.
      atomics: "disabled",
      recordTiming: false,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
    // If a thread dies between two batches, no work is lost and the pool starts another. If a thread fails to start,
    // the pool starts no other and runs would wait forever.
    this.#pool.on("error", (cause: Error) => {
      if (this.#pool.threads.length > 0) return;
      this.#broken.abort(new Error(`worker threads do not start: ${cause.message}`, { cause }));
    });
  }

  /**
   * Runs points in order. Resolves with the error that ended the thread early, or undefined. Rejects if no thread can
   * be started.
   */
  async run(points: readonly Point[], ended: (outcome: PointOutcome) => void, signal: AbortSignal): Promise<unknown> {
    this.#calls += 1;
    try {
      return await this.#run(points, ended, signal);
    } finally {
      this.#calls -= 1;
      void this.#wake();
    }
  }

  /** Wakes the waiting callers one by one, because each may start a run. */
  async #wake(): Promise<void> {
    while (this.#calls === 0 && this.#waiting.length > 0) {
      this.#waiting.shift()!();
      await setImmediate();
    }
  }

  /** Resolves when the thread has no work, or when the signal is aborted. */
  async untilFree(signal: AbortSignal): Promise<void> {
    while (this.#calls > 0 && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          signal.removeEventListener("abort", wake);
          resolve();
        };
        signal.addEventListener("abort", wake);
        this.#waiting.push(wake);
      });
    }
  }

  async #run(points: readonly Point[], ended: (outcome: PointOutcome) => void, signal: AbortSignal): Promise<unknown> {
    const { port1, port2 } = new MessageChannel();
    port1.on("message", ended);
    const closed = once(port1, "close");
    try {
      const halt = AbortSignal.any([signal, this.#broken.signal]);
      await this.#pool.run({ points, outcomes: port2 }, { transferList: [port2], signal: halt });
      return undefined;
    } catch (error) {
      // If the batch was aborted before it reached a thread, the port is still here.
      port2.close();
      this.#broken.signal.throwIfAborted();
      return error ?? new Error("no reason given");
    } finally {
      // Outcomes come through their own port, so some may arrive after the batch has ended.
      await closed;
    }
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }
}
