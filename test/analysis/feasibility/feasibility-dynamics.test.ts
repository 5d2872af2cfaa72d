/** Feasibility of dynamic jobs, supernets, phases and systems with effects, on worlds small enough to check on paper. */
import { describe, expect, test } from "vitest";
import { feasibility, taskLoads } from "../../../src/analysis/feasibility/index.ts";
import { loadSolver } from "../../../src/analysis/solver/index.ts";
import { purpose, uniform } from "../../../src/core/draws.ts";
import { planned } from "../../core/planned.ts";
import { run, type SmallWorld, smallScenario } from "../../worlds.ts";
import { after, judge, task } from "./judge.ts";

/** How many of the first ten jobs of task 0 draw less than `probability`, with seed 1. */
const drawsBelow = (probability: number, why: (typeof purpose)["skip" | "exit" | "steps"]): number =>
  Array.from({ length: 10 }, (_, job) => uniform(1, 0, job, why, 0)).filter((draw) => draw < probability).length;

describe("a job's own draws", () => {
  const gate = { firstLayer: 1, endLayer: 2, probability: 0.5 };
  test("decide which jobs are late even on an idle system", () => {
    const found = judge([task("a", [60, 60], { skips: [gate] })]);
    const open = 10 - drawsBelow(0.5, purpose.skip);
    expect(found).toMatchObject({ verdict: "impossible", dependsOnSeed: true, violations: { hopelessByTask: [open] } });
    expect(found.fastestPaths[0]).toMatchObject({ isHopeless: false, fastestNs: 60e6 });
  });
  test("include exits and the lengths of loops", () => {
    const exits = [{ afterLayer: 0, probability: 0.3 }];
    const late = judge([task("a", [60, 60], { exits })]).violations!.hopelessByTask[0];
    expect(late).toBe(10 - drawsBelow(0.3, purpose.exit));
    const loops = [{ firstLayer: 0, layersPerStep: 1, stepProbabilities: [0.4, 0.6] }];
    expect(judge([task("a", [60, 60], { loops })]).violations!.hopelessByTask[0]).toBe(
      10 - drawsBelow(0.4, purpose.steps),
    );
  });
  // A job of b takes 50 of 100 ms. One layer of 40 ms fits beside it, two do not.
  test("decide in which frames two jobs do not both fit", () => {
    const found = judge([task("a", [40, 40], { skips: [gate] }), task("b", [50])]);
    expect(found.violations).toMatchObject({ hopelessByTask: [0, 0], violations: 10 - drawsBelow(0.5, purpose.skip) });
  });
  test("do not change the fastest path, which holds for all jobs", () => {
    const exits = [{ afterLayer: 1, probability: 0.1 }];
    const loops = [{ firstLayer: 1, layersPerStep: 1, stepProbabilities: [0, 0.5, 0.5] }];
    expect(judge([task("a", [10, 20, 30, 40], { exits })]).fastestPaths[0]!.fastestNs).toBe(30e6);
    expect(judge([task("a", [10, 20, 20, 20, 5], { loops })]).fastestPaths[0]!.fastestNs).toBe(55e6);
  });
  test("enter the load with their expectation", () => {
    // 30 ms, and 20 ms more in half of the frames.
    expect(judge([task("a", [30, 20], { skips: [gate] })]).leastPeakLoad).toBeCloseTo(0.4, 12);
    const { scenario, system, costTable } = smallScenario({ tasks: [task("a", [30, 20], { skips: [gate] })] });
    expect(taskLoads(scenario, system, costTable)[0]!.loads[0]).toBeCloseTo(0.4, 12);
  });
});

describe("a supernet", () => {
  const supernet = { lighterNs: [[50e6, 10e6]], switchPoints: [[1, 1]] };
  test("runs the fastest variant, and may run another one after a switch point", () => {
    // 20 ms of the original variant and 10 ms of the lighter one.
    expect(judge([task("a", [20, 60], supernet)]).fastestPaths[0]!.fastestNs).toBe(30e6);
    expect(judge([task("a", [20, 60], { lighterNs: supernet.lighterNs })]).fastestPaths[0]!.fastestNs).toBe(60e6);
  });
  test("needs the least work over all choices of variants", () => {
    expect(judge([task("a", [20, 60], supernet)]).leastPeakLoad).toBeCloseTo(0.3, 12);
  });
  test("ends if the original variant exits before the switch point", () => {
    const exits = [{ afterLayer: 0, probability: 1 }];
    expect(judge([task("a", [70, 60], { ...supernet, exits })]).fastestPaths[0]!.fastestNs).toBe(60e6);
    expect(judge([task("a", [20, 60], { ...supernet, exits })]).fastestPaths[0]!.fastestNs).toBe(20e6);
  });
});

