// Hot: runs for every waiting job at every decision. Arrays by slot, no objects.
/**
 * PREMA's tokens. Source: algorithm 2 of Choi and Rhu, HPCA 2020: a job starts with its priority as token. At each
 * scheduling event a waiting job gains priority x slowdown; the slowdown is its wait / T_estimated.
 * Adaptation: the paper leaves open which wait is meant (readings.ts). With `since-last`, each event adds the wait
 * since the event before, so token = priority x (1 + whole wait / T_estimated). With `total` and `since-run`, each
 * event adds a whole wait again: since the arrival, less time on an accelerator, or since the job last ran; the first
 * event that sees a job gives it its priority. A token is never lowered: we read "dispatch" in algorithm 2 as the job's
 * arrival, as all peers do.
 */
import type { ReadyJob, RunningJob } from "../../core/scheduler.ts";
import { estimatedNs } from "./predictor.ts";
import type { Reading } from "./readings.ts";

export class TokenLedger {
  /** Whether a token depends on the time alone, and not on whether it was read at earlier events. */
  readonly isMemoryless: boolean;
  readonly #wait: Reading["wait"];
  readonly #isRunningUpdated: boolean;
  /** Token as last read; of a running job, at its dispatch or later. */
  readonly #tokens: number[] = [];
  readonly #estimatedNs: number[] = [];
  /** Waiting before the last dispatch, ns. */
  readonly #waitedNs: number[] = [];
  /** The first event with the job, and the last that brought its token up to date. */
  readonly #firstEvents: number[] = [];
  readonly #lastEvents: number[] = [];
  #event = 0;
  #eventNs = -1;

  constructor({ wait, runningTokens }: Pick<Reading, "wait" | "runningTokens">) {
    this.isMemoryless = wait === "since-last";
    this.#wait = wait;
    this.#isRunningUpdated = runningTokens === "update" && wait === "total";
  }

  released(job: ReadyJob, nowNs: number): void {
    const { slot } = job;
    this.#tokens[slot] = job.priority;
    this.#estimatedNs[slot] = estimatedNs(job);
    this.#waitedNs[slot] = 0;
    this.#firstEvents[slot] = nowNs === this.#eventNs ? this.#event : this.#event + 1;
    this.#lastEvents[slot] = 0;
  }

  dispatched(job: ReadyJob): void {
    this.#tokens[job.slot] = this.token(job);
    this.#waitedNs[job.slot]! += this.#eventNs - job.lastRanNs;
  }

  /** A scheduling event; everything that happens at one time is one event. */
  beginEvent(nowNs: number): void {
    if (nowNs === this.#eventNs) return;
    this.#eventNs = nowNs;
    this.#event += 1;
  }

  /** The token of a waiting job at this event. Unless the ledger is memoryless, read it at every event. */
  token(job: ReadyJob): number {
    const sinceRunNs = this.#eventNs - job.lastRanNs;
    if (this.isMemoryless) return job.priority + this.#gain(job, this.#waitedNs[job.slot]! + sinceRunNs);
    const { slot } = job;
    if (this.#lastEvents[slot] === this.#event) return this.#tokens[slot]!;
    this.#lastEvents[slot] = this.#event;
    if (this.isFresh(job)) return this.#tokens[slot]!;
    this.#tokens[slot]! += this.#gain(job, this.#wait === "total" ? this.#waitedNs[slot]! + sinceRunNs : sinceRunNs);
    return this.#tokens[slot]!;
  }

  /** Whether no event has seen a waiting job before. */
  isFresh({ slot }: ReadyJob): boolean {
    return this.#firstEvents[slot] === this.#event;
  }

  /**
   * The token of a running job at this event: what it had when it was dispatched, unless running jobs gain too.
   * A job that is stopped at an event does not gain as a waiting one at the same event.
   */
  runningToken(job: RunningJob): number {
    const { slot } = job;
    if (this.#lastEvents[slot] === this.#event) return this.#tokens[slot]!;
    this.#lastEvents[slot] = this.#event;
    if (this.#isRunningUpdated) this.#tokens[slot]! += this.#gain(job, this.#waitedNs[slot]!);
    return this.#tokens[slot]!;
  }

  #gain(job: ReadyJob, waitNs: number): number {
    return job.priority * (waitNs / this.#estimatedNs[job.slot]!);
  }
}
