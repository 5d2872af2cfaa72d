/** Ways to pick a job, an accelerator or a pair of both. */
import { describe, expect, test } from "vitest";
import type { Policy, View } from "../../src/core/scheduler.ts";
import { defineScheduler } from "../../src/schedulers/define-scheduler.ts";
import { rankedPolicy } from "../../src/schedulers/ranked.ts";
import { bestPair, cheapest, least } from "../../src/schedulers/selection.ts";
import { run, type SmallWorld } from "../worlds.ts";

describe("least", () => {
  test("is the first of those with the least value", () => {
    expect(least(["bb", "a", "c"], (text) => text.length)).toBe("a");
  });
  test("is there where every value is infinite, and undefined where nothing is", () => {
    expect(least([3, 4], () => Infinity)).toBe(3);
    expect(least([], () => 1)).toBeUndefined();
  });
});

/** What a function says of the first view of a run. */
function inFirstView<T>(world: SmallWorld, look: (view: View) => T): T {
  let seen: { readonly value: T } | undefined;
  const fcfs = rankedPolicy({}, { granularity: "model", placement: "fastest", lateDrop: false });
  const policy: Policy = {
    ...fcfs,
    decide(view, decisions) {
      seen ??= { value: look(view) };
      fcfs.decide(view, decisions);
    },
  };
  const about = { name: "look", summary: "looks", source: "test", parameters: {} };
  run(world, defineScheduler({ ...about, create: () => policy }));
  return seen!.value;
}

const world: SmallWorld = {
  tasks: [
    { id: "a", layersNs: [[30, 20]], deadlineNs: 90 },
    { id: "b", layersNs: [[10, Infinity]], deadlineNs: 50 },
  ],
  accelerators: 2,
};

test("least takes the ready jobs of a view", () => {
  const job = inFirstView(world, ({ readyJobs }) => least(readyJobs, ({ deadlineNs }) => deadlineNs).task.id);
  expect(job).toBe("b");
});

describe("cheapest", () => {
  const placeOf = (task: number) =>
    inFirstView(world, ({ readyJobs, accelerators }) =>
      cheapest(accelerators, readyJobs.at(task), (job, accelerator) => job.latencyNs(accelerator)),
    )?.id;
  test("is the accelerator of least cost", () => expect([placeOf(0), placeOf(1)]).toEqual(["a1", "a0"]));
  test("is undefined where every cost is infinite", () => {
    const none = inFirstView(world, ({ readyJobs, accelerators }) =>
      cheapest(accelerators, readyJobs.first, () => Infinity),
    );
    expect(none).toBeUndefined();
  });
});

describe("bestPair", () => {
  const bestBy = (scoreOf: Parameters<typeof bestPair>[1]) =>
    inFirstView(world, (view) => {
      const pair = bestPair(view, scoreOf);
      return pair && [pair.job.task.id, pair.accelerator.id, pair.score];
    });
  test("is the pair of highest score, of those that can run", () => {
    expect(bestBy((job, accelerator) => -job.latencyNs(accelerator))).toEqual(["b", "a0", -10]);
    expect(bestBy((_, accelerator) => accelerator.index)).toEqual(["a", "a1", 1]);
  });
  test("is the first in order of jobs, then accelerators, of equals", () => {
    expect(bestBy(() => 7)).toEqual(["a", "a0", 7]);
  });
  test("is undefined where no score says more than -Infinity", () => {
    expect(bestBy(() => -Infinity)).toBeUndefined();
    expect(bestBy(() => Number.NaN)).toBeUndefined();
  });
});
