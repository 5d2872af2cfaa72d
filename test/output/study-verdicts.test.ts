/** Verdicts of comparisons and sweeps, in words. */
import { describe, expect, test } from "vitest";
import { comparisonVerdict } from "../../src/output/verdict/comparison-verdict.ts";
import { sweepVerdict } from "../../src/output/verdict/sweep-verdict.ts";
import type { Comparison, SchedulerComparison } from "../../src/records/comparison.ts";
import type { SweepReport } from "../../src/records/sweep-report.ts";

describe("the verdict of a comparison", () => {
  const standing = (scheduler: string, change: Partial<SchedulerComparison>): SchedulerComparison => ({
    ...{ scheduler, mean: 1, isBest: false, ratio: 1, interval: null, difference: 0, differenceInterval: null },
    verdict: "no difference shown",
    ...change,
  });
  const comparisonOf = (schedulers: readonly SchedulerComparison[]): Comparison => ({
    ...{ schemaVersion: 1, rtmmVersion: "1", baseline: "edf", seeds: [1, 2], durationMs: null, warmupMs: 0 },
    schedulers: schedulers.map(({ scheduler }) => ({ label: scheduler, name: scheduler, params: {} })),
    cases: [{ scenario: "s", system: "soc" }],
    metrics: [
      {
        ...{ name: "uxCost", title: "UXCost", unit: "none" as never, better: "lower" },
        cases: [{ scenario: "s", system: "soc", schedulers }],
        geomeans: [],
      },
    ],
    ...{ runs: [], inputs: [], warnings: [] },
  });
  const edf = standing("edf", { verdict: "baseline" });

  test("names who is better, with the interval", () => {
    const better = standing("dream", {
      verdict: "better",
      ratio: 0.62,
      isBest: true,
      interval: { low: 0.55, high: 0.7 },
    });
    expect(comparisonVerdict(comparisonOf([edf, better]))).toEqual({
      tone: "neutral",
      sentence: "dream is best in UXCost: 0.6200 × that of edf (95 % interval 0.5500 to 0.7000).",
      more: [],
    });
  });

  test("or that nobody is", () => {
    expect(comparisonVerdict(comparisonOf([edf, standing("llf", {})])).sentence).toBe(
      "No scheduler is shown to be better than edf in UXCost.",
    );
    expect(comparisonVerdict(comparisonOf([edf, standing("llf", { verdict: "worse", ratio: 2 })])).sentence).toBe(
      "edf is best in UXCost; llf is worse.",
    );
    expect(comparisonVerdict(comparisonOf([edf])).sentence).toBe(
      "Only edf ran, so there is nothing to compare it with.",
    );
    expect(comparisonVerdict(comparisonOf([edf, standing("llf", { verdict: null, ratio: null })])).sentence).toBe(
      "UXCost could not be compared: there is nothing to measure.",
    );
  });
});

