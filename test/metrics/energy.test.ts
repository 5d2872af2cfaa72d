import { expect, test } from "vitest";
import { metrics } from "../../src/metrics/index.ts";
import { outcomeOf } from "../../src/metrics/tally.ts";
import {
  accelerator,
  context,
  emptyOutcome,
  job,
  metric,
  mj,
  ms,
  outcome,
  scenarioValue,
  task,
  taskValues,
  totals,
} from "./world.ts";

const busy = (busyNs: number, energyPj = 0) => ({ busyNs, energyPj, contextSwitches: 0 });

test("energyMj sums the work of all jobs, dropped ones included", () => {
  const jobs = [job(), job({ dropReason: "policy", energyPj: 1 * mj }), job({ taskIndex: 1, energyPj: 0.5 * mj })];
  expect(scenarioValue("energyMj", outcome(jobs))).toBe(5.5);
  expect(taskValues("energyMj", outcome(jobs))).toEqual([5, 0.5]);
});

test("idleEnergyMj is idle power times idle time: 20 mW for 75 of 100 ms are 1.5 mJ", () => {
  const idle = context([task("a")], { accelerators: [accelerator("x", { idlePowerMw: 20 }), accelerator("y")] });
  const measured = outcomeOf([job()], totals({ accelerators: [busy(25 * ms, 4 * mj), busy(0)] }), idle);
  expect(scenarioValue("idleEnergyMj", measured)).toBe(1.5);
  expect(measured.accelerators.map((each) => metric("idleEnergyMj").accelerator?.(each))).toEqual([1.5, 0]);
  expect(measured.accelerators.map((each) => metric("energyMj").accelerator?.(each))).toEqual([4, 0]);
});

test("idle time lasts until the last job ended, and a warm-up takes its share of it", () => {
  const idle = context([task("a")], { warmupNs: 50 * ms, accelerators: [accelerator("x", { idlePowerMw: 10 })] });
  const measured = outcomeOf([], totals({ endNs: 200 * ms, accelerators: [busy(0)] }), idle);
  expect(scenarioValue("idleEnergyMj", measured)).toBe(1.5);
});

test("edpMjMs is work and idle energy times the mean response: (8 + 2) mJ x 3 ms", () => {
  const idle = context([task("a")], { accelerators: [accelerator("x", { idlePowerMw: 20 })] });
  const jobs = [job({ completionNs: 2 * ms }), job({ completionNs: 4 * ms })];
  const measured = outcomeOf(jobs, totals({ accelerators: [busy(0)] }), idle);
  expect(scenarioValue("edpMjMs", measured)).toBe(30);
  expect(taskValues("edpMjMs", measured)).toEqual([24]);
});

test("an energy that is not known is in no sum with it, and in every other", () => {
  const idle = context([task("a"), task("b")], {
    accelerators: [accelerator("x", { idlePowerMw: 20 }), accelerator("y")],
  });
  const jobs = [job(), job({ taskIndex: 1, energyPj: NaN })];
  const measured = outcomeOf(
    jobs,
    totals({ accelerators: [busy(0, 4 * mj), busy(2 * ms, NaN)], peakPowerMw: NaN }),
    idle,
  );
  for (const name of [
    "energyMj",
    "edpMjMs",
    "meanPowerMw",
    "peakPowerMw",
    "xrbenchScore",
    "xrbenchArtifactScore",
    "xrbenchEnergy",
  ])
    expect([name, scenarioValue(name, measured)]).toEqual([name, undefined]);
  expect(taskValues("energyMj", measured)).toEqual([4, undefined]);
  expect(taskValues("edpMjMs", measured)).toEqual([8, undefined]);
  expect(taskValues("xrbenchEnergy", measured)).toEqual([1496 / 1500, undefined]);
  expect(measured.accelerators.map((each) => metric("energyMj").accelerator?.(each))).toEqual([4, undefined]);
  expect(scenarioValue("idleEnergyMj", measured)).toBe(2);
  expect(scenarioValue("xrbenchRealTime", measured)).toBeCloseTo(1, 12);
});

test("only metrics that need energies are undefined without them, and those say so", () => {
  const known = outcome([job(), job({ taskIndex: 1 })]);
  const unknown = outcome(
    [job({ energyPj: NaN }), job({ taskIndex: 1, energyPj: NaN })],
    [task("a", { worstEnergyPj: NaN }), task("b", { worstEnergyPj: NaN })],
  );
  for (const { name, needs, scenario } of metrics)
    if (needs !== "energy") expect([name, scenario(unknown)]).toEqual([name, scenario(known)]);
    else expect([name, scenario(unknown)]).toEqual([name, undefined]);
});

test("energy and EDP are undefined where there is nothing to measure", () => {
  expect(scenarioValue("energyMj", emptyOutcome)).toBeUndefined();
  expect(taskValues("energyMj", emptyOutcome)).toEqual([undefined, undefined]);
  expect(scenarioValue("edpMjMs", outcome([job({ dropReason: "late" })]))).toBeUndefined();
  const instant = outcomeOf([], totals({ endNs: 0 }), context([], { durationNs: 0, accelerators: [accelerator("x")] }));
  expect(scenarioValue("idleEnergyMj", instant)).toBeUndefined();
});