describe("phases", () => {
  const phase = (startNs: number, change: object) => ({
    name: `p${startNs / 1e6}`,
    startNs,
    changes: [{ taskIndex: 0, ...change }],
  });
  const moving = task("a", [60], { deadlineIsPeriod: true });
  test("change the rates and deadlines of the released jobs", () => {
    const phases = [phase(500e6, { fps: 20 })];
    // Five frames of 100 ms, then ten of 50 ms. A job of 60 ms does not fit into those.
    expect(judge([moving], { phases }).violations).toMatchObject({ jobs: 15, hopelessByTask: [10], violations: 10 });
    expect(judge([moving], { phases }).fastestPaths[0]).toMatchObject({
      isHopeless: false,
      shortestDeadlineNs: 50e6,
      deadlineNs: 100e6,
    });
  });
  test("make a task hopeless only if no phase gives it time", () => {
    const phases = [phase(0, { fps: 25 }), phase(500e6, { fps: 20 })];
    const [path] = judge([moving], { phases }).fastestPaths;
    expect(path).toMatchObject({ isHopeless: true, excessNs: 10e6 });
    expect(path!.fittingFps).toBeCloseTo(1 / 0.06, 9);
  });
  test("each have their load, and the mean load is their average", () => {
    const phases = [phase(250e6, { fps: 20 }), phase(750e6, { isEnabled: false })];
    const found = judge([moving], { phases });
    expect(found.phases).toMatchObject([
      { name: "start", fromNs: 0, toNs: 250e6 },
      { name: "p250", fromNs: 250e6, toNs: 750e6 },
      { name: "p750", fromNs: 750e6, toNs: 1000e6 },
    ]);
    expect(found.phases.map(({ leastPeakLoad }) => leastPeakLoad.toFixed(6))).toEqual([
      "0.600000",
      "1.200000",
      "0.000000",
    ]);
    expect(found.leastPeakLoad).toBeCloseTo(0.25 * 0.6 + 0.5 * 1.2, 12);
  });
  test("change how often a dependent task is triggered", () => {
    const child = task("b", [30], { release: after(0) });
    const phases = [{ name: "off", startNs: 400e6, changes: [{ taskIndex: 1, probability: 0 }] }];
    const found = judge([task("a", [30]), child], { phases });
    expect(found.leastPeakLoad).toBeCloseTo(0.3 + 0.4 * 0.3, 12);
    expect(found.violations!.jobsByTask).toEqual([10, 4]);
    expect(found.dependsOnSeed).toBe(false);
  });
});

describe("a system's effects", () => {
  const operatingPoints = [
    { name: "turbo", speed: 2, energyFactor: 1.5 },
    { name: "eco", speed: 0.5, energyFactor: 0.4 },
  ];
  test("include the fastest operating point, which may be faster than the cost table", () => {
    const found = judge([task("a", [120])], { accelerator: { operatingPoints } });
    expect(found.fastestPaths[0]).toMatchObject({ fastestNs: 60e6, isHopeless: false });
    expect(found.leastPeakLoad).toBeCloseTo(0.6, 12);
  });
  test("add the overhead of one decision per job", () => {
    const child = task("b", [30], { release: after(0) });
    const found = judge([task("a", [20]), child], { system: { decisionOverheadNs: 5e6 } });
    expect(found.fastestPaths.map(({ fastestNs }) => fastestNs)).toEqual([25e6, 60e6]);
  });
});

// 7 ns in 5 tiles end at 1, 2, 4, 5, 7 ns; 8 ns in 5 tiles at 1, 3, 4, 6, 8 ns.
test("the bounds allow for the ns that a move at a tile end may save by rounding", async () => {
  const world: SmallWorld = {
    tasks: [{ id: "a", layersNs: [[7, 8]], tiles: [5], deadlineNs: 6 }],
    accelerators: 2,
  };
  const { jobs } = run(
    world,
    planned([
      { atNs: 0, run: "a#0", on: 0 },
      { atNs: 2, checkpoint: "a#0" },
      { atNs: 2, run: "a#0", on: 1 },
      { atNs: 3, checkpoint: "a#0" },
      { atNs: 3, run: "a#0", on: 0 },
    ]),
  );
  expect(jobs).toMatchObject([{ completionNs: 6 }]);
  const { scenario, system, costTable } = smallScenario(world);
  const found = feasibility(scenario, system, costTable, { solver: await loadSolver() });
  expect(found.fastestPaths[0]!.fastestNs).toBeLessThanOrEqual(6);
  expect(found.violations!.violations).toBe(0);
});
