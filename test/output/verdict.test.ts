/** The sentence at the head of a report, for every kind of outcome. */
import { describe, expect, test } from "vitest";
import { comparisonVerdict } from "../../src/output/verdict/comparison-verdict.ts";
import { runVerdict } from "../../src/output/verdict/run-verdict.ts";
import { runsVerdict } from "../../src/output/verdict/runs-verdict.ts";
import { sweepVerdict } from "../../src/output/verdict/sweep-verdict.ts";
import type { Comparison, SchedulerComparison } from "../../src/records/comparison.ts";
import type { RunDetails } from "../../src/records/run-details.ts";
import type { RunResult } from "../../src/records/run-result.ts";
import type { SweepReport } from "../../src/records/sweep-report.ts";

interface TaskShape {
  readonly id: string;
  readonly released: number;
  readonly late?: number;
  readonly dropped?: number;
  readonly free?: true;
}

interface RunShape {
  readonly tasks: readonly TaskShape[];
  readonly busy: Readonly<Record<string, number>>;
  readonly more?: Partial<RunResult>;
}

function runOf({ tasks, busy, more = {} }: RunShape): RunResult {
  const total = (name: "released" | "late" | "dropped") => tasks.reduce((sum, each) => sum + (each[name] ?? 0), 0);
  const metrics = {
    released: total("released"),
    dropped: total("dropped"),
    meanResponseMs: 4.2,
    p99Ms: 17,
    energyMj: 5,
  };
  return {
    ...{ schemaVersion: 1, rtmmVersion: "1", scenario: "s", system: "soc", scheduler: { name: "edf", params: {} } },
    ...{ seed: 1, durationMs: 1000, warmupMs: 0, inputs: [], curves: {}, phases: [], warnings: [], resultHash: "0" },
    metrics,
    tasks: tasks.map(({ id, released, late = 0, dropped = 0, free }) => ({
      ...{ id, model: "m", curves: {}, released, late, dropped },
      violations: free ? 0 : late + dropped,
      slaSatisfaction: free || released === 0 ? null : 1 - (late + dropped) / released,
    })),
    accelerators: Object.entries(busy).map(([id, utilisation]) => ({ id, utilisation })),
    ...more,
  } as RunResult;
}

