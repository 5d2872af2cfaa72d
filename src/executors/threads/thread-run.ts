/** One call of `run`: its points, shared among the threads, and when it is over. */
import type { Point, PointOutcome, PointSource } from "../point.ts";
import { homeThread } from "./home-thread.ts";
import { PointShares } from "./point-shares.ts";
import { PolicyOverdue } from "./policy-overdue.ts";

type Ended = (outcome: PointOutcome) => void;

/** Runs batches: a worker thread, or this thread. */
export interface PointRunner {
  /** The most points of a batch; left out: as many as its time allows. */
  readonly mostPoints?: number | undefined;
  /** Whether it can have a second batch while it is at one, so that it never waits for the next. */
  readonly takesAhead: boolean;
  /**
   * Runs points in order. Resolves with the error that ended it early, or undefined: PolicyOverdue if the policy of the
   * first unfinished point did not return. Rejects if it can run nothing, or if the simulation is interrupted.
   */
  run(points: readonly Point[], ended: Ended, signal: AbortSignal): Promise<unknown>;
  close(): Promise<void>;
}

type Runner = Pick<PointRunner, "run" | "mostPoints">;

/** Target duration of a batch, the wait for the one before included: long enough that handing it over costs little. */
const BATCH_MS = 400;
const LARGEST_BATCH = 1000;

export class ThreadRun {
  /** The thread that computes the costs of the first case. */
  readonly home: number;
  /** Resolves once every point has ended or the run was aborted, and no thread works on it. */
  readonly over: Promise<void>;
  /** Aborted with the reason why the run must end. */
  readonly halt: AbortSignal;
  readonly #shares: PointShares;
  readonly #ended: Ended;
  readonly #fault = new AbortController();
  readonly #settleIfOver: () => void;
  /** Batches in progress. */
  #batches = 0;
  #batchSize = 1;

  constructor(points: PointSource, ended: Ended, threads: number, signal: AbortSignal | undefined) {
    this.halt = signal === undefined ? this.#fault.signal : AbortSignal.any([signal, this.#fault.signal]);
    this.home = this.#orFault(() => homeThread(points, threads)) ?? 0;
    this.#shares = new PointShares(points, threads);
    this.#ended = (outcome) => {
      if (!this.#fault.signal.aborted) this.#orFault(() => ended(outcome));
    };
    let settle = (): void => undefined;
    this.over = new Promise((resolve) => {
      settle = resolve;
    });
    this.#settleIfOver = () => {
      if (this.#batches > 0 || this.hasPoints) return;
      // The caller's signal outlives the run, and would keep it and its results.
      this.halt.removeEventListener("abort", this.#settleIfOver);
      settle();
    };
    this.halt.addEventListener("abort", this.#settleIfOver);
    this.#settleIfOver();
  }

  /** Points not yet taken, those that need no run included. */
  get left(): number {
    return this.#shares.left;
  }

  get hasPoints(): boolean {
    return !this.halt.aborted && this.#shares.left > 0;
  }

  /** Whether no thread works on it. */
  get isIdle(): boolean {
    return this.#batches === 0;
  }

  /**
   * Starts the next batch of a thread and returns its end, after which `batchEnded` must be called. `alone`: no other
   * run has points. Then batches get smaller towards the end, so that the threads end together.
   */
  begin(runner: Runner, worker: number, company: "alone" | "with others"): Promise<void> {
    const { mostPoints = LARGEST_BATCH } = runner;
    const fair = company === "alone" ? this.#shares.fairShare : LARGEST_BATCH;
    const batch = this.#orFault(() => this.#shares.take(worker, Math.min(this.#batchSize, mostPoints, fair))) ?? [];
    this.#batches += 1;
    return this.#run(runner, batch).catch((error) => this.#fault.abort(error));
  }

  batchEnded(): void {
    this.#batches -= 1;
    this.#settleIfOver();
  }

  /** Batches grow if points are short. */
  async #run(runner: Runner, batch: readonly Point[]): Promise<void> {
    if (batch.length === 0) return;
    const startMs = performance.now();
    await runAll(runner, batch, this.#ended, this.halt);
    const pointMs = (performance.now() - startMs) / batch.length;
    const wanted = Math.min(LARGEST_BATCH, 2 * this.#batchSize, Math.round(BATCH_MS / pointMs));
    this.#batchSize = Math.max(1, wanted);
  }

  /** What `work` returns. An error ends the run. */
  #orFault<Result>(work: () => Result): Result | undefined {
    try {
      return work();
    } catch (error) {
      this.#fault.abort(error);
      return undefined;
    }
  }
}

/**
 * A point whose thread died runs once more in a new thread, since a late timer of an earlier point's policy may have
 * killed it. If the thread dies again, the point has failed. A point whose policy does not return has failed at once. The
 * points after it still run.
 */
async function runAll(runner: Runner, batch: readonly Point[], ended: Ended, halt: AbortSignal): Promise<void> {
  let suspect: number | undefined;
  for (let left = batch; left.length > 0; ) {
    let over = 0;
    const error = await runner.run(
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
