/** A batch that a thread was given, until it is over. */
import type { Point, PointOutcome } from "../point.ts";

export class GivenBatch {
  /** Resolves with the error that ended the thread early, or undefined. */
  readonly over: Promise<unknown>;
  readonly signal: AbortSignal;
  readonly #points: readonly Point[];
  readonly #ended: (outcome: PointOutcome) => void;
  #heard = 0;
  #resolve: (error: unknown) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;

  constructor(points: readonly Point[], ended: (outcome: PointOutcome) => void, signal: AbortSignal) {
    this.#points = points;
    this.#ended = ended;
    this.signal = signal;
    this.over = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Points that have not ended, in order. */
  get left(): readonly Point[] {
    return this.#points.slice(this.#heard);
  }

  /** The first of them has. */
  hear(outcome: PointOutcome): void {
    this.#heard += 1;
    this.#ended(outcome);
  }

  get isComplete(): boolean {
    return this.#heard === this.#points.length;
  }

  end(error?: unknown): void {
    this.#resolve(error);
  }

  fail(error: unknown): void {
    this.#reject(error);
  }
}
