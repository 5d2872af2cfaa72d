/** Cuts a source of points into jobs of a fitting size. */
import type { Point, PointSource } from "../point.ts";
import { pointAt } from "../point-at.ts";

/** Long enough that the queue costs nothing beside it, short enough that little is lost with a worker. */
const JOB_MS = 500;
/** Keeps a job, and what comes back of it, well below a megabyte. */
const LARGEST_JOB = 250;

export class Batches {
  readonly #source: PointSource;
  /** To be run alone, since the job that they were in has failed. */
  readonly #alone: number[] = [];
  #next = 0;
  #size = 1;

  constructor(source: PointSource) {
    this.#source = source;
  }

  /** The next job's points; none where there are no more. `lanes`: how many points are run at once, as far as known. */
  take(lanes: number): readonly Point[] {
    const alone = this.#alone.pop();
    if (alone !== undefined) return [pointAt(this.#source, alone)!];
    const { count } = this.#source;
    // Towards the end jobs get smaller, so that all lanes end together.
    const most = Math.min(this.#size, Math.ceil((count - this.#next) / (2 * Math.max(1, lanes))));
    const points: Point[] = [];
    for (; this.#next < count && points.length < most; this.#next += 1) {
      const point = pointAt(this.#source, this.#next);
      if (point !== undefined) points.push(point);
    }
    return points;
  }

  /** What points take says how many make a job. */
  learn(points: number, computedMs: number): void {
    const fitting = Math.round((JOB_MS * points) / Math.max(computedMs, 1e-3));
    this.#size = Math.max(1, Math.min(fitting, 2 * this.#size, LARGEST_JOB));
  }

  /** Each of these is to be a job of its own, soon. */
  again(indexes: Iterable<number>): void {
    this.#alone.push(...indexes);
  }
}
