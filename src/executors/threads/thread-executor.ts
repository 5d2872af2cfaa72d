/** Runs points in worker threads of this process. A thread that has nothing to do takes a batch of any run in progress. */
import type { PointExecutor, PointOutcome, PointSource } from "../point.ts";
import { PointThread } from "./point-thread.ts";
import type { WorkerSetting } from "./point-worker.ts";
import { ThreadRun } from "./thread-run.ts";

export class ThreadExecutor implements PointExecutor {
  readonly #threads: readonly PointThread[];
  /** Numbers of the threads that have a batch. */
  readonly #busy = new Set<number>();
  /** In the order in which they came. */
  readonly #runs = new Set<ThreadRun>();

  /** `policyTimeoutMs`: how long a call of a user's policy may last. */
  constructor(threads: number, setting: WorkerSetting, policyTimeoutMs?: number) {
    this.#threads = Array.from({ length: threads }, () => new PointThread(setting, policyTimeoutMs));
  }

  /** Also rejects with an error that the source throws. */
  async run(points: PointSource, ended: (outcome: PointOutcome) => void, signal?: AbortSignal): Promise<void> {
    const run = new ThreadRun(points, ended, this.#threads.length, signal);
    this.#runs.add(run);
    // The home thread asks first, and therefore gets the first case.
    for (const worker of [run.home, ...this.#threads.keys()]) if (!this.#busy.has(worker)) void this.#keepBusy(worker);
    await run.over;
    this.#runs.delete(run);
    run.halt.throwIfAborted();
  }

  /** Gives a thread one batch after another for as long as there are points. */
  async #keepBusy(worker: number): Promise<void> {
    this.#busy.add(worker);
    for (let batch = this.#begin(worker); batch !== undefined; ) {
      await batch.end;
      // Before the run ends: what its caller does then may take long.
      const next = this.#begin(worker);
      batch.run.batchEnded();
      batch = next;
    }
    this.#busy.delete(worker);
  }

  #begin(worker: number): { readonly run: ThreadRun; readonly end: Promise<void> } | undefined {
    const runs = [...this.#runs].filter(({ hasPoints }) => hasPoints);
    const run = runFor(worker, runs);
    const company = runs.length === 1 ? "alone" : "with others";
    return run && { run, end: run.begin(this.#threads[worker]!, worker, company) };
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }
}

/** The first run whose costs the thread knows; else one that no thread works on, so that few compute the same costs. */
const runFor = (worker: number, runs: readonly ThreadRun[]): ThreadRun | undefined =>
  runs.find(({ home }) => home === worker) ?? runs.find(({ isIdle }) => isIdle) ?? runs[0];
