/** Points on their way: in which job each is, and which are still to be heard of. */
import type { Point, PointOutcome } from "../point.ts";

export interface FlyingJob {
  readonly id: string;
  readonly points: readonly Point[];
  /** Indexes not heard of. */
  readonly open: Set<number>;
  /** How often in a row Redis did not know of it. */
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

  /** Whether the outcome is news: a job that two workers had brings each of its points twice. */
  hear({ index }: Pick<PointOutcome, "index">): boolean {
    const job = this.#jobOf.get(index);
    if (job === undefined) return false;
    this.#jobOf.delete(index);
    job.open.delete(index);
    if (job.open.size === 0) this.#jobs.delete(job.id);
    return true;
  }

  /** Forgets a job and the points of it that are still open. */
  drop(job: FlyingJob): void {
    for (const index of job.open) this.#jobOf.delete(index);
    this.#jobs.delete(job.id);
  }
}
