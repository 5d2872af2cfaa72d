/** One run among those of an executor: it ends, and leaves nothing with its caller's signal. */
import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import type { PointThread } from "../../../src/executors/threads/point-thread.ts";
import { ThreadRun } from "../../../src/executors/threads/thread-run.ts";
import { Outcomes, requestOf, sourceOf } from "./worlds.ts";

/** Every point of it fails. */
const failing: Pick<PointThread, "run"> = {
  async run(points, ended) {
    for (const { index } of points) ended({ kind: "failed", index, failure: { kind: "input", message: "no" } });
    return undefined;
  },
};

test.each([0, 3])("a run of %i points is over without a listener left", async (points) => {
  const outcomes = new Outcomes();
  const source = sourceOf(Array.from({ length: points }, (_, i) => requestOf("edf", i)));
  const run = new ThreadRun(source, outcomes.ended, 1, new AbortController().signal);
  while (run.hasPoints) {
    await run.begin(failing, 0, "alone");
    run.batchEnded();
  }
  await run.over;
  expect(outcomes.kinds).toEqual(Array(points).fill("input"));
  expect(getEventListeners(run.halt, "abort")).toEqual([]);
});

test("a run that is aborted is over once its batch has ended", async () => {
  const stop = new AbortController();
  const run = new ThreadRun(sourceOf([requestOf("edf"), requestOf("fcfs")]), () => undefined, 1, stop.signal);
  const end = run.begin(failing, 0, "alone");
  stop.abort(new Error("Ctrl-C"));
  expect([run.hasPoints, run.isIdle]).toEqual([false, false]);
  await end;
  run.batchEnded();
  await run.over;
  expect(getEventListeners(run.halt, "abort")).toEqual([]);
});
