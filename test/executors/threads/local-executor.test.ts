/** Where points run on this machine: in this thread, with worker threads beside it, or in those alone. */
import { afterEach, expect, test, vi } from "vitest";
import type { PointExecutor, PointSource } from "../../../src/executors/point.ts";
import { CrewSize } from "../../../src/executors/threads/crew-size.ts";
import { type LocalOptions, localExecutor } from "../../../src/executors/threads/local-executor.ts";
import { Library } from "../../../src/files/library.ts";
import type { RunRequest } from "../../../src/run/run-setup.ts";
import { Workbench } from "../../../src/run/workbench.ts";
import { Outcomes, requestOf, sourceOf, world } from "./worlds.ts";

let executor: PointExecutor | undefined;
afterEach(async () => {
  vi.restoreAllMocks();
  await executor?.close();
});

/** Points that ran in this thread are counted by `here`. */
function local(options: Partial<LocalOptions>) {
  const cwd = world();
  const told: string[] = [];
  const here = vi.fn();
  executor = localExecutor({
    workbench: new Workbench(new Library(cwd)),
    setting: { cwd },
    atOnce: 1,
    runs: undefined,
    tell: (where) => told.push(where),
    interruptibly: (simulation) => {
      here();
      return simulation();
    },
    ...options,
  });
  return { executor, told, here };
}

/** As if each point took this thread so long. */
const taking = (ms: number): void => {
  const grows = CrewSize.prototype.grows;
  vi.spyOn(CrewSize.prototype, "grows").mockImplementation(function (this: CrewSize, _, left) {
    return grows.call(this, ms, left);
  });
};

const points = (count: number, scheduler = "edf"): PointSource =>
  sourceOf(Array.from({ length: count }, (_, seed) => requestOf(scheduler, seed)));
const isOwn = ({ scheduler }: RunRequest): boolean => scheduler.endsWith(".mjs");
const done = (count: number): readonly string[] => Array(count).fill("done");

test("few points run in this thread, in order, each requested after the one before has ended", async () => {
  const { executor, told, here } = local({ atOnce: 4 });
  const order: string[] = [];
  const source = points(3);
  const request = (index: number) => {
    order.push(`request ${index}`);
    return source.request(index);
  };
  await executor.run({ ...source, request }, ({ index }) => order.push(`end ${index}`));
  // The first is asked for once more, to find the home of its case.
  expect(order).toEqual(["request 0", "request 0", "end 0", "request 1", "end 1", "request 2", "end 2"]);
  expect([told, here.mock.calls.length]).toEqual([["this thread"], 3]);
});

test("many points run in this thread and in others beside it, each once", async () => {
  taking(20);
  const { executor, told, here } = local({ atOnce: 2 });
  const outcomes = new Outcomes();
  await executor.run(points(1000), outcomes.ended);
  expect(outcomes.kinds).toEqual(done(1000));
  expect(told).toEqual(["this thread", "this thread and 1 worker thread"]);
  expect(here.mock.calls.length).toBeGreaterThan(5);
});

test("lists that overlap share the crew, and hear their own outcomes", async () => {
  taking(20);
  const { executor } = local({ atOnce: 2 });
  const told = [30, 1, 200, 7].map((count) => ({ count, outcomes: new Outcomes() }));
  await Promise.all(told.map(({ count, outcomes }) => executor.run(points(count), outcomes.ended)));
  for (const { count, outcomes } of told) expect(outcomes.kinds).toEqual(done(count));
});

test("long points run in worker threads alone, as many as are allowed", async () => {
  taking(100);
  const { executor, told, here } = local({ atOnce: 2, runs: 6 });
  const outcomes = new Outcomes();
  await executor.run(points(6), outcomes.ended);
  expect(outcomes.kinds).toEqual(done(6));
  expect([told.at(-1), here.mock.calls.length]).toEqual(["2 worker threads", 2]);
});

test("after a point of a length that may not be repeated here, even a single thread is another one", async () => {
  const { executor, told, here } = local({ longPointMs: 0 });
  const outcomes = new Outcomes();
  await executor.run(points(3), outcomes.ended);
  expect(outcomes.kinds).toEqual(done(3));
  expect([told, here.mock.calls.length]).toEqual([["this thread", "1 worker thread"], 1]);
});

test("a point that must not run here runs in a thread, and so do those after it", async () => {
  const { executor, told, here } = local({ isForThreads: isOwn });
  const outcomes = new Outcomes();
  const requests = ["edf", "exits.mjs", "edf", "good.mjs"].map((each) => requestOf(each));
  await executor.run(sourceOf(requests), outcomes.ended);
  expect(outcomes.kinds).toEqual(["done", "crash", "done", "done"]);
  expect([told, here.mock.calls.length]).toEqual([["this thread", "1 worker thread"], 1]);
});

test("an interruption of a simulation here ends the run of all", async () => {
  taking(20);
  let left = 30;
  const { executor } = local({
    atOnce: 2,
    interruptibly: (simulation) => {
      left -= 1;
      if (left === 0) throw new Error("Ctrl-C");
      return simulation();
    },
  });
  const outcomes = new Outcomes();
  await expect(executor.run(points(1_000_000), outcomes.ended)).rejects.toThrow("Ctrl-C");
  const heard = outcomes.kinds.length;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(outcomes.kinds.length).toBe(heard);
});

test("an abort is heard between two points", async () => {
  const stop = new AbortController();
  const { executor } = local({});
  const outcomes = new Outcomes();
  setImmediate(() => setImmediate(() => stop.abort(new Error("Ctrl-C"))));
  await expect(executor.run(points(1_000_000), outcomes.ended, stop.signal)).rejects.toThrow("Ctrl-C");
  expect(outcomes.kinds.every((kind) => kind === "done")).toBe(true);
});

test("what the receiver of outcomes throws stops the run", async () => {
  const { executor } = local({ atOnce: 2 });
  let heard = 0;
  const run = executor.run(points(50), () => {
    heard += 1;
    throw new Error("disk full");
  });
  await expect(run).rejects.toThrow("disk full");
  expect(heard).toBe(1);
});
