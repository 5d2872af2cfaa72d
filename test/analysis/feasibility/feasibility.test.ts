/** Feasibility on worlds small enough to check on paper. */
import { describe, expect, test } from "vitest";
import { feasibility, taskLoads } from "../../../src/analysis/feasibility/index.ts";
import { loadSolver } from "../../../src/analysis/solver/index.ts";
import type { Task } from "../../../src/core/scenario.ts";
import { smallScenario } from "../../worlds.ts";
import { after, fps, judge, task } from "./judge.ts";

describe("the load of the busiest accelerator", () => {
  test("is the sum over tasks on a single accelerator", () => {
    expect(judge([task("a", [20]), task("b", [30])]).leastPeakLoad).toBeCloseTo(0.5, 9);
  });

  test("is halved by a second, equal accelerator: a layer's work can be split", () => {
    expect(judge([task("a", [60])], { accelerators: 2 }).leastPeakLoad).toBeCloseTo(0.3, 9);
  });

  // The first layer on accelerator 0, the second on 1: each is busy 10 ms a frame.
  test("puts each layer where it is fast", () => {
    const found = judge(
      [
        task("a", [
          [10, 90],
          [90, 10],
        ]),
      ],
      { accelerators: 2 },
    );
    expect(found.leastPeakLoad).toBeCloseTo(0.1, 9);
  });

  // Share x of the layer on accelerator 0: 20 x = 40 (1 - x), so x = 2/3, and both are busy 13.33 ms a frame.
  test("balances accelerators of unequal speed", () => {
    expect(judge([task("a", [[20, 40]])], { accelerators: 2 }).leastPeakLoad).toBeCloseTo(2 / 15, 9);
  });

  test("counts the number of units that takes the least of a fissionable accelerator's time", () => {
    expect(judge([task("a", [40])], { units: [2] }).leastPeakLoad).toBeCloseTo(0.4, 9);
  });

  test("weighs a dependent task by the probability of its trigger", () => {
    const tasks = [task("a", [20]), task("b", [40], { release: after(0, 0.5) })];
    expect(judge(tasks).leastPeakLoad).toBeCloseTo(0.4, 9);
  });

  test("is the inverse of the largest factor on the rates", () => {
    expect(judge([task("a", [50])]).largestRateFactor).toBeCloseTo(2, 9);
    expect(judge([task("a", [0])]).largestRateFactor).toBeUndefined();
  });
});

describe("the fastest path", () => {
  const chain = [task("a", [[30, 50], 20]), task("b", [[90, 60]], { release: after(0) })];

  test("takes each layer where it is fastest, parents first", () => {
    const { fastestPaths } = judge(chain, { accelerators: 2 });
    expect(fastestPaths.map(({ fastestNs }) => fastestNs)).toEqual([50e6, 110e6]);
  });

  test("beyond the deadline makes every job violate, and comes with its excess and the rate at which it would fit", () => {
    const found = judge(chain, { accelerators: 2 });
    expect(found.fastestPaths[0]).toMatchObject({ isHopeless: false, excessNs: undefined, fittingFps: undefined });
    expect(found.fastestPaths[1]).toMatchObject({ isHopeless: true, excessNs: 10e6 });
    expect(found.fastestPaths[1]!.fittingFps).toBeCloseTo(1 / 0.11, 9);
    expect(found).toMatchObject({ verdict: "impossible", violations: { jobs: 20, hopelessByTask: [0, 10] } });
    expect(found.leastViolationRate).toBe(0.5);
  });

  test("that ends exactly at the deadline fits", () => {
    expect(judge([task("a", [100])])).toMatchObject({ verdict: "not ruled out", leastViolationRate: 0 });
  });

  test("has no fitting rate if the deadline is not the period", () => {
    const [path] = judge([task("a", [90], { deadlineNs: 80e6 })]).fastestPaths;
    expect(path).toMatchObject({ isHopeless: true, excessNs: 10e6, fittingFps: undefined });
  });

  test("of a join counts from the later root", () => {
    const join: Task["release"] = { kind: "after", taskIndexes: [0, 1], probability: 1 };
    const tasks = [task("a", [50]), task("b", [10], { release: fps(10, 20e6) }), task("c", [5], { release: join })];
    expect(judge(tasks, { accelerators: 2 }).fastestPaths[2]!.fastestNs).toBe(35e6);
  });
});

