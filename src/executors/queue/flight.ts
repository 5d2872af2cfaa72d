/** Jobs in flight: which points each one has, and which of them still lack an outcome. */
import type { Point, PointOutcome } from "../point.ts";

export interface FlyingJob {
  readonly id: string;
  readonly points: readonly Point[];
  /** Indexes of the points without an outcome. */
  readonly open: Set<number>;
  /** How many checks in a row did not find the job in Redis. */
  missed: number;
}

export class Flight {
  readonly #jobs = new Map<string, FlyingJob>();
  readonly #jobOf = new Map<number, FlyingJob>();

  get size(): number {
    return this.#jobs.size;
  }

  get jobs(): readonly FlyingJob[] {
    return [...this.#jobs.values()];
  }

  add(id: string, points: readonly Point[]): FlyingJob {
    const job: FlyingJob = { id, points, open: new Set(points.map(({ index }) => index)), missed: 0 };
    this.#jobs.set(id, job);
    for (const { index } of points) this.#jobOf.set(index, job);
    return job;
  }

  /** Records an outcome. Returns false for a repeated one: a job that two workers ran reports its points twice. */
  settle({ index }: Pick<PointOutcome, "index">): boolean {
    const job = this.#jobOf.get(index);
    if (job === undefined) return false;
    this.#jobOf.delete(index);
    job.open.delete(index);
    if (job.open.size === 0) this.#jobs.delete(job.id);
    return true;
  }

  /** Removes a job with its open points. */
  drop(job: FlyingJob): void {
    for (const index of job.open) this.#jobOf.delete(index);
    this.#jobs.delete(job.id);
  }
}
