/** Sends a job's outcomes to its sweep, some at a time. */
import type { Redis } from "ioredis";
import type { PointOutcome } from "../point.ts";
import { reportsKey } from "./keys.ts";
import { encoded, type PointJob } from "./protocol.ts";

/** A worker that dies takes no more with it than it computed in this time. */
const REPORT_MS = 1_000;
const LARGEST_REPORT = 100;

export class Reporter {
  readonly #client: Redis;
  readonly #job: PointJob;
  readonly #heard = new Set<number>();
  #outcomes: PointOutcome[] = [];
  #sinceMs = performance.now();
  /** One after the other. */
  #sending: Promise<unknown> = Promise.resolve();

  constructor(client: Redis, job: PointJob) {
    this.#client = client;
    this.#job = job;
  }

  add(outcome: PointOutcome): void {
    this.#heard.add(outcome.index);
    this.#outcomes.push(outcome);
    const isDue = performance.now() - this.#sinceMs >= REPORT_MS || this.#outcomes.length >= LARGEST_REPORT;
    if (isDue) this.#send();
  }

  /** The job without the points that were heard of. */
  rest(): PointJob {
    return { ...this.#job, points: this.#job.points.filter(({ index }) => !this.#heard.has(index)) };
  }

  /** Resolves when the sweep has all of it. Rejects with what went wrong on the way. */
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
    // A sweep that is over has taken its stream away; it is not to come back.
    this.#sending = this.#sending.then(() =>
      this.#client.xadd(reportsKey(this.#job.sweep), "NOMKSTREAM", "*", "report", bytes),
    );
    // Told by `finish`.
    this.#sending.catch(() => undefined);
  }
}