describe("the least violations", () => {
  // In each frame, two jobs of 60 ms have 100 ms in common: one must violate.
  test("are one a frame if two jobs do not fit into it", () => {
    const found = judge([task("a", [60]), task("b", [60])]);
    expect(found.violations).toMatchObject({ jobs: 20, violations: 10, hopelessByTask: [0, 0] });
    expect(found.verdict).toBe("impossible");
  });

  test("drop the most expensive jobs first: dropped jobs cost nothing", () => {
    const found = judge([task("a", [80]), task("b", [15]), task("c", [15])]);
    expect(found.violations!.violations).toBe(10);
  });

  // A burst of three jobs of 10 ms at 500 ms, each due after 20 ms, in an otherwise idle second.
  test("include a short burst", () => {
    const burst = task("a", [10], {
      release: { kind: "trace", releases: [{ releaseNs: 0 }, ...Array(3).fill({ releaseNs: 500e6 })] },
      deadlineNs: 20e6,
    });
    expect(judge([burst]).violations).toMatchObject({ jobs: 4, violations: 1 });
  });

  test("do not count tasks without a deadline", () => {
    const found = judge([task("a", [60]), task("b", [60], { deadlineNs: Number.POSITIVE_INFINITY })]);
    expect(found).toMatchObject({
      verdict: "overloaded",
      leastViolationRate: 0,
      violations: { jobs: 10, violations: 0 },
    });
  });

  test("have no rate if no job has a deadline", () => {
    const found = judge([task("a", [10], { deadlineNs: Number.POSITIVE_INFINITY })]);
    expect(found.leastViolationRate).toBeUndefined();
  });

  test("count a job that no accelerator can run as hopeless", () => {
    const found = judge([task("a", [Number.POSITIVE_INFINITY]), task("b", [1])]);
    expect(found).toMatchObject({ leastPeakLoad: Number.POSITIVE_INFINITY, violations: { hopelessByTask: [10, 0] } });
  });

  test("come with whether they hold for one seed only", () => {
    expect(judge([task("a", [10])]).dependsOnSeed).toBe(false);
    expect(judge([task("a", [10]), task("b", [10], { release: after(0, 0.5) })]).dependsOnSeed).toBe(true);
  });

  test("are unknown for more than a million jobs", async () => {
    const { scenario, system, costTable } = smallScenario({ tasks: [task("a", [10])], durationNs: 1e15 });
    expect(feasibility(scenario, system, costTable, { solver: await loadSolver() })).toMatchObject({
      violations: undefined,
      verdict: "not ruled out",
    });
  });
});

test("a task's load is rate x probability x latency of a whole job, undefined if it cannot run", () => {
  const tasks = [
    task("a", [
      [10, 20],
      [10, 20],
    ]),
    task("b", [[40, Number.POSITIVE_INFINITY]], { release: after(0, 0.25) }),
  ];
  const { scenario, system, costTable } = smallScenario({ tasks, accelerators: 2 });
  expect(taskLoads(scenario, system, costTable).map(({ jobsPerS, loads }) => ({ jobsPerS, loads }))).toEqual([
    { jobsPerS: 10, loads: [0.2, 0.4] },
    { jobsPerS: 2.5, loads: [0.1, undefined] },
  ]);
});

describe("where rows of a trace scale the work of their jobs", () => {
  const rows = [1, 3, 0.5, 9].map((scale, i) => ({ releaseNs: i * 100e6, scale }));
  const release = { kind: "trace", releases: [...rows, { releaseNs: 2e9, scale: 100 }] } as const;
  const world = { tasks: [task("a", [30], { release })], durationNs: 1e9 };

  test("the load is that of all jobs, and each job is judged by its own work", () => {
    const found = judge(world.tasks, world);
    // 30 + 90 + 15 + 270 ms in a second; 270 ms do not fit into 100.
    expect(found.leastPeakLoad).toBeCloseTo(0.405, 9);
    expect(found.violations).toMatchObject({ jobs: 4, violations: 1, hopelessByTask: [1] });
    expect(found.fastestPaths[0]!.fastestNs).toBe(15e6);
  });

  test("an average job is their mean", () => {
    const { scenario, system, costTable } = smallScenario(world);
    const [load] = taskLoads(scenario, system, costTable);
    expect(load!.jobsPerS).toBe(4);
    expect(load!.loads[0]).toBeCloseTo(0.405, 9);
  });

  test("more scales than are told apart are judged by less than their work", () => {
    const many = Array.from({ length: 500 }, (_, i) => ({ releaseNs: i * 1e6, scale: 1 + i / 1000 }));
    const tasks = [task("a", [1], { release: { kind: "trace", releases: many }, deadlineNs: Infinity })];
    const { leastPeakLoad } = judge(tasks, { durationNs: 1e9 });
    // 0.62475 of a second; a class of 8 scales costs up to 0.7 % of a job.
    expect(leastPeakLoad).toBeLessThan(0.62475);
    expect(leastPeakLoad).toBeGreaterThan(0.62475 - 0.0035);
  });
});

describe("where clients wait for their jobs", () => {
  const release = { kind: "closed", clients: 2, thinkNs: 0, think: "constant", offsetNs: 0 } as const;
  const loop = task("loop", [50], { release });
  const below = task("below", [150], { release: after(0) });

  test("no load and no rate of violations is claimed of them; each client's first job is judged", () => {
    const found = judge([loop, below]);
    expect(found).toMatchObject({ leastPeakLoad: 0, largestRateFactor: undefined, leastViolationRate: undefined });
    expect(judge([loop])).toMatchObject({ verdict: "not ruled out" });
    // Two jobs of the loop fit into their 100 ms; what follows from them takes 200.
    expect(found).toMatchObject({ verdict: "impossible", violations: { jobs: 4, violations: 2, areAll: false } });
    expect(found.fastestPaths.map(({ fastestNs, isHopeless }) => [fastestNs, isHopeless])).toEqual([
      [50e6, false],
      [200e6, true],
    ]);
  });

  test("the other tasks are judged as they are, without a share of all jobs", () => {
    const found = judge([loop, task("other", [120], { release: fps(10) })]);
    expect(found.leastPeakLoad).toBeCloseTo(1.2, 9);
    expect(found).toMatchObject({ verdict: "impossible", leastViolationRate: undefined, dependsOnSeed: false });
    expect(found.violations).toMatchObject({ jobs: 12, violations: 10 });
  });

  test("their rates are unknown", () => {
    const { scenario } = smallScenario({ tasks: [loop, below] });
    expect(taskLoads(scenario).map(({ jobsPerS }) => jobsPerS)).toEqual([undefined, undefined]);
  });
});
