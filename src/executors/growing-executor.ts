/** Runs points in this thread as long as they are soon over, else in threads: to start those takes as long as some runs. */
import type { RunRequest } from "../run/run-setup.ts";
import type { PointExecutor, PointOutcome, PointSource, WantedResult } from "./point.ts";

export interface GrowingOptions {
  /** What would take this thread so long, or longer, goes to threads. */
  readonly fromMs: number;
  /** About how many points there are in all calls of `run`; undefined: nobody knows. */
  readonly expected: number | undefined;
  /** Points that must not run in this thread. Left out: all may. */
  readonly isForThreads?: (request: RunRequest) => boolean;
  /** Called once, when threads are first needed. */
  startThreads(): Promise<PointExecutor>;
}

/** Before that, nothing is guessed from the time that points take: the first ones load files and code. */
const SAMPLE_MS = 500;

export class GrowingExecutor implements PointExecutor {
  readonly #here: PointExecutor;
  readonly #options: GrowingOptions;
  #threads: Promise<PointExecutor> | undefined;
  #donePoints = 0;
  #spentMs = 0;

  /** `here` asks for a point when those before it are over. */
  constructor(here: PointExecutor, options: GrowingOptions) {
    this.#here = here;
    this.#options = options;
  }

  async run(points: PointSource, ended: (outcome: PointOutcome) => void, signal?: AbortSignal): Promise<void> {
    const here = new LeadingPoints(points, (request, left) => this.#needsThreads(request, left));
    await this.#here.run(
      here,
      (outcome) => {
        this.#spentMs += performance.now() - here.askedMs;
        this.#donePoints += 1;
        ended(outcome);
      },
      signal,
    );
    if (here.count === points.count) return;
    this.#threads ??= this.#options.startThreads();
    await (await this.#threads).run(here.rest(), ended, signal);
  }

  /** `left`: how many points its call has from this one on. */
  #needsThreads(request: RunRequest, left: number): boolean {
    const { fromMs, expected, isForThreads } = this.#options;
    if (this.#threads !== undefined || isForThreads?.(request) === true) return true;
    if (this.#spentMs < Math.min(SAMPLE_MS, fromMs)) return false;
    // Where nobody knows, as much is taken to come as was there.
    const toCome = Math.max(left, expected === undefined ? this.#donePoints : expected - this.#donePoints);
    return (this.#spentMs / this.#donePoints) * toCome >= fromMs;
  }

  async close(): Promise<void> {
    await (await this.#threads)?.close();
  }
}

/** Points up to the first one that needs threads. */
class LeadingPoints implements PointSource {
  readonly caseSize: number;
  readonly wanted?: WantedResult;
  /** When a point was last asked for. */
  askedMs = 0;
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

  /** Known once all of them are over. */
  get count(): number {
    return this.#count;
  }

  request(index: number): RunRequest | undefined {
    const request = this.#all.request(index);
    if (request !== undefined && this.#needsThreads(request, this.#all.count - index)) this.#count = index;
    this.askedMs = performance.now();
    return index < this.#count ? request : undefined;
  }

  /** Those behind them. */
  rest(): PointSource {
    const { count, caseSize, wanted } = this.#all;
    const request = (index: number) => (index < this.#count ? undefined : this.#all.request(index));
    return { count, caseSize, request, ...(wanted !== undefined && { wanted }) };
  }
}
