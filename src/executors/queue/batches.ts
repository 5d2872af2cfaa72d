/** Divides a source of points into queue jobs of a suitable size. */
import type { Point, PointSource } from "../point.ts";
import { pointAt } from "../point-at.ts";

/** Target duration of a job: long enough that the queue costs little, short enough that a dead worker loses little. */
const JOB_MS = 500;
/** Maximum points in a job. Keeps a job and its report well below a megabyte. */
const LARGEST_JOB = 250;

export class Batches {
  readonly #source: PointSource;
  /** Points to run in jobs of their own because their common job failed. */
  readonly #alone: number[] = [];
  #next = 0;
  #size = 1;

  constructor(source: PointSource) {
    this.#source = source;
  }

  /** The points of the next job; empty if none remain. `threads`: the known number of points that run at once. */
  take(threads: number): readonly Point[] {
    const alone = this.#alone.pop();
    if (alone !== undefined) return [pointAt(this.#source, alone)!];
    const { count } = this.#source;
    // Jobs shrink near the end so that all threads end together.
    const most = Math.min(this.#size, Math.ceil((count - this.#next) / (2 * Math.max(1, threads))));
    const points: Point[] = [];
    for (; this.#next < count && points.length < most; this.#next += 1) {
      const point = pointAt(this.#source, this.#next);
      if (point !== undefined) points.push(point);
    }
    return points;
  }

  /** Adapts the size of jobs to the measured time per point. */
  learn(points: number, computedMs: number): void {
    const fitting = Math.round((JOB_MS * points) / Math.max(computedMs, 1e-3));
    this.#size = Math.max(1, Math.min(fitting, 2 * this.#size, LARGEST_JOB));
  }

  /** Puts each of these points in a job of its own, before all other points. */
  again(indexes: Iterable<number>): void {
    this.#alone.push(...indexes);
  }
}