describe("the verdict of a run", () => {
  test("in time: how close it was, and how much room is left", () => {
    const result = runOf({ tasks: [{ id: "ht", released: 165 }], busy: { ws: 0.8, os: 0.34 } });
    const details: RunDetails = {
      accelerators: [],
      tasks: [
        { id: "ht", deadlineMs: { least: 22, most: 22 }, violationTerm: 0, energyTerm: 1, responseMs: [10, 17] },
        { id: "es", deadlineMs: { least: 16, most: 16 }, violationTerm: 0, energyTerm: 1, responseMs: [10, 12] },
      ],
    };
    expect(runVerdict(result, details)).toEqual({
      tone: "good",
      sentence:
        "All 165 jobs meet their deadlines; the closest is es, with 4.000 ms to spare; ws, the busiest accelerator, is busy 80 % of the time.",
      more: [],
    });
    const [ht, es] = details.tasks;
    const jittered = { ...details, tasks: [ht!, { ...es!, deadlineMs: { least: 15, most: 16 } }] };
    expect(runVerdict(result, jittered).sentence).toContain("deadlines; all have at least 3.000 ms to spare; ws");
    const unsure = { ...details, tasks: [ht!, { ...es!, deadlineMs: { least: 11, most: 16 } }] };
    expect(runVerdict(result, unsure).sentence).toContain("All 165 jobs meet their deadlines; ws");
    expect(runVerdict(result).sentence).toBe(
      "All 165 jobs meet their deadlines; ws, the busiest accelerator, is busy 80 % of the time.",
    );
  });

  test("misses: how many, of whom, and where the time is short", () => {
    const tasks = [
      { id: "ht", released: 45, late: 2 },
      { id: "es", released: 120, late: 1 },
    ];
    expect(runVerdict(runOf({ tasks, busy: { ws: 0.8, os: 0.3 } }))).toMatchObject({
      tone: "bad",
      sentence: "3 of 165 jobs miss their deadlines; most are of ht, 2 of its 45, and ws is the bottleneck at 80 %.",
    });
    expect(runVerdict(runOf({ tasks: [tasks[0]!], busy: { ws: 0.99, os: 0.3 } })).sentence).toBe(
      "2 of 45 jobs miss their deadlines, and ws is overloaded: busy 99 % of the time.",
    );
    expect(runVerdict(runOf({ tasks: [tasks[0]!], busy: { ws: 0.2 } })).sentence).toBe(
      "2 of 45 jobs miss their deadlines, though no accelerator is busy for more than 20 %: the wait for others or the deadlines themselves are the cause.",
    );
  });

  test("drops are told apart from late jobs", () => {
    const dropped = runOf({ tasks: [{ id: "a", released: 4, dropped: 3 }], busy: { ws: 1 } });
    expect(runVerdict(dropped).sentence).toContain("3 of 4 jobs miss their deadlines, all of them dropped, and ws");
    const both = runOf({ tasks: [{ id: "a", released: 4, dropped: 1, late: 3 }], busy: { ws: 1, os: 0.98 } });
    expect(runVerdict(both).sentence).toBe(
      "All 4 jobs miss their deadlines (3 late, 1 dropped), and every accelerator is overloaded: busy 98 % of the time.",
    );
  });

  test("one job is told in the singular", () => {
    const tasks = [
      { id: "a", released: 5, late: 1 },
      { id: "b", released: 4 },
    ];
    const one = runOf({ tasks, busy: { ws: 0.7 } });
    expect(runVerdict(one).sentence).toBe(
      "1 of 9 jobs misses its deadline; it is of a, and ws is the bottleneck at 70 %.",
    );
  });

  test("whose jobs miss: most of them only where it is more than half", () => {
    const missesOf = (...late: readonly number[]) => {
      const tasks = late.map((each, index) => ({ id: `t${index}`, released: 10, late: each }));
      return runVerdict(runOf({ tasks, busy: { ws: 0.7 } })).sentence;
    };
    expect(missesOf(4, 3, 2)).toContain("; no task has more of them than t0, 4 of its 10, and ws");
    expect(missesOf(2, 2)).toContain("; no task has more of them than t0, 2 of its 10, and ws");
    expect(missesOf(6, 3, 2)).toContain("; most are of t0, 6 of its 10, and ws");
    expect(missesOf(0, 3)).toContain("; all of them are of t1, which has 10, and ws");
  });

  test("without deadlines it tells how long jobs took", () => {
    const free = runOf({ tasks: [{ id: "a", released: 120, free: true }], busy: { ws: 0.5 } });
    expect(runVerdict(free)).toMatchObject({
      tone: "neutral",
      sentence:
        "None of the 120 jobs has a deadline; they take 4.200 ms on average and 17.00 ms at the 99th percentile.",
    });
    const refused = runOf({ tasks: [{ id: "a", released: 120, dropped: 1, free: true }], busy: { ws: 0.5 } });
    expect(runVerdict(refused).sentence).toContain("; 1 is dropped.");
  });

  test("without a job there is nothing to measure", () => {
    const none = runOf({ tasks: [{ id: "a", released: 0 }], busy: { ws: 0 }, more: { warmupMs: 10 } });
    expect(runVerdict(none)).toMatchObject({
      tone: "neutral",
      sentence: "No job was released after the warm-up: there is nothing to measure.",
    });
  });

  test("energy that is not known is said", () => {
    const result = runOf({ tasks: [{ id: "a", released: 2 }], busy: { ws: 0.1 } });
    const unknown = {
      ...result,
      metrics: { ...result.metrics, energyMj: null },
      unknownEnergy: [{ accelerator: "ws", models: ["m"] }],
    };
    expect(runVerdict(unknown).more).toEqual([
      "The costs of accelerator ws have no energy for m, so UXCost and all else that needs it are absent.",
    ]);
  });

  test("of several runs names those with misses", () => {
    const good = runOf({ tasks: [{ id: "a", released: 2 }], busy: { ws: 0.1 } });
    const bad = runOf({ tasks: [{ id: "a", released: 2, late: 1 }], busy: { ws: 0.1 }, more: { scenario: "t" } });
    const told = [good, bad].map((result) => ({ result, verdict: runVerdict(result) }));
    expect(runsVerdict(told)).toMatchObject({
      tone: "bad",
      sentence: "Jobs miss their deadlines in 1 of 2 scenarios: t.",
    });
    expect(runsVerdict([told[0]!, told[0]!])).toMatchObject({
      tone: "good",
      sentence: "No job misses its deadline in any of 2 scenarios.",
    });
    expect(runsVerdict([told[1]!])).toBe(told[1]!.verdict);
    const bounded = told.map((each) => ({ ...each, verdict: { ...each.verdict, more: ["Half must miss."] } }));
    expect(runsVerdict(bounded).more).toEqual(["s: Half must miss.", "t: Half must miss."]);
  });
});

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
