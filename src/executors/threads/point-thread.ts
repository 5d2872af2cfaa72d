/** One worker thread. If it dies, a new one replaces it. */
import { once } from "node:events";
import { join } from "node:path";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import { Piscina } from "piscina";
import { packageFolder } from "../../files/package-folder.ts";
import { PolicyPulse } from "../../run/policy-pulse.ts";
import { endProcess } from "../end-process.ts";
import type { Point, PointOutcome } from "../point.ts";
import { POLICY_TIMEOUT_MS, PolicyWatch } from "../policy-watch.ts";
import { GivenBatch } from "./given-batch.ts";
import type { ThreadSession, WorkerSetting } from "./point-worker.ts";
import { PolicyOverdue } from "./policy-overdue.ts";
import type { PointRunner } from "./thread-run.ts";

/** Threads run JavaScript: the built file, also when the sources run. */
const workerFile = join(packageFolder, "dist/program/point-worker.cjs");

/** Twice the default. Simulations create much garbage, and a larger space is collected less often. */
const YOUNG_GENERATION_MB = 96;

/** A pool of one thread. The costs that it has computed serve the next batch of the same case. */
export class PointThread implements PointRunner {
  readonly takesAhead = true;
  readonly #pool: Piscina<ThreadSession, void>;
  readonly #pulse = new PolicyPulse();
  /** Aborted if no thread can be started. */
  readonly #broken = new AbortController();
  /** Batches that are not over. The thread is at the first. */
  #given: GivenBatch[] = [];
  #isAtWork = false;
  /** While the thread takes batches. */
  #session: { readonly port: MessagePort; readonly halt: AbortController } | undefined;

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
    if (signal.aborted) return signal.reason;
    const batch = new GivenBatch(points, ended, signal);
    const stop = (): void => this.#session?.halt.abort(signal.reason);
    signal.addEventListener("abort", stop);
    this.#given.push(batch);
    this.#session?.port.postMessage(points);
    if (!this.#isAtWork) void this.#work();
    try {
      return await batch.over;
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  /** Holds sessions until all batches are over: another one after each that ended early. */
  async #work(): Promise<void> {
    this.#isAtWork = true;
    for (; this.#given.length > 0; this.#endAborted()) {
      try {
        const error = await this.#hold();
        // The thread was ended for an aborted batch, or it is the first one's fault.
        if (!this.#endAborted() && error !== undefined) this.#given.shift()?.end(error);
      } catch (error) {
        for (const batch of this.#given.splice(0)) batch.fail(error);
      }
    }
    this.#isAtWork = false;
  }

  /** Returns whether there were any. */
  #endAborted(): boolean {
    const aborted = this.#given.filter(({ signal }) => signal.aborted);
    this.#given = this.#given.filter(({ signal }) => !signal.aborted);
    for (const batch of aborted) batch.end(batch.signal.reason);
    return aborted.length > 0;
  }

  /** One session. Resolves with the error that ended it early, or undefined. */
  async #hold(): Promise<unknown> {
    const { port1: port, port2 } = new MessageChannel();
    port.on("message", (outcome: PointOutcome) => this.#hear(outcome));
    const closed = once(port, "close");
    const halt = new AbortController();
    const watching = this.#watch(halt);
    for (const { left } of this.#given) port.postMessage(left);
    this.#session = { port, halt };
    try {
      const signal = AbortSignal.any([this.#broken.signal, halt.signal]);
      await this.#pool.run({ port: port2 }, { transferList: [port2], signal });
      return undefined;
    } catch (error) {
      // If the session was aborted before it reached a thread, the port is still here.
      port2.close();
      this.#broken.signal.throwIfAborted();
      return halt.signal.aborted ? halt.signal.reason : (error ?? new Error("no reason given"));
    } finally {
      this.#session = undefined;
      clearInterval(watching);
      this.#endProcess();
      this.#pulse.reset();
      // Outcomes come through their own port, so some may arrive after the session has ended.
      await closed;
    }
  }

  #hear(outcome: PointOutcome): void {
    const [batch] = this.#given;
    batch!.hear(outcome);
    if (!batch!.isComplete) return;
    this.#given.shift();
    batch!.end();
    // Its giver may have another one at once.
    setImmediate(() => this.#endSessionIfIdle());
  }

  #endSessionIfIdle(): void {
    if (this.#given.length > 0) return;
    this.#session?.port.close();
    this.#session = undefined;
  }

  /** Ends a session whose policy does not return. One with a process of its own returns once that has ended. */
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
