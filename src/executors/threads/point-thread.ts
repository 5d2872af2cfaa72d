/** One worker thread, replaced by a new one where it dies. */
import { once } from "node:events";
import { setImmediate } from "node:timers/promises";
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

/** Twice what it has by itself: simulations make much garbage, and what is collected half as often is half as much work. */
const YOUNG_MB = 96;

/** A pool of one: costs that a thread has made are there for the next batch of the same case. */
export class PointThread {
  readonly #pool: Piscina<PointBatch, void>;
  /** Aborted where no thread can be started. */
  readonly #broken = new AbortController();
  /** Calls of `run` that are not over. */
  #calls = 0;
  /** Who is to be told when there are none any more. */
  readonly #waiting: (() => void)[] = [];

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
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
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
    this.#calls += 1;
    try {
      return await this.#run(points, ended, signal);
    } finally {
      this.#calls -= 1;
      void this.#wake();
    }
  }

  /** One after the other: who is told first may keep it busy. */
  async #wake(): Promise<void> {
    while (this.#calls === 0 && this.#waiting.length > 0) {
      this.#waiting.shift()!();
      await setImmediate();
    }
  }

  /** Resolves when it has nothing to do, or at once where the signal is aborted. */
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
