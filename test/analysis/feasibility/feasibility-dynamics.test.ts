/** Feasibility where jobs differ from each other, change variants, and phases pass: worlds to check on paper. */
import { describe, expect, test } from "vitest";
import { type Feasibility, feasibility, taskLoads } from "../../../src/analysis/feasibility/index.ts";
import { purpose, uniform } from "../../../src/core/draws.ts";
import type { Task } from "../../../src/core/scenario.ts";
import { planned } from "../../core/planned.ts";
import { run, type SmallTask, type SmallWorld, smallScenario } from "../../worlds.ts";

const fps = (rate: number): Task["release"] => ({ kind: "periodic", fps: rate, offsetNs: 0, jitterNs: 0 });

/** Ten frames a second of 100 ms each, for one second. */
const task = (layersMs: readonly number[], more: Partial<SmallTask> = {}): SmallTask => ({
  id: "a",
  layersNs: layersMs.map((ms) => ms * 1e6),
  release: fps(10),
  deadlineNs: 100e6,
  ...more,
});

function judge(tasks: readonly SmallTask[], world: Partial<SmallWorld> = {}): Feasibility {
  const { scenario, system, costTable } = smallScenario({ preemption: ["drain"], ...world, tasks });
  return feasibility(scenario, system, costTable);
}

/** Draws of seed 1 for the ten jobs of task 0. */
const drawsBelow = (probability: number, why: (typeof purpose)["skip" | "exit" | "steps"]): number =>
  Array.from({ length: 10 }, (_, job) => uniform(1, 0, job, why, 0)).filter((draw) => draw < probability).length;

describe("a job's own draws", () => {
  const gate = { firstLayer: 1, endLayer: 2, probability: 0.5 };
  test("say which jobs are late even alone", () => {
    const found = judge([task([60, 60], { skips: [gate] })]);
    const open = 10 - drawsBelow(0.5, purpose.skip);
    expect(found).toMatchObject({ verdict: "impossible", dependsOnSeed: true, violations: { hopelessByTask: [open] } });
    expect(found.fastestPaths[0]).toMatchObject({ isHopeless: false, fastestNs: 60e6 });
  });
  test("count an exit and what it leaves out, and a length", () => {
    const exits = [{ afterLayer: 0, probability: 0.3 }];
    const late = judge([task([60, 60], { exits })]).violations!.hopelessByTask[0];
    expect(late).toBe(10 - drawsBelow(0.3, purpose.exit));
    const loops = [{ firstLayer: 0, layersPerStep: 1, stepProbabilities: [0.4, 0.6] }];
    expect(judge([task([60, 60], { loops })]).violations!.hopelessByTask[0]).toBe(10 - drawsBelow(0.4, purpose.steps));
  });
  // A frame of b takes 50 of 100 ms: beside it the 40 ms of one layer fit, those of two do not.
  test("say in which frames jobs do not fit beside each other", () => {
    const found = judge([task([40, 40], { skips: [gate] }), task([50], { id: "b" })]);
    expect(found.violations).toMatchObject({ hopelessByTask: [0, 0], violations: 10 - drawsBelow(0.5, purpose.skip) });
  });
  test("do not matter to the fastest path, which all jobs are held to", () => {
    const exits = [{ afterLayer: 1, probability: 0.1 }];
    const loops = [{ firstLayer: 1, layersPerStep: 1, stepProbabilities: [0, 0.5, 0.5] }];
    expect(judge([task([10, 20, 30, 40], { exits })]).fastestPaths[0]!.fastestNs).toBe(30e6);
    expect(judge([task([10, 20, 20, 20, 5], { loops })]).fastestPaths[0]!.fastestNs).toBe(55e6);
  });
  test("enter the load as expected", () => {
    // 30 ms, and 20 ms more in half of the frames.
    expect(judge([task([30, 20], { skips: [gate] })]).leastPeakLoad).toBeCloseTo(0.4, 12);
    const { scenario, system, costTable } = smallScenario({ tasks: [task([30, 20], { skips: [gate] })] });
    expect(taskLoads(scenario, system, costTable)[0]!.loads[0]).toBeCloseTo(0.4, 12);
  });
});

describe("a supernet", () => {
  const supernet = { lighterNs: [[50e6, 10e6]], switchPoints: [[1, 1]] };
  test("takes the quickest variant, and another from a switch point on", () => {
    // 20 of the original and 10 of the lighter one.
    expect(judge([task([20, 60], supernet)]).fastestPaths[0]!.fastestNs).toBe(30e6);
    expect(judge([task([20, 60], { lighterNs: supernet.lighterNs })]).fastestPaths[0]!.fastestNs).toBe(60e6);
  });
  test("asks for the least work among all ways to change", () => {
    expect(judge([task([20, 60], supernet)]).leastPeakLoad).toBeCloseTo(0.3, 12);
  });
  test("is done where the original exits before the switch point", () => {
    const exits = [{ afterLayer: 0, probability: 1 }];
    expect(judge([task([70, 60], { ...supernet, exits })]).fastestPaths[0]!.fastestNs).toBe(60e6);
    expect(judge([task([20, 60], { ...supernet, exits })]).fastestPaths[0]!.fastestNs).toBe(20e6);
  });
});

describe("phases", () => {
  const phase = (startNs: number, change: object) => ({
    name: `p${startNs / 1e6}`,
    startNs,
    changes: [{ taskIndex: 0, ...change }],
  });
  const moving = task([60], { deadlineIsPeriod: true });
  test("change rates and deadlines of the jobs that are looked at", () => {
    const phases = [phase(500e6, { fps: 20 })];
    // Five frames of 100 ms, then ten of 50 ms, which 60 ms never fit.
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
  test("have their own load, and the whole has their average", () => {
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
    const child = task([30], { id: "b", release: { kind: "after", taskIndexes: [0], probability: 1 } });
    const phases = [{ name: "off", startNs: 400e6, changes: [{ taskIndex: 1, probability: 0 }] }];
    const found = judge([task([30]), child], { phases });
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
  test("may make a layer faster than its costs say: the fastest operating point counts", () => {
    const found = judge([task([120])], { accelerator: { operatingPoints } });
    expect(found.fastestPaths[0]).toMatchObject({ fastestNs: 60e6, isHopeless: false });
    expect(found.leastPeakLoad).toBeCloseTo(0.6, 12);
  });
  test("add the time of one decision a job at least", () => {
    const child = task([30], { id: "b", release: { kind: "after", taskIndexes: [0], probability: 1 } });
    const found = judge([task([20]), child], { system: { decisionOverheadNs: 5e6 } });
    expect(found.fastestPaths.map(({ fastestNs }) => fastestNs)).toEqual([25e6, 60e6]);
  });
});

// Tile ends of 7 ns in 5 tiles are at 1, 2, 4, 5, 7; of 8 ns at 1, 3, 4, 6, 8.
test("moving on with a tile can save a ns of rounding, which is left to the policy", () => {
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
  const found = feasibility(scenario, system, costTable);
  expect(found.fastestPaths[0]!.fastestNs).toBeLessThanOrEqual(6);
  expect(found.violations!.violations).toBe(0);
});
