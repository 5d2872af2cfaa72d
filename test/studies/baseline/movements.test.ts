import { describe, expect, test } from "vitest";
import { worstFirst } from "../../../src/output/check/worst-first.ts";
import type { Move } from "../../../src/records/check-report.ts";
import type { SeedValues } from "../../../src/studies/baseline/baseline.ts";
import { type JudgeOptions, rowMovement } from "../../../src/studies/baseline/movements.ts";
import { parseTolerance } from "../../../src/studies/baseline/tolerance.ts";
import { row } from "./worlds.ts";

const strict: JudgeOptions = { tolerances: [], failOn: "worse" };
const with_ = (...texts: string[]): JudgeOptions => ({ ...strict, tolerances: texts.map(parseTolerance) });

const moved = (value: string, before: SeedValues, now: SeedValues, options = strict): Move | undefined =>
  rowMovement(row({ [value]: before }), row({ [value]: now }), ["code"], options).moves[0];

describe("a value of one seed", () => {
  test.each([
    // Lower is better for uxCost, higher for slaSatisfaction, neither for decisions.
    ["uxCost", 2, 3, "worse", true, 1, 0.5],
    ["uxCost", 2, 1, "better", false, -1, -0.5],
    ["slaSatisfaction", 0.5, 0.25, "worse", true, -0.25, -0.5],
    ["slaSatisfaction", 0.5, 0.75, "better", false, 0.25, 0.5],
    ["decisions", 100, 50, "changed", false, -50, -0.5],
    ["late", 0, 1, "worse", true, 1, null],
    ["tasks.ht.p99Ms", 8, 10, "worse", true, 2, 0.25],
  ] as const)("%s from %d to %d is %s", (value, before, now, verdict, fails, difference, change) => {
    expect(moved(value, [before], [now])).toMatchObject({ value, before, now, verdict, fails, difference, change });
  });

  test("is no move where it is the same", () => {
    expect(moved("uxCost", [0.1], [0.1])).toBeUndefined();
    expect(moved("uxCost", [null], [null])).toBeUndefined();
  });

  test("moves by the smallest difference that a number can have", () => {
    expect(moved("uxCost", [0.1], [0.1 + 2 ** -56])).toMatchObject({ verdict: "worse", fails: true });
  });

  test("has no interval", () => expect(moved("uxCost", [2], [3])?.interval).toBeNull());
});

describe("a value that is gone", () => {
  test("is worse, whichever direction is better", () => {
    expect(moved("p99Ms", [5], [null])).toMatchObject({ verdict: "worse", fails: true, now: null, difference: null });
    expect(moved("slaSatisfaction", [0.5], [null])).toMatchObject({ verdict: "worse", fails: true });
  });

  test("is worse within any tolerance", () => {
    expect(moved("p99Ms", [5], [null], with_("all=100%"))).toMatchObject({ verdict: "worse" });
  });

  test("is a change where no direction is better", () => {
    expect(moved("utilisation", [5], [null])).toMatchObject({ verdict: "changed", fails: false });
  });

  test("is a change where it comes instead", () => {
    expect(moved("p99Ms", [null], [5])).toMatchObject({ verdict: "changed", fails: false, before: null, now: 5 });
  });

  test("is worse where one seed of several has lost it, and the means stand on the others", () => {
    expect(moved("p99Ms", [4, 6], [3, null])).toMatchObject({ verdict: "worse", before: 4, now: 3 });
  });
});

describe("a value of several seeds", () => {
  test("is judged by its means", () => {
    // Means 2 and 2.5; differences -1 and 2.
    expect(moved("uxCost", [1, 3], [0, 5])).toMatchObject({
      before: 2,
      now: 2.5,
      difference: 0.5,
      change: 0.25,
      movedSeeds: 2,
      verdict: "worse",
    });
  });

  test("is a change where seeds moved and their mean did not", () => {
    expect(moved("uxCost", [1, 3], [3, 1])).toMatchObject({ verdict: "changed", difference: 0, fails: false });
  });

  test("has an interval without width where every seed moved alike", () => {
    expect(moved("uxCost", [1, 2, 3], [2, 3, 4])?.interval).toEqual({ low: 1, high: 1 });
  });

  test("has an interval with 0 in it where seeds disagree", () => {
    const { low, high } = moved("energyMj", [10, 10, 10], [9, 12, 10])!.interval!;
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(0);
  });
});

