/** Bounds of cases small enough to check on paper. */
import { expect, test } from "vitest";
import { type CaseBounds, caseBounds } from "../../../src/analysis/bounds/index.ts";
import { loadSolver } from "../../../src/analysis/solver/index.ts";
import { compile } from "../../../src/core/program.ts";
import { measurementContext } from "../../../src/metrics/measurement-context.ts";
import { type SmallTask, type SmallWorld, smallScenario } from "../../worlds.ts";

const solver = await loadSolver();

function bounded(tasks: readonly SmallTask[], world: Partial<SmallWorld> = {}, warmupNs = 0): CaseBounds {
  const { scenario, system, costTable } = smallScenario({ preemption: ["drain"], ...world, tasks });
  const program = compile(scenario, system, costTable);
  const context = measurementContext(scenario, system, costTable, { warmupNs });
  return caseBounds({ program, context, seed: 1 }, costTable, solver)!;
}

const once = (id: string, layersNs: SmallTask["layersNs"], more: Partial<SmallTask> = {}): SmallTask => ({
  id,
  layersNs,
  atNs: [0],
  deadlineNs: 100,
  ...more,
});

test("of two jobs that do not both fit one is missed", () => {
  const found = bounded([once("a", [60]), once("b", [60])]);
  expect(found).toMatchObject({ jobs: 2, violations: 1 });
});

test("two accelerators that are alike do the work of two", () => {
  expect(bounded([once("a", [60]), once("b", [60])], { accelerators: 2 }).violations).toBe(0);
  expect(bounded([once("a", [60]), once("b", [60]), once("c", [90])], { accelerators: 2 }).violations).toBe(1);
});

test("a job takes its cheap accelerator only while it meets its deadline there", () => {
  // 40 ns for 40 pJ, or 120 ns for 10 pJ; due after 80. Half of each takes 80 ns and 25 pJ.
  const slow = (deadlineNs: number) => once("a", [[40, 120]], { deadlineNs, energyPj: [[40, 10]] });
  const at = (deadlineNs: number) => bounded([slow(deadlineNs)], { accelerators: 2 }).leastEnergyMj(0) * 1e9;
  expect(at(120)).toBeCloseTo(10, 6);
  expect(at(80)).toBeCloseTo(25, 6);
  expect(at(40)).toBeCloseTo(40, 6);
  expect(bounded([slow(80)], { accelerators: 2 }).leastEnergyMj(1)).toBe(0);
});

test("guarded UXCost is half a violation times the least energy where everything can be met", () => {
  // The worst case is 40 pJ; the deadline leaves time for the cheap accelerator.
  const cheap = once("a", [[40, 120]], { deadlineNs: 120, energyPj: [[40, 10]] });
  expect(bounded([cheap], { accelerators: 2 })).toMatchObject({
    violationRates: 0.5,
    uxCost: 0,
    uxCostGuarded: expect.closeTo(0.5 * (10 / 40), 9),
  });
});

test("UXCost of schedules that meet everything pays for the energy; whoever may miss everything pays nothing", () => {
  const cheap = once("a", [[40, 120]], { deadlineNs: 120, energyPj: [[40, 10]] });
  const { leastUxCost } = bounded([cheap], { accelerators: 2 });
  expect(leastUxCost(0.5)).toBeCloseTo(0.5 * (10 / 40), 6);
  expect(leastUxCost(1)).toBe(0);
});

test("a job that waits starts after its parent, at the earliest", () => {
  const child = (deadlineNs: number) =>
    once("b", [50], { release: { kind: "after", taskIndexes: [0], probability: 1 }, deadlineNs });
  expect(bounded([once("a", [60]), child(110)], { accelerators: 2 }).violations).toBe(0);
  expect(bounded([once("a", [60]), child(109)], { accelerators: 2 }).violations).toBe(1);
});

test("a job that has no deadline itself is needed for the one that waits for it", () => {
  const parent = once("a", [60], { deadlineNs: Number.POSITIVE_INFINITY });
  const child = once("b", [30], { release: { kind: "after", taskIndexes: [0], probability: 1 } });
  const { leastEnergyMj } = bounded([parent, child]);
  expect(leastEnergyMj(0) * 1e9).toBeCloseTo(90, 6);
  expect(leastEnergyMj(1)).toBe(0);
});

