import { expect, test } from "vitest";
import { curves, metrics } from "../../src/metrics/index.ts";
import { measure, smallSamples } from "../../src/metrics/measure.ts";
import { outcomeOf } from "../../src/metrics/tally.ts";
import { accelerator, context, job, ms, outcome, task, totals } from "./world.ts";

test("measure gives every metric of the catalogue for the scenario, under its name and in its order", () => {
  const always = metrics.filter(({ isOptional }) => !isOptional);
  const plain = always.filter(({ onlyWith }) => onlyWith === undefined);
  expect(Object.keys(measure(outcome([job()])).scenario)).toEqual(plain.map(({ name }) => name));
  const features = new Set(["reads", "display", "queues"] as const);
  const all = measure({ ...outcome([job()]), features });
  expect(Object.keys(all.scenario)).toEqual(always.map(({ name }) => name));
});

test("measure leaves optional metrics out where they have no value", () => {
  const system = context([task("a")], { accelerators: [accelerator("x"), accelerator("y")] });
  const weights = [{ loads: 3, waitNs: 25 * ms, bytes: 0, pj: 0 }, undefined];
  const loaded = job({ weights: { loads: 2, waitNs: 5 } });
  const withMemory = measure(outcomeOf([loaded, loaded], totals({ weights }), system));
  const without = measure(outcomeOf([job()], totals(), system));
  expect([
    withMemory.scenario,
    withMemory.tasks[0]!.values,
    ...withMemory.accelerators.map(({ values }) => values),
  ]).toMatchObject([
    { weightLoads: 4, weightWaitShare: 0.25 },
    { weightLoads: 4 },
    { weightLoads: 3, weightWaitShare: 0.25 },
    {},
  ]);
  const names = [...Object.keys(without.scenario), ...without.tasks, ...without.accelerators].map(String);
  expect(names.filter((name) => name.startsWith("weight"))).toEqual([]);
  expect(withMemory.accelerators[1]!.values).not.toHaveProperty("weightLoads");
  expect(without.tasks[0]!.values).not.toHaveProperty("weightLoads");
});

test("measure gives tasks and accelerators the metrics that they have", () => {
  const system = context([task("a"), task("b")], { accelerators: [accelerator("x")] });
  const { tasks, accelerators, curves: overall } = measure(outcomeOf([job()], totals(), system));
  expect(tasks.map(({ id, values }) => [id, values.released, values.meanResponseMs])).toEqual([
    ["a", 1, 2],
    ["b", 0, undefined],
  ]);
  expect(tasks[0]?.values).not.toHaveProperty("uxCost");
  expect(tasks[0]?.curves.slaAtN).toHaveLength(19);
  expect(overall.slaAtN).toEqual(tasks[0]?.curves.slaAtN);
  expect(accelerators).toEqual([
    { id: "x", values: { energyMj: 0, idleEnergyMj: 0, utilisation: 0, contextSwitches: 0 } },
  ]);
});

test("a p99 over 40 jobs is flagged, with the duration that gives 100", () => {
  const jobs = Array.from({ length: 40 }, () => job());
  const flagged = smallSamples(outcome(jobs)).map(({ metric, taskId, jobs, neededJobs, neededDurationNs }) => [
    metric.name,
    taskId,
    jobs,
    neededJobs,
    neededDurationNs,
  ]);
  expect(flagged).toEqual([
    ["p99Ms", undefined, 40, 100, 250 * ms],
    ["p99Ms", "a", 40, 100, 250 * ms],
  ]);
});

test("the needed duration keeps the warm-up: 5 jobs in the 50 ms after it need 200 ms more for a p95", () => {
  const jobs = Array.from({ length: 5 }, () => job({ releaseNs: 60 * ms }));
  const measured = outcomeOf(jobs, totals(), context([task("a")], { warmupNs: 50 * ms }));
  const p95 = smallSamples(measured).find(({ metric }) => metric.name === "p95Ms");
  expect(p95?.neededDurationNs).toBe(250 * ms);
});

test("100 jobs are enough for every metric, and no job at all is not a small sample", () => {
  expect(smallSamples(outcome(Array.from({ length: 100 }, () => job())))).toEqual([]);
  expect(smallSamples(outcome([], [task("a")]))).toEqual([]);
});

test("names of metrics and curves are unique, in camelCase, and say their unit where it is one of time or energy", () => {
  const all = [...metrics, ...curves];
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  for (const { name, unit } of all) {
    expect(name).toMatch(/^[a-z][a-zA-Z0-9]*$/);
    const suffix = { ms: "Ms", mJ: "Mj", mJ·ms: "MjMs" }[unit as string] ?? "";
    expect(name.endsWith(suffix)).toBe(true);
  }
});
