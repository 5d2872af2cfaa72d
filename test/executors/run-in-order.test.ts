/** Lists of runs: what comes of them is as if they had run one by one, whatever ended first. */
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { SchedulerError } from "../../src/core/errors.ts";
import type { PointExecutor, PointOutcome } from "../../src/executors/point.ts";
import { runInOrder } from "../../src/executors/run-in-order.ts";
import type { RunResult } from "../../src/records/run-result.ts";
import { requestOf } from "./threads/worlds.ts";

type Fate = "done" | "failed";

const outcomeOf = (index: number, fate: Fate): PointOutcome =>
  fate === "done"
    ? { kind: "done", index, result: { seed: index } as RunResult }
    : { kind: "failed", index, failure: { kind: "policy", message: `run ${index}` } };

/** Ends points in an order of its own, and is interrupted after some of them. */
const executorWith = (fates: readonly Fate[], order: readonly number[], most = Infinity): PointExecutor => ({
  async run(points, ended) {
    for (const [over, index] of order.entries()) {
      if (over >= most) throw new Error("Ctrl-C");
      if (points.request(index) !== undefined) ended(outcomeOf(index, fates[index]!));
    }
  },
  close: async () => undefined,
});

const requestsFor = (fates: readonly Fate[]) => fates.map(() => requestOf("edf"));
const { signal } = new AbortController();

const world = fc.array(fc.constantFrom<Fate>("done", "done", "done", "failed"), { maxLength: 12 }).chain((fates) =>
  fc.record({
    fates: fc.constant(fates),
    order: fc.shuffledSubarray([...fates.keys()], { minLength: fates.length }),
    most: fc.nat(fates.length),
  }),
);

test("results are those before the first that fails, and its failure is the list's", async () => {
  await fc.assert(
    fc.asyncProperty(world, async ({ fates, order }) => {
      const { results, failure } = await runInOrder(executorWith(fates, order), requestsFor(fates), { signal });
      const first = fates.indexOf("failed");
      expect(results.map(({ seed }) => seed)).toEqual([...fates.keys()].slice(0, first < 0 ? undefined : first));
      expect(failure?.error).toEqual(first < 0 ? undefined : new SchedulerError(`run ${first}`));
    }),
  );
});

test("an interruption leaves the results before the first that is missing", async () => {
  await fc.assert(
    fc.asyncProperty(world, async ({ fates, order, most }) => {
      const all = fates.map((): Fate => "done");
      const { results, failure } = await runInOrder(executorWith(all, order, most), requestsFor(all), { signal });
      const over = new Set(order.slice(0, most));
      const missing = [...all.keys()].find((index) => !over.has(index));
      expect(results).toHaveLength(missing ?? all.length);
      expect(failure?.error).toEqual(missing === undefined ? undefined : new Error("Ctrl-C"));
    }),
  );
});

test("nothing behind a failure is begun any more", async () => {
  const fates: readonly Fate[] = ["done", "failed", "done", "done"];
  const ended = vi.fn();
  await runInOrder(executorWith(fates, [1, 3, 2, 0]), requestsFor(fates), { signal, ended });
  expect(ended).toHaveBeenCalledTimes(2);
});
