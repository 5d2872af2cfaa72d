/** Runs points in this thread while little work remains, then in worker threads, which cost time to start. */
import type { RunRequest } from "../run/run-setup.ts";
import type { PointExecutor, PointOutcome, PointSource, WantedResult } from "./point.ts";

export interface GrowingOptions {
  /** Work that would take this thread at least this long goes to worker threads. */
  readonly fromMs: number;
  /** So do all points after one that took at least this long. By default a point may take any time. */
  readonly longPointMs?: number;
  /** Approximate number of points in all calls of `run`; undefined if unknown. */
  readonly expected: number | undefined;
  /** Whether a point must not run in this thread. By default every point may. */
  readonly isForThreads?: (request: RunRequest) => boolean;
  /** Called once, when threads are first needed. */
  startThreads(): Promise<PointExecutor>;
}

/** No estimate is made before this much time is spent: the first points also load files and code. */
const SAMPLE_MS = 500;

export class GrowingExecutor implements PointExecutor {
  readonly #here: PointExecutor;
  readonly #options: GrowingOptions;
  #threads: Promise<PointExecutor> | undefined;
  #donePoints = 0;
  #spentMs = 0;
  #lastPointMs = 0;

  /** `here` must request each point only after the previous one has ended. */
  constructor(here: PointExecutor, options: GrowingOptions) {
    this.#here = here;
    this.#options = options;
  }

  async run(points: PointSource, ended: (outcome: PointOutcome) => void, signal?: AbortSignal): Promise<void> {
    const here = new LeadingPoints(points, (request, left) => this.#needsThreads(request, left));
    await this.#here.run(
      here,
      (outcome) => {
        this.#lastPointMs = performance.now() - here.requestedMs;
        this.#spentMs += this.#lastPointMs;
        this.#donePoints += 1;
        ended(outcome);
      },
      signal,
    );
    if (here.count === points.count) return;
    this.#threads ??= this.#options.startThreads();
    await (await this.#threads).run(here.rest(), ended, signal);
  }

  /** `left` counts the points of this call of `run` that remain, this one included. */
  #needsThreads(request: RunRequest, left: number): boolean {
    const { fromMs, longPointMs = Infinity, expected, isForThreads } = this.#options;
    if (this.#threads !== undefined || isForThreads?.(request) === true) return true;
    if (this.#lastPointMs >= longPointMs) return true;
    if (this.#spentMs < Math.min(SAMPLE_MS, fromMs)) return false;
    // If the total is unknown, assume that as many points follow as have ended.
    const toCome = Math.max(left, expected === undefined ? this.#donePoints : expected - this.#donePoints);
    return (this.#spentMs / this.#donePoints) * toCome >= fromMs;
  }

  async close(): Promise<void> {
    await (await this.#threads)?.close();
  }
}

/** The points before the first one that needs worker threads. */
class LeadingPoints implements PointSource {
  readonly caseSize: number;
  readonly wanted?: WantedResult;
  /** When the last point was requested. */
  requestedMs = 0;
  readonly #all: PointSource;
  readonly #needsThreads: (request: RunRequest, left: number) => boolean;
  #count: number;

  constructor(all: PointSource, needsThreads: (request: RunRequest, left: number) => boolean) {
    this.caseSize = all.caseSize;
    if (all.wanted !== undefined) this.wanted = all.wanted;
    this.#all = all;
    this.#needsThreads = needsThreads;
    this.#count = all.count;
  }

  /** Final once all of them have ended. */
  get count(): number {
    return this.#count;
  }

  request(index: number): RunRequest | undefined {
    const request = this.#all.request(index);
    if (request !== undefined && this.#needsThreads(request, this.#all.count - index)) this.#count = index;
    this.requestedMs = performance.now();
    return index < this.#count ? request : undefined;
  }

  /** The points after them. */
  rest(): PointSource {
    const { count, caseSize, wanted } = this.#all;
    const request = (index: number) => (index < this.#count ? undefined : this.#all.request(index));
    return { count, caseSize, request, ...(wanted !== undefined && { wanted }) };
  }
}
