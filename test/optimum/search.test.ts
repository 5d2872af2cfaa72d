/** Cases small enough to find the best schedule on paper. */
import { expect, test } from "vitest";
import { RequestError } from "../../src/input/request-error.ts";
import { edf } from "../../src/schedulers/edf.ts";
import type { SmallWorld } from "../worlds.ts";
import { made, problemOf, searched, told } from "./searched.ts";

/** A long job is ready at 0; a short, urgent one comes at 1. Whoever starts the long one at once misses the short one. */
const urgent: SmallWorld = {
  tasks: [
    { id: "long", layersNs: [10], deadlineNs: 20 },
    { id: "short", layersNs: [3], atNs: [1], deadlineNs: 4 },
  ],
};

test("idling pays where an urgent job comes soon", () => {
  const { value, schedule, isProven, problem } = searched(urgent);
  expect([value, isProven]).toEqual([0, true]);
  expect(told(urgent, schedule)).toEqual(["1 run short#0 on 0", "4 run long#0 on 0"]);
  expect(made(problem, edf, { granularity: "model", lateDrop: true }).value).toBe(1);
});

test("where a job may be stopped, nothing has to idle", () => {
  const asked = { metric: "meanResponseMs", preemptions: 1, drops: "never" as const };
  // Stopped at 1, with 9 ns left: short ends at 4, long at 13. Without a stop, long would end at 14.
  expect(searched(urgent, asked).value).toBeCloseTo((3 + 13) / 2 / 1e6, 15);
  expect(searched(urgent, { ...asked, preemptions: 0 }).value).toBeCloseTo((3 + 14) / 2 / 1e6, 15);
});

/** One is as good as the other, but together they are too much: the first deadline is the harder one. */
const sacrifice: SmallWorld = {
  tasks: [
    { id: "big", layersNs: [9], deadlineNs: 9 },
    { id: "a", layersNs: [5], deadlineNs: 10 },
    { id: "b", layersNs: [5], deadlineNs: 11 },
  ],
};

test("dropping the job that is due first pays where it would make two others late", () => {
  const { value, schedule } = searched(sacrifice);
  expect(value).toBe(1);
  expect(told(sacrifice, schedule).filter((each) => each.includes("run"))).toEqual([
    "0 run a#0 on 0",
    "5 run b#0 on 0",
  ]);
  // big ends at 9; a could end at 14 and b at 14.
  expect(made(problemOf(sacrifice), edf, { granularity: "model", lateDrop: true }).value).toBe(2);
});

/** The fast accelerator takes ten times the energy of the slow one, on which only the first job is in time. */
const tradeOff: SmallWorld = {
  accelerators: 2,
  tasks: [
    {
      id: "t",
      layersNs: [[4, 10]],
      energyPj: [[100, 10]],
      atNs: [0, 5],
      deadlineNs: 12,
    },
  ],
};

test("the least guarded UXCost weighs energy against misses", () => {
  // Both in time: slow for the first (0 to 10), fast for the second (5 to 9): 1/4 x 110/200. Both slow: the second one
  // ends at 20, after its deadline of 17: 1/2 x 20/200.
  const { value, schedule } = searched(tradeOff, { metric: "uxCostGuarded" });
  expect(value).toBeCloseTo(0.5 * (20 / 200), 12);
  expect(told(tradeOff, schedule).filter((each) => each.includes("on 1"))).toHaveLength(2);
  expect(searched(tradeOff, { metric: "violations" }).value).toBe(0);
});

test("the least energy is that of the thriftiest accelerators, and no case without --no-drops", () => {
  expect(searched(tradeOff, { metric: "energyMj", drops: "never" }).value).toBeCloseTo(20 / 1e9, 15);
  expect(() => problemOf(tradeOff, { metric: "energyMj" })).toThrow("forbid that with --no-drops");
});

test("layers of one job run where each is fastest, if a dispatch is one layer", () => {
  const world: SmallWorld = {
    accelerators: 2,
    tasks: [
      {
        id: "t",
        layersNs: [
          [2, 9],
          [9, 2],
        ],
        deadlineNs: 5,
      },
    ],
  };
  expect(searched(world, { granularity: "model" }).value).toBe(1);
  const { value, schedule } = searched(world, { granularity: "layer" });
  expect(value).toBe(0);
  expect(told(world, schedule)).toEqual(["0 run t#0 on 0", "2 run t#0 on 1"]);
});

test("a lighter variant is chosen where the original is too slow", () => {
  const world: SmallWorld = { tasks: [{ id: "t", layersNs: [9], lighterNs: [[3]], deadlineNs: 5 }] };
  const { value, schedule } = searched(world);
  expect(value).toBe(0);
  expect(told(world, schedule)).toEqual(["0 choose t#0", "0 run t#0 on 0"]);
});

test("a parent that is late itself still runs if its dependent can be in time", () => {
  const world: SmallWorld = {
    tasks: [
      { id: "parent", layersNs: [6], deadlineNs: 5 },
      { id: "child", layersNs: [2], deadlineNs: 8, release: { kind: "after", taskIndexes: [0], probability: 1 } },
    ],
  };
  expect(searched(world).value).toBe(1);
});

test("more misses than the best schedule has are never reported as proven", () => {
  const world: SmallWorld = {
    accelerators: 2,
    tasks: [1, 2, 3].map((i) => ({ id: `t${i}`, layersNs: [[3 + i, 8 - i]], atNs: [0, 4, 8, 12], deadlineNs: 9 })),
  };
  const stopped = searched(world, { metric: "uxCostGuarded" }, 20);
  const whole = searched(world, { metric: "uxCostGuarded" });
  expect([stopped.isProven, whole.isProven]).toEqual([false, true]);
  expect(whole.value).toBeLessThanOrEqual(stopped.value);
  expect(stopped.states).toBeLessThan(whole.states);
});

test("metrics without a better direction and closed loops are refused", () => {
  expect(() => problemOf(urgent, { metric: "released" })).toThrow(RequestError);
  const loop: SmallWorld = {
    tasks: [
      {
        id: "t",
        layersNs: [3],
        release: { kind: "closed", clients: 1, thinkNs: 5, think: "fixed", offsetNs: 0 } as never,
      },
    ],
  };
  expect(() => problemOf(loop)).toThrow('the jobs of task "t" come from a closed loop');
});
