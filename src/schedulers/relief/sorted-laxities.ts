// Hot while many jobs wait: a few steps per dispatched layer.
/**
 * Waiting jobs by the time at which their laxity ends, least first; ties go by release, task, job. The same time can be
 * taken from all jobs ahead of one at once: that keeps their order, so chunks of jobs note it without touching each.
 */
import type { ReadyJob } from "../../core/scheduler.ts";
import { comesBefore } from "../selection.ts";

/** A chunk with more jobs is split. */
const MOST = 64;

export class SortedLaxities {
  /** None is empty. */
  readonly #chunks: Chunk[] = [];
  /** By slot; undefined: the job is not here. */
  readonly #chunkOf: (Chunk | undefined)[] = [];

  has(job: ReadyJob): boolean {
    return this.#chunkOf[job.slot] !== undefined;
  }

  /** When the laxity of a job that is here ends, ns. */
  endNsOf(job: ReadyJob): number {
    const chunk = this.#chunkOf[job.slot]!;
    return chunk.endNsAt(chunk.jobs.indexOf(job));
  }

  get first(): ReadyJob | undefined {
    return this.#chunks[0]?.jobs[0];
  }

  /** The first job in order that passes a test. */
  find(passes: (job: ReadyJob) => boolean): ReadyJob | undefined {
    for (let c = 0; c < this.#chunks.length; c++) {
      const { jobs } = this.#chunks[c]!;
      for (let i = 0; i < jobs.length; i++) if (passes(jobs[i]!)) return jobs[i];
    }
    return undefined;
  }

  /** The first job whose laxity ends after this time. */
  firstAfter(nowNs: number): ReadyJob | undefined {
    const chunks = this.#chunks;
    let low = 0;
    let high = chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (chunks[middle]!.endNsAt(chunks[middle]!.length - 1) > nowNs) high = middle;
      else low = middle + 1;
    }
    const chunk = chunks[low];
    if (chunk === undefined) return undefined;
    let i = 0;
    while (!(chunk.endNsAt(i) > nowNs)) i += 1;
    return chunk.jobs[i];
  }

  add(job: ReadyJob, endNs: number): void {
    const at = this.#chunkFor(job, endNs);
    const chunk = this.#chunks[at] ?? this.#newChunk(0);
    chunk.insert(chunk.countAhead(job, endNs), job, endNs);
    this.#chunkOf[job.slot] = chunk;
    if (chunk.length > MOST) this.#split(chunk, at);
  }

  remove(job: ReadyJob): void {
    const chunk = this.#chunkOf[job.slot]!;
    this.#chunkOf[job.slot] = undefined;
    chunk.removeAt(chunk.jobs.indexOf(job));
    if (chunk.length < MOST / 4) this.#mergeWithNext(chunk);
  }

  /** Takes time from the laxity of all jobs ahead of one whose own ends then. It need not be here. */
  takeAhead(job: ReadyJob, endNs: number, takenNs: number): void {
    const at = this.#chunkFor(job, endNs);
    for (let c = 0; c < at; c++) this.#chunks[c]!.takenNs += takenNs;
    const chunk = this.#chunks[at];
    chunk?.take(chunk.countAhead(job, endNs), takenNs);
  }

  clear(): void {
    this.#chunks.length = 0;
    this.#chunkOf.fill(undefined);
  }

  /** Index of the last chunk that begins ahead of a job; 0 if none does. */
  #chunkFor(job: ReadyJob, endNs: number): number {
    let low = 0;
    let high = this.#chunks.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.#chunks[middle]!.isAhead(0, job, endNs)) low = middle;
      else high = middle;
    }
    return low;
  }

  #newChunk(at: number): Chunk {
    const chunk = new Chunk();
    this.#chunks.splice(at, 0, chunk);
    return chunk;
  }

  #split(chunk: Chunk, at: number): void {
    const next = this.#newChunk(at + 1);
    chunk.moveEnd(chunk.length >>> 1, next);
    for (const job of next.jobs) this.#chunkOf[job.slot] = next;
  }

  /** Few jobs in many chunks would be as slow as no chunks. */
  #mergeWithNext(chunk: Chunk): void {
    const at = this.#chunks.indexOf(chunk);
    const next = this.#chunks[at + 1];
    if (chunk.length > 0 && (next === undefined || chunk.length + next.length > MOST / 2)) return;
    this.#chunks.splice(at, 1);
    if (chunk.length === 0) return;
    for (const job of chunk.jobs) this.#chunkOf[job.slot] = next;
    chunk.moveEnd(0, next!);
  }
}

/** Neighbours in the order. */
class Chunk {
  readonly jobs: ReadyJob[] = [];
  /** What is still to be taken from all of `#endsNs`. */
  takenNs = 0;
  readonly #endsNs: number[] = [];

  get length(): number {
    return this.jobs.length;
  }

  endNsAt(i: number): number {
    return this.#endsNs[i]! - this.takenNs;
  }

  /** Whether the i-th job is ahead of another. */
  isAhead(i: number, job: ReadyJob, endNs: number): boolean {
    return comesBefore(this.endNsAt(i), this.jobs[i]!, endNs, job);
  }

  countAhead(job: ReadyJob, endNs: number): number {
    let low = 0;
    let high = this.jobs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.isAhead(middle, job, endNs)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  insert(at: number, job: ReadyJob, endNs: number): void {
    this.jobs.splice(at, 0, job);
    this.#endsNs.splice(at, 0, endNs + this.takenNs);
  }

  removeAt(at: number): void {
    this.jobs.splice(at, 1);
    this.#endsNs.splice(at, 1);
  }

  /** Takes time from the first `count` jobs. */
  take(count: number, takenNs: number): void {
    for (let i = 0; i < count; i++) this.#endsNs[i]! -= takenNs;
  }

  /** Moves all jobs from an index on to the front of another chunk. */
  moveEnd(from: number, to: Chunk): void {
    for (let i = this.length - 1; i >= from; i--) to.insert(0, this.jobs[i]!, this.endNsAt(i));
    this.jobs.length = from;
    this.#endsNs.length = from;
  }
}
