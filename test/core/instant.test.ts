/** The order of one instant and what it decides: docs/semantics.md. */
import { describe, expect, test } from "vitest";
import type { Policy } from "../../src/core/scheduler.ts";
import { dependsOn } from "../releases.ts";
import { run, type SmallWorld } from "../worlds.ts";
import { firstComeFirst, greedy, nameOf, planned, scheduler, work, workOf } from "./planned.ts";

const greedyWithLateDrop = scheduler({ decide: firstComeFirst, lateDrop: true });

/** Everything that a policy is told, in order, while it runs the first job on the first accelerator. */
function told(world: SmallWorld, more: Partial<Policy> = {}): (readonly [number, string])[] {
  const log: [number, string][] = [];
  const spy: Partial<Policy> = {
    lateDrop: true,
    jobReleased: (job, nowNs) => void log.push([nowNs, `${nameOf(job)} released`]),
    jobEnded: (job, nowNs) => void log.push([nowNs, `${nameOf(job)} ended`]),
    preempt: (view) => void log.push([view.nowNs, `preempt, ${view.runningJobs.map(nameOf).join(" ")} running`]),
    decide(view, decisions) {
      log.push([view.nowNs, `decide among ${[...view.readyJobs].map(nameOf).join(" ")}`]);
      firstComeFirst(view, decisions);
    },
    ...more,
  };
  run(world, scheduler(spy));
  return log;
}

test("one instant is completions by accelerator, releases by task, late drops, preempt, then decide until all is done", () => {
  const world: SmallWorld = {
    tasks: [
      { id: "child", layersNs: [5], release: dependsOn([1]) },
      { id: "a", layersNs: [20] },
      { id: "b", layersNs: [20] },
      { id: "long", layersNs: [90] },
      { id: "stale", layersNs: [5], deadlineNs: 19 },
      { id: "fresh", layersNs: [5], atNs: [20] },
    ],
    accelerators: 3,
  };
  expect(told(world).filter(([timeNs]) => timeNs === 20)).toEqual([
    [20, "a#0 ended"],
    [20, "b#0 ended"],
    [20, "child#0 released"],
    [20, "fresh#0 released"],
    [20, "stale#0 ended"],
    [20, "preempt, long#0 running"],
    [20, "decide among child#0 fresh#0"],
    [20, "decide among fresh#0"],
  ]);
});

test("what a layer of no length ends and releases happens at the same instant, after its dispatch", () => {
  const world: SmallWorld = {
    tasks: [
      { id: "parent", layersNs: [0, 0] },
      { id: "child", layersNs: [0, 7], release: dependsOn([0]) },
      { id: "other", layersNs: [3] },
    ],
  };
  expect(told(world, { preempt: () => {} })).toEqual([
    [0, "parent#0 released"],
    [0, "other#0 released"],
    [0, "decide among parent#0 other#0"],
    [0, "parent#0 ended"],
    [0, "child#0 released"],
    [0, "decide among child#0 other#0"],
    [7, "child#0 ended"],
    [7, "decide among other#0"],
    [10, "other#0 ended"],
  ]);
});

test("a completion frees its accelerator for a job released at the same time", () => {
  const world: SmallWorld = {
    tasks: [
      { id: "a", layersNs: [10] },
      { id: "b", layersNs: [5], atNs: [10], deadlineNs: 5 },
    ],
  };
  expect(work(world, run(world, greedyWithLateDrop))).toEqual([
    [0, 10, "a#0.0", 0],
    [10, 15, "b#0.0", 0],
  ]);
});

describe("ties", () => {
  test("of ready jobs are broken by release, then task, then job", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [1], atNs: [5, 5, 6] },
        { id: "b", layersNs: [1], atNs: [5, 5] },
        { id: "c", layersNs: [1], atNs: [4] },
        { id: "first", layersNs: [6], atNs: [0] },
      ],
    };
    expect(work(world, run(world, greedy)).map(([, , name]) => name)).toEqual([
      "first#0.0",
      "c#0.0",
      "a#0.0",
      "a#1.0",
      "b#0.0",
      "b#1.0",
      "a#2.0",
    ]);
  });
  test("come after the rank, which is read when a job becomes ready", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [1, 1], priority: 1 },
        { id: "b", layersNs: [1, 1], priority: 2 },
        { id: "c", layersNs: [1, 1], priority: 2 },
      ],
    };
    const byPriority = scheduler({
      rank: (job) => -job.priority + job.layerIndex,
      decide: (view, decisions) => decisions.run(view.readyJobs.first, view.idleAccelerators[0], { layers: 1 }),
    });
    expect(work(world, run(world, byPriority)).map(([, , name]) => name)).toEqual([
      "b#0.0",
      "c#0.0",
      "a#0.0",
      "b#0.1",
      "c#0.1",
      "a#0.1",
    ]);
  });
});

