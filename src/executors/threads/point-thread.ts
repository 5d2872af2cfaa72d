/** One worker thread. If it dies, a new one replaces it. */
import { once } from "node:events";
import { join } from "node:path";
import { MessageChannel } from "node:worker_threads";
import { Piscina } from "piscina";
import { packageFolder } from "../../files/package-folder.ts";
import { PolicyPulse } from "../../run/policy-pulse.ts";
import { endProcess } from "../end-process.ts";
import type { Point, PointOutcome } from "../point.ts";
import { POLICY_TIMEOUT_MS, PolicyWatch } from "../policy-watch.ts";
import type { PointBatch, WorkerSetting } from "./point-worker.ts";
import { PolicyOverdue } from "./policy-overdue.ts";
import type { PointRunner } from "./thread-run.ts";

/** Threads run JavaScript: the built file, also when the sources run. */
const workerFile = join(packageFolder, "dist/program/point-worker.cjs");

/** Twice the default. Simulations create much garbage, and a larger space is collected less often. */
const YOUNG_GENERATION_MB = 96;

/** A pool of one thread. The costs that it has computed serve the next batch of the same case. */
export class PointThread implements PointRunner {
  readonly #pool: Piscina<PointBatch, void>;
  readonly #pulse = new PolicyPulse();
  /** Aborted if no thread can be started. */
  readonly #broken = new AbortController();

  /** The thread starts at once. */
  constructor(setting: WorkerSetting, policyTimeoutMs = POLICY_TIMEOUT_MS) {
    this.#pulse.limitMs = policyTimeoutMs;
    this.#pool = new Piscina({
      filename: workerFile,
      workerData: { ...setting, pulse: this.#pulse.memory } satisfies WorkerSetting,
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

  /** Rejects if no thread can be started. */
  async run(points: readonly Point[], ended: (outcome: PointOutcome) => void, signal: AbortSignal): Promise<unknown> {
    const { port1, port2 } = new MessageChannel();
    port1.on("message", ended);
    const closed = once(port1, "close");
    const overdue = new AbortController();
    const watching = this.#watch(overdue);
    try {
      const halt = AbortSignal.any([signal, this.#broken.signal, overdue.signal]);
      await this.#pool.run({ points, outcomes: port2 }, { transferList: [port2], signal: halt });
      return undefined;
    } catch (error) {
      // If the batch was aborted before it reached a thread, the port is still here.
      port2.close();
      this.#broken.signal.throwIfAborted();
      return overdue.signal.aborted ? overdue.signal.reason : (error ?? new Error("no reason given"));
    } finally {
      clearInterval(watching);
      this.#endProcess();
      this.#pulse.reset();
      // Outcomes come through their own port, so some may arrive after the batch has ended.
      await closed;
    }
  }

  /** Aborts a batch whose policy does not return. One with a process of its own returns once that has ended. */
  #watch(overdue: AbortController): NodeJS.Timeout {
    const pulse = this.#pulse;
    const watch = new PolicyWatch(pulse);
    return setInterval(() => {
      if (!watch.isOverdue()) return;
      pulse.isOverdue = true;
      if (pulse.pid === 0) overdue.abort(new PolicyOverdue(pulse.overdueText()));
      else endProcess(pulse.pid);
    }, watch.intervalMs);
  }

  /** A thread that waits for a process does not end before it. */
  #endProcess(): void {
    if (this.#pulse.pid !== 0) endProcess(this.#pulse.pid);
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }
}
