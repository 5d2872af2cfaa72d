/** Which groups of a sweep are on a front. */
import { expect, test } from "vitest";
import { slaSatisfaction } from "../../../src/metrics/deadlines.ts";
import { energyMj } from "../../../src/metrics/energy.ts";
import type { SweepGroup } from "../../../src/records/sweep-report.ts";
import { workloadCoordinates } from "../../../src/studies/sweep/summary/groups.ts";
import { WorkloadFronts } from "../../../src/studies/sweep/summary/workload-fronts.ts";

function group(scenario: string, energy: number | null, sla: number, failed = 0): SweepGroup {
  const mean = (value: number | null) => (value === null ? null : { mean: value, low: null, high: null });
  return {
    coordinates: { scenario, scheduler: "edf" },
    seeds: 1,
    failed,
    metrics: { energyMj: mean(energy), slaSatisfaction: mean(sla) },
  };
}

const frontsOf = (groups: readonly SweepGroup[]): WorkloadFronts => {
  const fronts = new WorkloadFronts([energyMj, slaSatisfaction], ["scenario"]);
  for (const each of groups) fronts.add(each);
  return fronts;
};

test("a light scenario does not rule out a heavy one", () => {
  const [light, heavy, worse] = [group("light", 1, 1), group("heavy", 9, 0.5), group("heavy", 10, 0.5)];
  const fronts = frontsOf([light, heavy, worse]);
  expect(fronts.groups()).toEqual([light, heavy]);
  expect(fronts.report()).toMatchObject({ workloads: 2, size: 2, leftOut: 0 });
});

test("groups that lack a point or a mean are left out and counted", () => {
  const fronts = frontsOf([group("a", 1, 1, 1), group("a", null, 1), group("a", 5, 0.1)]);
  expect(fronts.groups().map(({ metrics }) => metrics.energyMj?.mean)).toEqual([5]);
  expect(fronts.report().leftOut).toBe(2);
});

test("an objective that no whole group has is named, so that there is no front of nothing", () => {
  expect(frontsOf([group("a", null, 1), group("b", null, 1), group("b", 3, 1, 1)]).absent?.name).toBe("energyMj");
  expect(frontsOf([group("a", null, 1), group("b", 3, 1)]).absent).toBeUndefined();
  expect(frontsOf([group("a", null, 1, 1)]).absent).toBeUndefined();
  expect(frontsOf([]).absent).toBeUndefined();
});

test("a workload is the scenario with its own values, and the rate scale", () => {
  const names = ["scenario", "durationMs", "system", "accelerators[0].pes", "rateScale", "scheduler", "alpha"];
  expect(workloadCoordinates(names)).toEqual(["scenario", "durationMs", "rateScale"]);
});