describe("a tolerance", () => {
  test("accepts a move of just its size, in percent of what was", () => {
    expect(moved("uxCost", [0.5], [0.51], with_("uxCost=2%"))).toMatchObject({ verdict: "tolerated", fails: false });
    expect(moved("uxCost", [0.5], [0.5101], with_("uxCost=2%"))).toMatchObject({ verdict: "worse", fails: true });
  });

  test("accepts a move of just its size, in the metric's unit", () => {
    expect(moved("p99Ms", [20], [20.5], with_("p99Ms=0.5"))).toMatchObject({ verdict: "tolerated" });
    expect(moved("p99Ms", [20], [20.6], with_("p99Ms=0.5"))).toMatchObject({ verdict: "worse" });
  });

  test("in percent accepts nothing where there was 0", () => {
    expect(moved("late", [0], [1], with_("late=50%"))).toMatchObject({ verdict: "worse", tolerance: 0 });
  });

  test("holds for the tasks' values of a metric as well", () => {
    expect(moved("tasks.ht.p99Ms", [20], [20.5], with_("p99Ms=0.5"))).toMatchObject({ verdict: "tolerated" });
  });

  test("of one task wins over that of its metric, and that over all", () => {
    const options = with_("tasks.ht.p99Ms=3", "all=1", "p99Ms=2");
    expect(moved("tasks.ht.p99Ms", [9], [10], options)?.tolerance).toBe(3);
    expect(moved("tasks.es.p99Ms", [9], [10], options)?.tolerance).toBe(2);
    expect(moved("uxCost", [9], [10], options)?.tolerance).toBe(1);
  });

  test("of changes holds in both directions and without one", () => {
    const options: JudgeOptions = { ...with_("all=10%"), failOn: "change" };
    expect(moved("uxCost", [100], [95], options)).toMatchObject({ verdict: "tolerated", fails: false });
    expect(moved("uxCost", [100], [80], options)).toMatchObject({ verdict: "better", fails: true });
    expect(moved("decisions", [100], [80], options)).toMatchObject({ verdict: "changed", fails: true });
  });

  test.each([
    "uxCost",
    "uxCost=",
    "uxCost=x",
    "=2%",
    "uxCost=-1",
    "uxCost=2%%",
    "uxCots=2%",
    "tasks.ht.p99=1",
    "uxCost=0x1",
  ])("%s is refused", (text) => expect(() => parseTolerance(text)).toThrow(/tolerance/));
});

describe("values that cannot be compared", () => {
  test("are lacking where this rtmm has no such metric", () => {
    const { lacks, compared } = rowMovement(row({ uxCots: [1] }), row({ uxCots: [1] }), ["code"], strict);
    expect([lacks, compared]).toEqual([["uxCots: this rtmm has no such metric"], 0]);
  });

  test("are lacking where a task is gone", () => {
    const { lacks } = rowMovement(row({ "tasks.ht.p99Ms": [1] }), row({}), ["code"], strict);
    expect(lacks).toEqual(["tasks.ht.p99Ms: there is no such value any more"]);
  });

  test("are told, and no more, where they are new", () => {
    const { lacks, added } = rowMovement(row({}), row({ "tasks.ht.p99Ms": [1] }), ["code"], strict);
    expect([lacks, added]).toEqual([[], ["tasks.ht.p99Ms"]]);
  });
});

test("failing moves come first, the largest of its size before the others, those from 0 before all", () => {
  const before = row({ uxCost: [1], energyMj: [100], late: [0], completed: [10], p99Ms: [10], decisions: [5] });
  const now = row({ uxCost: [1.5], energyMj: [110], late: [1], completed: [20], p99Ms: [10.01], decisions: [1] });
  const { moves } = rowMovement(before, now, ["code"], with_("p99Ms=1%"));
  expect(worstFirst(moves).map(({ value, verdict }) => `${value} ${verdict}`)).toEqual([
    "late worse",
    "uxCost worse",
    "energyMj worse",
    "decisions changed",
    "completed better",
    "p99Ms tolerated",
  ]);
});
