/** Where schedulers stand: means, best, verdicts, geometric means, and disagreement of the two forms of UXCost. */
import { describe, expect, test } from "vitest";
import type { MetricComparison } from "../../../src/records/comparison.ts";
import { rankWarnings } from "../../../src/studies/compare/rank-warnings.ts";
import {
  caseStandings,
  geomeanStandings,
  hasAllRatios,
  type MetricContext,
} from "../../../src/studies/compare/standings.ts";

const contextOf = (labels: readonly string[], better: MetricContext["metric"]["better"]): MetricContext => ({
  labels,
  baselineIndex: 0,
  metric: { unit: "ms", better },
});

test("means, ratios, the best and verdicts of values worked by hand", () => {
  const standings = caseStandings(contextOf(["base", "half", "same", "noisy"], "lower"), [
    [10, 20, 30],
    [5, 10, 15],
    [10, 20, 30],
    [30, 20, 10],
  ]);
  expect(standings.map(({ mean, ratio, isBest, verdict }) => [mean, ratio, isBest, verdict])).toEqual([
    [20, 1, false, "baseline"],
    [10, 0.5, true, "better"],
    [20, 1, false, "no difference shown"],
    [20, 1, false, "no difference shown"],
  ]);
});

test("where higher is better, twice as much is better, and where neither is, it differs", () => {
  const values = [
    [1, 2],
    [2, 4],
  ];
  const verdicts = (better: MetricContext["metric"]["better"]) => caseStandings(contextOf(["a", "b"], better), values);
  expect(verdicts("higher")[1]).toMatchObject({ verdict: "better", isBest: true });
  expect(verdicts("lower")[1]).toMatchObject({ verdict: "worse", isBest: false });
  expect(verdicts("neither")[1]).toMatchObject({ verdict: "differs", isBest: false });
});

test("with one seed there is a ratio and no verdict", () => {
  const [, other] = caseStandings(contextOf(["a", "b"], "lower"), [[2], [1]]);
  expect(other).toEqual({
    scheduler: "b",
    mean: 1,
    isBest: true,
    ratio: 0.5,
    interval: null,
    difference: -1,
    differenceInterval: null,
    verdict: null,
  });
});

test("to a baseline of 0 there is no ratio, and the difference decides", () => {
  const standings = caseStandings(contextOf(["none", "same", "some", "few"], "lower"), [
    [0, 0, 0],
    [0, 0, 0],
    [2, 3, 4],
    [0, 0, 3],
  ]);
  expect(standings.map(({ ratio, difference, verdict }) => [ratio, difference, verdict])).toEqual([
    [null, 0, "baseline"],
    [null, 0, "no difference shown"],
    [null, 3, "worse"],
    [null, 1, "no difference shown"],
  ]);
  expect(standings[1]!.differenceInterval).toEqual({ low: 0, high: 0 });
  // Standard deviation 1, so 3 -+ 4.3027 / sqrt(3).
  expect(standings[2]!.differenceInterval!.low).toBeCloseTo(3 - 2.48414, 4);
});

test("a seed without a value leaves no mean, and no ratio to it", () => {
  const [base, other] = caseStandings(contextOf(["a", "b"], "lower"), [
    [2, null],
    [1, 3],
  ]);
  expect(base).toMatchObject({ mean: null, ratio: null, isBest: false });
  expect(other).toMatchObject({ mean: 2, ratio: null, verdict: null });
});

test("equal schedulers have no best, and equal best ones are all marked", () => {
  const isBest = (values: number[]) =>
    caseStandings(
      contextOf(
        values.map((_, i) => `s${i}`),
        "lower",
      ),
      values.map((value) => [value]),
    ).map((each) => each.isBest);
  expect(isBest([1, 1])).toEqual([false, false]);
  expect(isBest([1, 2, 1])).toEqual([true, false, true]);
});

test("a geometric mean is over ratios, and a case where one is missing can be told", () => {
  const three = contextOf(["a", "b"], "lower");
  const cases = [
    [[1], [2]],
    [[10], [5]],
    [[4], [16]],
  ];
  const [base, other] = geomeanStandings(three, cases);
  expect(base).toMatchObject({ ratio: 1, mean: null, isBest: true });
  expect(other!.ratio).toBeCloseTo((2 * 0.5 * 4) ** (1 / 3), 12);
  expect(hasAllRatios(three, [[1], [0]])).toBe(false);
  expect(hasAllRatios(three, [[1], [null]])).toBe(false);
  expect(geomeanStandings(three, []).map(({ ratio }) => ratio)).toEqual([null, null]);
});

describe("rankWarnings", () => {
  const metric = (name: string, means: Readonly<Record<string, number | null>>): MetricComparison => ({
    name,
    title: name,
    unit: "ratio",
    better: "lower",
    geomeans: [],
    cases: [
      {
        scenario: "ar",
        system: "soc",
        schedulers: Object.entries(means).map(([scheduler, mean]) => ({
          scheduler,
          mean,
          isBest: false,
          ratio: null,
          interval: null,
          difference: null,
          differenceInterval: null,
          verdict: null,
        })),
      },
    ],
  });

  test("name a scheduler that is ahead only because it dropped jobs", () => {
    const published = metric("uxCost", { dropper: 0, honest: 0.5, slow: 0.9 });
    const guarded = metric("uxCostGuarded", { dropper: 0.7, honest: 0.5, slow: 0.9 });
    const warnings = rankWarnings(published, guarded);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain("ar on soc");
    expect(warnings[0]).toContain("dropper is ahead of honest only in the published form");
    expect(warnings[0]).not.toContain("slow");
  });

  test("are not given where the order is the same, a value is missing, or values are equal in one form", () => {
    const published = metric("uxCost", { a: 1, b: 2, c: 2, d: null });
    expect(rankWarnings(published, metric("uxCostGuarded", { a: 3, b: 4, c: 5, d: 1 }))).toEqual([]);
    expect(rankWarnings(published, undefined)).toEqual([]);
  });
});
