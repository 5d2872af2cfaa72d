/** Shares points among workers: whole cases while any remain, then half of another worker's remaining points. */
import type { Point, PointSource } from "../point.ts";
import { pointAt } from "../point-at.ts";

interface Range {
  /** The next point to run. */
  from: number;
  /** Exclusive. */
  to: number;
}

/** Keeps the points of a case with one worker, which then computes their costs once. */
export class PointShares {
  readonly #source: PointSource;
  readonly #ranges: Range[];
  #untouched = 0;
  #left: number;

  /** `workers`: number of workers that take points. */
  constructor(source: PointSource, workers: number) {
    this.#source = source;
    this.#ranges = Array.from({ length: workers }, () => ({ from: 0, to: 0 }));
    this.#left = source.count;
  }

  /** Points not yet taken, those that need no run included. */
  get left(): number {
    return this.#left;
  }

  /** The most points that a worker should take if workers are to end together; at least 1 if any are left. */
  get fairShare(): number {
    return Math.ceil(this.#left / (2 * this.#ranges.length));
  }

  /** Up to `most` points for a worker, at least 1; empty if none remain. */
  take(worker: number, most: number): readonly Point[] {
    const points: Point[] = [];
    while (points.length < most && this.#refill(worker)) {
      const index = this.#ranges[worker]!.from++;
      this.#left -= 1;
      const point = pointAt(this.#source, index);
      if (point !== undefined) points.push(point);
    }
    return points;
  }

  /** Whether the worker still has a point to run. */
  #refill(worker: number): boolean {
    const range = this.#ranges[worker]!;
    if (range.from < range.to) return true;
    const { count, caseSize } = this.#source;
    if (this.#untouched < count) {
      this.#ranges[worker] = { from: this.#untouched, to: Math.min(count, this.#untouched + caseSize) };
      this.#untouched = this.#ranges[worker]!.to;
      return true;
    }
    return this.#steal(worker);
  }

  #steal(worker: number): boolean {
    const left = ({ from, to }: Range): number => to - from;
    const richest = this.#ranges.reduce((most, range) => (left(range) > left(most) ? range : most));
    if (left(richest) === 0) return false;
    const middle = richest.to - Math.ceil(left(richest) / 2);
    this.#ranges[worker] = { from: middle, to: richest.to };
    richest.to = middle;
    return true;
  }
}