describe("the verdict of a comparison of several cases", () => {
  const places = ["a", "b"].map((scenario) => ({ scenario, system: "soc" }));
  const standing = (scheduler: string, change: Partial<SchedulerComparison>): SchedulerComparison => ({
    ...{ scheduler, mean: 1, isBest: false, ratio: null, interval: null, difference: null, differenceInterval: null },
    ...{ verdict: null, ...change },
  });
  const edf = standing("edf", { verdict: "baseline" });
  const comparisonOf = (own: readonly SchedulerComparison[], whole: SchedulerComparison, over: number): Comparison => ({
    ...{ schemaVersion: 1, rtmmVersion: "1", baseline: "edf", seeds: [1], durationMs: null, warmupMs: 0 },
    schedulers: ["edf", "llf"].map((label) => ({ label, name: label, params: {} })),
    cases: places,
    metrics: [
      {
        ...{ name: "late", title: "Late", unit: "count", better: "lower" },
        cases: places.map((place, index) => ({ ...place, schedulers: [edf, own[index]!] })),
        geomeans: [{ over: places.slice(0, over), leftOut: places.slice(over), schedulers: [edf, whole] }],
      },
    ],
    ...{ runs: [], inputs: [], warnings: [] },
  });

  test("without a mean of ratios counts the cases", () => {
    const own = [standing("llf", { verdict: "better", difference: -3 }), standing("llf", { verdict: "worse" })];
    expect(comparisonVerdict(comparisonOf(own, standing("llf", {}), 0)).sentence).toBe(
      "Late has no mean of ratios to edf, because values are 0 or absent; of 2 cases, llf is better in 1 and worse in 1.",
    );
    const nothing = [standing("llf", {}), standing("llf", {})];
    expect(comparisonVerdict(comparisonOf(nothing, standing("llf", {}), 0)).sentence).toBe(
      "Late could not be compared: there is nothing to measure.",
    );
  });

  test("says over how many cases the mean is", () => {
    const llf = standing("llf", { verdict: "better", ratio: 0.5, interval: { low: 0.5, high: 0.5 } });
    expect(comparisonVerdict(comparisonOf([llf, llf], llf, 2)).sentence).toContain("best in Late over all cases: ");
    expect(comparisonVerdict(comparisonOf([llf, standing("llf", {})], llf, 1)).sentence).toBe(
      "llf is best in Late over 1 of 2 cases (the others have no ratio): 0.5000 × that of edf.",
    );
  });

  test("a difference has a direction in words", () => {
    const llf = standing("llf", { verdict: "better", difference: -3 });
    const { metrics, ...rest } = comparisonOf([llf, llf], llf, 0);
    const one = { ...rest, cases: places.slice(0, 1), metrics: [{ ...metrics[0]!, geomeans: [] }] };
    expect(comparisonVerdict(one).sentence).toBe("llf is best in Late: 3.000 less than that of edf.");
  });
});

describe("the verdict of a sweep", () => {
  const sweepOf = (means: readonly (number | null)[], failed = 0): SweepReport => ({
    ...{ schemaVersion: 1, rtmmVersion: "1", name: "s", title: null, planHash: "0", shard: null, precision: null },
    ...{ points: means.length, failed, groupCount: means.length, seedsPerGroup: 1, pareto: null, moreGroups: 0 },
    ...{ coordinateNames: ["scheduler", "system"], constant: { system: "soc" } },
    metrics: [{ name: "slaSatisfaction", title: "SLA satisfaction", unit: "share", better: "higher" }],
    groups: means.map((mean, index) => ({
      ...{ coordinates: { scheduler: `s${index}`, system: "soc" }, seeds: 1, failed: 0 },
      metrics: { slaSatisfaction: mean === null ? null : { mean, low: null, high: null } },
    })),
  });

  test("names the best group by what differs", () => {
    expect(sweepVerdict(sweepOf([0.5, 0.9, null]))).toEqual({
      tone: "neutral",
      sentence: "The highest SLA satisfaction is 90.00 %, with scheduler=s1.",
      more: ["3 points in 3 groups."],
    });
  });

  test("names the best group of each scenario, for their values do not compare", () => {
    const sweep = sweepOf([0.5, 0.9, 0.7, null]);
    const groups = sweep.groups.map((group, index) => ({
      ...group,
      coordinates: { scenario: index < 2 ? "a" : "b", ...group.coordinates },
    }));
    expect(sweepVerdict({ ...sweep, groups }).sentence).toBe(
      "The highest SLA satisfaction is 90.00 % for a, with scheduler=s1; 70.00 % for b, with scheduler=s2.",
    );
  });

  test("says that there is nothing to rank, or that points failed", () => {
    expect(sweepVerdict(sweepOf([null])).sentence).toBe("The sweep has nothing to rank its groups by.");
    expect(sweepVerdict(sweepOf([])).sentence).toBe("The sweep has no finished point.");
    expect(sweepVerdict(sweepOf([0.5], 1))).toMatchObject({
      tone: "bad",
      more: ["1 point in 1 group.", "1 of 1 points failed."],
    });
  });
});