test("a job that another one waits for has less time, but only if that one is to meet its deadline", () => {
  // Alone 10 pJ in 120 ns. The other job needs 40 of the 120 ns: half of each accelerator then, for 25 pJ.
  const parent = once("a", [[40, 120]], { deadlineNs: 120, energyPj: [[40, 10]] });
  const release = { kind: "after", taskIndexes: [0], probability: 1 } as const;
  const child = once("b", [[40, 40]], { release, deadlineNs: 120, energyPj: [[7, 7]] });
  const { leastEnergyMj, violations } = bounded([parent, child], { accelerators: 2 });
  expect(violations).toBe(0);
  expect(leastEnergyMj(0) * 1e9).toBeCloseTo(25 + 7, 5);
  expect(leastEnergyMj(1) * 1e9).toBeLessThanOrEqual(10 + 1e-6);
});

test("a lighter variant is the least that a job can take", () => {
  const supernet = once("a", [60, 60], { lighterNs: [[30, 20]], switchPoints: [[1, 1]] });
  expect(bounded([supernet]).leastEnergyMj(0) * 1e9).toBeCloseTo(50, 6);
});

test("of many jobs that are due at once, as many can be met as the short ones among them allow", () => {
  // Jobs of 60 ns come first in every order; 40 of the others take as long as one of them.
  const at = (count: number) => Array.from({ length: count }, () => 0);
  const { violations } = bounded([once("long", [60], { atNs: at(100) }), once("short", [1], { atNs: at(100) })]);
  expect(violations).toBeGreaterThan(90);
  expect(violations).toBeLessThanOrEqual(100);
});

test("a join is measured if its later frame comes after the warm-up, whatever becomes of its parents", () => {
  const root = (id: string, offsetNs: number) =>
    once(id, [10], { release: { kind: "periodic", fps: 1e9 / 100, offsetNs, jitterNs: 0 } });
  const join = once("c", [5], { release: { kind: "after", taskIndexes: [0, 1], probability: 1 } });
  const tasks = [root("a", 0), root("b", 50), join];
  // Frames 0 to 4 of `a` come at 0 to 400 ns, those of `b` and of the join at 50 to 450 ns.
  const jobs = (warmupNs: number) => bounded(tasks, { durationNs: 500 }, warmupNs).jobs;
  expect(jobs(300)).toBe(2 + 2 + 2);
  expect(jobs(330)).toBe(1 + 2 + 2);
  expect(jobs(351)).toBe(1 + 1 + 1);
});

test("a join is of use only with its measured parents", () => {
  // `a` is in the warm-up. The work of `b` and of the join, 10 + 5 ns, is more than the 14 ns from 50 to 64 ns.
  const root = (id: string, offsetNs: number) =>
    once(id, [10], { release: { kind: "periodic", fps: 1e6, offsetNs, jitterNs: 0 }, deadlineNs: Infinity });
  const join = (deadlineNs: number) =>
    once("c", [5], { release: { kind: "after", taskIndexes: [0, 1], probability: 1 }, deadlineNs });
  const least = (deadlineNs: number) =>
    bounded([root("a", 0), root("b", 50), join(deadlineNs)], { durationNs: 60 }, 20);
  expect(least(15)).toMatchObject({ jobs: 1, violations: 0 });
  expect(least(15).leastEnergyMj(0) * 1e9).toBeCloseTo(15, 6);
  expect(least(14).violations).toBe(1);
});

test("jobs of the warm-up are not measured", () => {
  const twice = [once("a", [60], { atNs: [0, 500] }), once("b", [60], { atNs: [0, 500] })];
  expect(bounded(twice)).toMatchObject({ jobs: 4, violations: 2 });
  expect(bounded(twice, {}, 300)).toMatchObject({ jobs: 2, violations: 1 });
});

test("nothing is known of closed loops", () => {
  const release = { kind: "closed", clients: 1, thinkNs: 5, think: "fixed", offsetNs: 0 } as const;
  expect(bounded([once("a", [60], { release: release as never })])).toBeUndefined();
});

test("fast bounds are bounds, too, at most as high", () => {
  const tasks = [once("a", [60], { atNs: [0, 100] }), once("b", [70], { atNs: [0, 150] })];
  const { scenario, system, costTable } = smallScenario({ tasks });
  const program = compile(scenario, system, costTable);
  const subject = { program, context: measurementContext(scenario, system, costTable), seed: 1 };
  const [fast, full] = (["fast", "full"] as const).map((effort) => caseBounds(subject, costTable, solver, { effort })!);
  expect(fast!.uxCostGuarded!).toBeLessThanOrEqual(full!.uxCostGuarded! * (1 + 1e-9));
  expect(fast!.uxCostGuarded!).toBeGreaterThan(0);
});
