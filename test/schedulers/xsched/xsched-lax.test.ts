/** XSched's laxity policy, in worlds small enough for paper. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ParameterValues } from "../../../src/core/scheduler.ts";
import { fcfs } from "../../../src/schedulers/fcfs.ts";
import { hpf } from "../../../src/schedulers/hpf.ts";
import { npHpf } from "../../../src/schedulers/np-hpf.ts";
import { xschedLax } from "../../../src/schedulers/xsched/xsched-lax.ts";
import { randomWorld } from "../../core/random-worlds.ts";
import { expectSame } from "../../expect-same.ts";
import { propertyRuns } from "../../property-runs.ts";
import { run, type SmallTask, type SmallWorld } from "../../worlds.ts";
import { explained } from "../explained.ts";

const starts = (world: SmallWorld, given: ParameterValues = {}) =>
  run(world, xschedLax, { lateDrop: false, ...given }).starts;
const order = (tasks: readonly SmallTask[], given: ParameterValues = {}) =>
  starts({ tasks }, given).map(([atNs, id]) => [atNs, id]);

/** Without a deadline, so that its laxity never ends. */
const a: SmallTask = { id: "a", layersNs: [20, 20, 20] };
/** Released at 5; its laxity ends at `criticalNs`, because it takes 10. */
const b = (criticalNs: number, priority = 1): SmallTask => {
  return { id: "b", layersNs: [10], atNs: [5], deadlineNs: criticalNs + 10 - 5, priority };
};

describe("a job with laxity left waits its turn", () => {
  const atOnce = [
    [0, "a"],
    [20, "b"],
    [30, "a"],
    [50, "a"],
  ];
  const oneLayerLater = [
    [0, "a"],
    [20, "a"],
    [40, "b"],
    [50, "a"],
  ];
  test("until no more than its least time is left to its deadline", () => {
    expect(order([a, b(20)])).toEqual(atOnce);
    expect(order([a, b(21)])).toEqual(oneLayerLater);
  });
  test("however high its priority", () => expect(order([a, b(21, 9)])).toEqual(oneLayerLater));
  test("and with `reserve` the end of its laxity moves by its least time", () => {
    expect(order([a, b(30)], { reserve: 2 })).toEqual(atOnce);
    expect(order([a, b(31)], { reserve: 2 })).toEqual(oneLayerLater);
    expect(order([a, b(10)], { reserve: 0 })).toEqual(atOnce);
    expect(order([a, b(11)], { reserve: 0 })).toEqual(oneLayerLater);
  });
  test("and a job that no accelerator can run has laxity for ever", () => {
    const never: SmallTask = { id: "never", layersNs: [Number.POSITIVE_INFINITY], deadlineNs: 1, priority: 9 };
    for (const reserve of [0, 1]) {
      const waits = () => order([never, a], { reserve, scope: "system" });
      expect(waits).toThrow('makes no progress: waiting: job 0 of task "never"');
      expect(waits).toThrow("0.00006 ms");
    }
  });
});

test("of jobs without laxity the one of highest priority goes first", () => {
  const c: SmallTask = { id: "c", layersNs: [12], atNs: [6], deadlineNs: 12, priority: 5 };
  expect(order([a, b(20, 2), c]).slice(0, 3)).toEqual([
    [0, "a"],
    [20, "c"],
    [32, "b"],
  ]);
});

describe("with two accelerators", () => {
  /** Without laxity from the beginning. */
  const c: SmallTask = { id: "c", layersNs: [30, 10], deadlineNs: 40, priority: 2 };
  /** Its laxity ends at 15. */
  const d = (priority: number): SmallTask => ({ id: "d", layersNs: [20], atNs: [5], deadlineNs: 30, priority });
  const startOfD = (priority: number, scope: string) =>
    starts({ tasks: [c, d(priority)], accelerators: 2 }, { scope }).find(([, id]) => id === "d")![0];

  test("a job of higher priority holds back only work on the accelerator that it needs", () => {
    expect(startOfD(1, "accelerator")).toBe(5);
  });
  test("with scope=system it holds back all work, until that has used up its laxity and has its priority", () => {
    expect(startOfD(1, "system")).toBe(40);
    expect(startOfD(2, "system")).toBe(15);
  });
  test("and says so", () => {
    const said = explained({ tasks: [c, d(1)], accelerators: 2 }, xschedLax, { scope: "system", lateDrop: false });
    expect(said[1]!.said).toEqual([5, "wait", "work of a higher priority waits or runs"]);
  });
});

describe("a running layer", () => {
  const long: SmallTask = { id: "a", layersNs: [100] };
  test.each([
    [
      "none",
      [
        [0, "a"],
        [100, "b"],
      ],
    ],
    [
      "drain",
      [
        [0, "a"],
        [100, "b"],
      ],
    ],
    [
      "checkpoint",
      [
        [0, "a"],
        [25, "b"],
        [35, "a"],
      ],
    ],
    [
      "kill",
      [
        [0, "a"],
        [25, "b"],
        [35, "a"],
      ],
    ],
  ])("with mechanism=%s", (mechanism, expected) => {
    expect(order([long, b(25)], { mechanism })).toEqual(expected);
  });
});

test("a choice says the priorities and how long the jobs may yet wait", () => {
  const rule = "highest priority of those whose laxity is used up; then first come";
  const said = explained({ tasks: [{ ...a, deadlineNs: 300 }, b(20, 3)] }, xschedLax);
  expect(said[1]).toEqual({
    said: [20, "run b", rule],
    candidates: [
      ["b on a0", 3, { laxityNs: 0 }],
      ["a on a0", 0, { laxityNs: 220 }],
    ],
  });
});

const withDeadline = (deadlineNs: number) =>
  randomWorld.map((world): SmallWorld => ({ ...world, tasks: world.tasks.map((task) => ({ ...task, deadlineNs })) }));
const anyMechanism = fc.constantFrom("none", "drain", "checkpoint", "kill", "dynamic");

test("without deadlines it is first come, first served, a layer at a time", () => {
  const property = fc.property(withDeadline(Number.POSITIVE_INFINITY), anyMechanism, (world, mechanism) =>
    expectSame(run(world, xschedLax, { mechanism }).starts, run(world, fcfs, { granularity: "layer" }).starts),
  );
  fc.assert(property, propertyRuns(60));
});

test("without laxity from the beginning it is highest priority first, with each mechanism", () => {
  const property = fc.property(withDeadline(0), anyMechanism, (world, mechanism) => {
    const given = { granularity: "layer", lateDrop: false };
    const byPriority =
      mechanism === "none" ? run(world, npHpf, given).starts : run(world, hpf, { ...given, mechanism }).starts;
    expectSame(starts(world, { mechanism }), byPriority);
  });
  fc.assert(property, propertyRuns(60));
});

test("with scope=system nothing starts beside a job of a higher priority", () => {
  const property = fc.property(withDeadline(0), (world) => {
    const { jobs, starts } = run(world, xschedLax, { lateDrop: false, scope: "system" });
    const priorityOf = (id: string) => world.tasks.find((task) => task.id === id)!.priority!;
    for (const [atNs, id] of starts) {
      const there = jobs.filter(({ releaseNs, completionNs }) => releaseNs < atNs && atNs < completionNs!);
      const priorities = there.map(({ taskIndex }) => world.tasks[taskIndex]!.priority!);
      expect(Math.max(0, ...priorities)).toBeLessThanOrEqual(priorityOf(id));
    }
  });
  fc.assert(property, propertyRuns(60));
});
