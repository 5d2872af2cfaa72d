/** Sends a job's outcomes to its sweep in batches. */
import type { Redis } from "ioredis";
import type { PointOutcome } from "../point.ts";
import { reportsKey } from "./keys.ts";
import { encoded, type PointJob } from "./protocol.ts";

/** A worker that dies loses at most the outcomes of this period. */
const REPORT_MS = 1_000;
const LARGEST_REPORT = 100;

export class Reporter {
  readonly #client: Redis;
  readonly #job: PointJob;
  readonly #reported = new Set<number>();
  #outcomes: PointOutcome[] = [];
  #sinceMs = performance.now();
  /** Reports are sent one after another. */
  #sending: Promise<unknown> = Promise.resolve();

  constructor(client: Redis, job: PointJob) {
    this.#client = client;
    this.#job = job;
  }

  add(outcome: PointOutcome): void {
    this.#reported.add(outcome.index);
    this.#outcomes.push(outcome);
    const isDue = performance.now() - this.#sinceMs >= REPORT_MS || this.#outcomes.length >= LARGEST_REPORT;
    if (isDue) this.#send();
  }

  /** The job without the points that have ended. */
  rest(): PointJob {
    return { ...this.#job, points: this.#job.points.filter(({ index }) => !this.#reported.has(index)) };
  }

  /** Resolves when all outcomes are sent. Rejects with an error of any send. */
  async finish(): Promise<void> {
    this.#send();
    await this.#sending;
  }

  #send(): void {
    if (this.#outcomes.length === 0) return;
    const computedMs = performance.now() - this.#sinceMs;
    const bytes = encoded({ run: this.#job.run, outcomes: this.#outcomes, computedMs });
    this.#outcomes = [];
    this.#sinceMs = performance.now();
    // A sweep that is over has deleted its stream, which must not be created again.
    this.#sending = this.#sending.then(() =>
      this.#client.xadd(reportsKey(this.#job.sweep), "NOMKSTREAM", "*", "report", bytes),
    );
    // `finish` reports the error.
    this.#sending.catch(() => undefined);
  }
}