describe("a deadline", () => {
  test("is met by completing exactly on it", () => {
    const world: SmallWorld = { tasks: [{ id: "a", layersNs: [10], deadlineNs: 10 }] };
    const [job] = run(world, greedyWithLateDrop).jobs;
    expect([job!.completionNs, job!.deadlineNs]).toEqual([10, 10]);
  });
  test("has not passed for a job that could start exactly on it, and has 1 ns later", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [10] },
        { id: "due-now", layersNs: [5], deadlineNs: 10 },
        { id: "past", layersNs: [5], deadlineNs: 9 },
      ],
    };
    expect(run(world, greedyWithLateDrop).ends).toEqual([
      [10, "a#0", "done"],
      [10, "past#0", "late"],
      [15, "due-now#0", "done"],
    ]);
  });
  test("passed is noticed when the job could be dispatched, not before", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [50] },
        { id: "b", layersNs: [5], deadlineNs: 20 },
        { id: "c", layersNs: [5], atNs: [30] },
      ],
    };
    expect(run(world, greedyWithLateDrop).ends).toEqual([
      [50, "a#0", "done"],
      [50, "b#0", "late"],
      [55, "c#0", "done"],
    ]);
  });
  test("never drops a job that has started, nor any where the policy does not want late drops", () => {
    const world: SmallWorld = { tasks: [{ id: "a", layersNs: [10, 10], deadlineNs: 5, atNs: [0, 1] }] };
    const layerwise: Policy["decide"] = (view, decisions) =>
      decisions.run(view.readyJobs.first, view.idleAccelerators[0], { layers: 1 });
    expect(run(world, scheduler({ decide: layerwise, lateDrop: true })).ends).toEqual([
      [10, "a#1", "late"],
      [20, "a#0", "done"],
    ]);
    expect(run(world, scheduler({ decide: layerwise })).ends).toEqual([
      [20, "a#0", "done"],
      [40, "a#1", "done"],
    ]);
  });
  test("passed drops jobs in ready order, and their dependents with them", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [50] },
        { id: "b", layersNs: [5], deadlineNs: 20 },
        { id: "c", layersNs: [5], deadlineNs: 10 },
        { id: "d", layersNs: [5], release: dependsOn([1]), deadlineNs: 500 },
      ],
    };
    expect(run(world, greedyWithLateDrop).ends.slice(1)).toEqual([
      [50, "b#0", "late"],
      [50, "d#0", "parent"],
      [50, "c#0", "late"],
    ]);
  });
});

test("after the duration nothing is released, and what was released runs to its end", () => {
  const release = { kind: "periodic", fps: 1e8, offsetNs: 0, jitterNs: 0 } as const;
  const world: SmallWorld = { tasks: [{ id: "a", layersNs: [25], release }], durationNs: 30 };
  const { ends, totals } = run(world, greedy);
  expect(ends).toEqual([
    [25, "a#0", "done"],
    [50, "a#1", "done"],
    [75, "a#2", "done"],
  ]);
  expect(totals.endNs).toBe(75);
});

describe("what one decision runs", () => {
  const world: SmallWorld = {
    tasks: [
      { id: "a", layersNs: [10, 20, 30, 40] },
      { id: "b", layersNs: [5] },
    ],
  };
  test("is the whole job with run", () => {
    expect(
      workOf(world, [
        { atNs: 0, run: "a#0" },
        { atNs: 100, run: "b#0" },
      ]),
    ).toEqual([
      [0, 10, "a#0.0", 0],
      [10, 30, "a#0.1", 0],
      [30, 60, "a#0.2", 0],
      [60, 100, "a#0.3", 0],
      [100, 105, "b#0.0", 0],
    ]);
  });
  test("is a block of layers, or what is left", () => {
    const steps = [
      { atNs: 0, run: "a#0", layers: 3 },
      { atNs: 60, run: "b#0", layers: 7 },
      { atNs: 65, run: "a#0", layers: 3 },
    ];
    expect(workOf(world, steps)).toEqual([
      [0, 10, "a#0.0", 0],
      [10, 30, "a#0.1", 0],
      [30, 60, "a#0.2", 0],
      [60, 65, "b#0.0", 0],
      [65, 105, "a#0.3", 0],
    ]);
  });
  test("counts every layer as dispatched, and every call of the policy as a decision", () => {
    const { totals } = run(world, greedy);
    // Events: the release, three layers that go on, the ends of a and of b. Calls: at 0 and 100.
    expect(totals).toMatchObject({ layers: 5, decisions: 2, events: 6, endNs: 105 });
    expect(totals.accelerators).toEqual([{ busyNs: 105, energyPj: 105, contextSwitches: 0 }]);
  });
});

test("two jobs of one task may run at once, on two accelerators", () => {
  const world: SmallWorld = { tasks: [{ id: "a", layersNs: [[30, 50]], atNs: [0, 10] }], accelerators: 2 };
  const { starts, ends } = run(world, greedy);
  expect(starts).toEqual([
    [0, "a", 0],
    [10, "a", 1],
  ]);
  expect(ends).toEqual([
    [30, "a#0", "done"],
    [60, "a#1", "done"],
  ]);
});

test("a job that its task's later job overtakes ends later, each on its own account", () => {
  const world: SmallWorld = { tasks: [{ id: "a", layersNs: [[90, 10]], atNs: [0, 5] }], accelerators: 2 };
  const steps = [
    { atNs: 0, run: "a#0", on: 0 },
    { atNs: 5, run: "a#1", on: 1 },
  ];
  expect(run(world, planned(steps)).jobs.map((job) => [job.jobIndex, job.completionNs, job.energyPj])).toEqual([
    [1, 15, 10],
    [0, 90, 90],
  ]);
});
