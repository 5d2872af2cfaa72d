/** Where points run as time goes by: every one once, here as long as it is soon over, then in threads. */
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { GrowingExecutor, type GrowingOptions } from "../../src/executors/growing-executor.ts";
import type { PointExecutor, PointSource } from "../../src/executors/point.ts";
import { requestOf, sourceOf } from "./threads/worlds.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

/** Keeps the numbers of the points that it ran; each takes so long. */
class Recorder implements PointExecutor {
  readonly indexes: number[] = [];
  readonly #pointMs: number;

  constructor(pointMs: number) {
    this.#pointMs = pointMs;
  }

  async run(points: PointSource, ended: Parameters<PointExecutor["run"]>[1], signal?: AbortSignal): Promise<void> {
    for (let index = 0; index < points.count; index += 1) {
      await Promise.resolve();
      signal?.throwIfAborted();
      if (points.request(index) === undefined) continue;
      vi.advanceTimersByTime(this.#pointMs);
      this.indexes.push(index);
      ended({ kind: "failed", index, failure: { kind: "input", message: "not run at all" } });
    }
  }

  async close(): Promise<void> {}
}

function grown(pointMs: number, options: Partial<GrowingOptions> = {}) {
  const [here, threads] = [new Recorder(pointMs), new Recorder(0)];
  const startThreads = vi.fn(async () => threads);
  const executor = new GrowingExecutor(here, { fromMs: 3000, expected: undefined, startThreads, ...options });
  return { executor, here: here.indexes, threads: threads.indexes, startThreads };
}

const points = (count: number, scheduler = "edf") =>
  sourceOf(Array.from({ length: count }, () => requestOf(scheduler)));
const ignore = (): void => undefined;

test("what is soon over runs here, and no thread starts", async () => {
  const { executor, here, startThreads } = grown(100);
  await executor.run(points(29), ignore);
  expect(here).toHaveLength(29);
  expect(startThreads).not.toHaveBeenCalled();
});

test("once the rest would take too long, it goes to threads, all of it and in its order", async () => {
  const { executor, here, threads } = grown(100);
  await executor.run(points(40), ignore);
  // After half a second 35 points are left, which would take 3.5 s.
  expect(here).toEqual([0, 1, 2, 3, 4]);
  expect(threads).toEqual(Array.from({ length: 35 }, (_, i) => 5 + i));
});

test("where a long point may not keep this thread, those after it go to threads", async () => {
  const { executor, here, threads } = grown(1000, { fromMs: Infinity, longPointMs: 1000 });
  await executor.run(points(3), ignore);
  expect([here, threads]).toEqual([[0], [1, 2]]);
  const short = grown(999, { fromMs: Infinity, longPointMs: 1000 });
  await short.executor.run(points(3), ignore);
  expect(short.startThreads).not.toHaveBeenCalled();
});

test("a first point that loads everything does not start threads by itself", async () => {
  const { executor, here, threads } = grown(1);
  const slowOnce = points(1000);
  let isFirst = true;
  const request = (index: number) => {
    if (!isFirst || index === 0) return slowOnce.request(index);
    isFirst = false;
    vi.advanceTimersByTime(400);
    return slowOnce.request(index);
  };
  await executor.run({ ...slowOnce, request }, ignore);
  expect([here.length, threads.length]).toEqual([1000, 0]);
});

test("points of later calls count where their number is known", async () => {
  const { executor, here, threads } = grown(100, { expected: 40 });
  for (let call = 0; call < 20; call += 1) await executor.run(points(2), ignore);
  expect([here.length, threads.length]).toEqual([5, 35]);
});

test("where it is not, threads start when this thread has been busy for that long", async () => {
  const { executor, here, threads } = grown(100);
  for (let call = 0; call < 20; call += 1) await executor.run(points(2), ignore);
  expect([here.length, threads.length]).toEqual([30, 10]);
});

test("points that must not run here go to threads, and so do those behind them", async () => {
  const { executor, here, threads } = grown(1, { isForThreads: ({ scheduler }) => scheduler === "mine.mjs" });
  const requests = ["edf", "edf", "mine.mjs", "edf"].map((scheduler) => requestOf(scheduler));
  await executor.run(sourceOf(requests), ignore);
  await executor.run(points(1), ignore);
  expect([here, threads]).toEqual([
    [0, 1],
    [2, 3, 0],
  ]);
});

test("an interruption here is the end: no thread starts for the rest", async () => {
  const { executor, startThreads } = grown(1000);
  const stop = new AbortController();
  const run = executor.run(points(100), () => stop.abort(new Error("Ctrl-C")), stop.signal);
  await expect(run).rejects.toThrow("Ctrl-C");
  expect(startThreads).not.toHaveBeenCalled();
  await executor.close();
});

test("every point that needs a run is run once, whatever it takes", async () => {
  const call = fc.array(fc.boolean(), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(call, { maxLength: 6 }),
      fc.integer({ min: 0, max: 800 }),
      fc.option(fc.nat(100), { nil: undefined }),
      async (calls, pointMs, expected) => {
        const { executor } = grown(pointMs, { expected });
        for (const needed of calls) {
          const ended: number[] = [];
          const source = sourceOf(needed.map((each) => (each ? requestOf("edf") : undefined)));
          await executor.run(source, ({ index }) => void ended.push(index));
          expect(ended).toEqual(needed.flatMap((each, index) => (each ? [index] : [])));
        }
      },
    ),
  );
});
