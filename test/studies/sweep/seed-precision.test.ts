/** How many seeds the groups of a sweep get. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { precisionLines } from "../../../src/output/sweep/precision-text.ts";
import type { SweepGroup, SweepReport } from "../../../src/records/sweep-report.ts";
import type { DonePoint } from "../../../src/studies/sweep/folder/point-line.ts";
import type { JudgedPrecision } from "../../../src/studies/sweep/read/seed-precision.ts";
import { PrecisionTally } from "../../../src/studies/sweep/summary/precision-tally.ts";
import { leastPrecise, seedsWanted } from "../../../src/studies/sweep/summary/seeds-wanted.ts";
import { propertyRuns } from "../../property-runs.ts";

const twoPercent: JudgedPrecision = { aim: 0.02, firstSeeds: 10, maxSeeds: 200, metrics: ["energyMj"] };

/** Of a group whose seeds have these values; undefined: not there, or failed. */
const results = (valueAt: (seedIndex: number) => number | undefined) => ({
  isDone: (seedIndex: number) => valueAt(seedIndex) !== undefined,
  point: (seedIndex: number): DonePoint => ({
    index: seedIndex,
    coordinates: {},
    resultHash: "",
    metrics: { energyMj: valueAt(seedIndex)! },
    tasks: [],
    accelerators: [],
  }),
});

/** 9 and 11 in turn: of n of them the mean is 10, the standard error 1 / sqrt(n - 1). */
const inTurn = (present: number) => results((i) => (i < present ? (i % 2 === 0 ? 9 : 11) : undefined));

describe("a group whose values are 9 and 11 in turn", () => {
  // Half-widths by Student's t: 10 seeds 2.262 / 3 = 7.5 %, 20: 2.093 / 4.36 = 4.8 %, 40: 2.023 / 6.24 = 3.2 %,
  // 80: 1.990 / 8.89 = 2.24 %, so 80 * (2.24 / 2)^2 = 101 would do; 101: an odd number of values, 1.99 %.
  test.each([
    [0, 10],
    [9, 10],
    [10, 20],
    [20, 40],
    [39, 40],
    [40, 80],
    [80, 101],
    [101, 101],
  ])("with %i seeds is to have %i", (present, wanted) => {
    expect(seedsWanted(10, inTurn(present), twoPercent)).toBe(wanted);
  });

  test("gets no more seeds than there may be", () => {
    expect(seedsWanted(10, inTurn(40), { ...twoPercent, maxSeeds: 50 })).toBe(50);
    expect(seedsWanted(10, inTurn(50), { ...twoPercent, maxSeeds: 50 })).toBe(50);
  });

  test("gets no more seeds once one has failed", () => {
    const failing = results((i) => (i === 13 ? undefined : i % 2 === 0 ? 9 : 11));
    expect(seedsWanted(10, failing, twoPercent)).toBe(20);
  });
});

test("seeds that agree are enough, whatever they agree in", () => {
  expect(
    seedsWanted(
      10,
      results((i) => (i < 10 ? 3 : undefined)),
      twoPercent,
    ),
  ).toBe(10);
  expect(
    seedsWanted(
      10,
      results((i) => (i < 10 ? 0 : undefined)),
      twoPercent,
    ),
  ).toBe(10);
});

test("how many seeds are wanted depends on where the count begins as little as on seeds beyond it", () => {
  const value = fc.integer({ min: 1, max: 40 });
  fc.assert(
    fc.property(fc.array(value, { minLength: 200, maxLength: 200 }), fc.constantFrom(0.05, 0.1, 0.3), (values, aim) => {
      const precision = { ...twoPercent, aim };
      const all = seedsWanted(
        10,
        results((i) => values[i]),
        precision,
      );
      let wanted = 10;
      for (;;) {
        const present = wanted;
        wanted = seedsWanted(
          wanted,
          results((i) => (i < present ? values[i] : undefined)),
          precision,
        );
        if (wanted === present) break;
      }
      expect(wanted).toBe(all);
    }),
    propertyRuns(50),
  );
});

describe("the least precise mean", () => {
  const judged = { metrics: ["a", "b", "c"] };
  const ten = { mean: 10, low: 9, high: 12 };
  test("is the one with the widest interval relative to it", () => {
    expect(leastPrecise({ a: ten, b: { mean: -2, low: -3, high: -1 }, c: ten }, judged)).toEqual({
      metric: "b",
      halfWidth: 0.5,
    });
  });

  test("is among the judged metrics", () => {
    expect(leastPrecise({ a: ten, d: { mean: 1, low: 0, high: 5 } }, judged)).toEqual({ metric: "a", halfWidth: 0.15 });
  });

  test("is not asked for where there is no mean, no interval, or no share of 0", () => {
    const means = { a: null, b: { mean: 4, low: null, high: null }, c: { mean: 0, low: -1, high: 1 } };
    expect(leastPrecise(means, judged)).toBeUndefined();
  });
});

const group = (level: number, high: number, failed = 0): SweepGroup => ({
  coordinates: { scenario: "s", level },
  seeds: 100 - failed,
  failed,
  metrics: { energyMj: { mean: 1, low: 2 - high, high } },
});

test("groups that are not precise enough are counted, and told with the seeds that they need", () => {
  const tally = new PrecisionTally({ ...twoPercent, aim: 0.25, maxSeeds: 100 });
  for (const each of [
    group(1, 1.125),
    group(2, 1.5),
    group(3, 1.75),
    group(4, 1.375),
    group(5, 1.5, 2),
    group(6, 2),
    { ...group(7, 1), seeds: 10 },
  ])
    tally.add(each);
  const precision = tally.report();
  expect(precision).toMatchObject({ reached: 2, missed: 4, failed: 1, fewestSeeds: 10, mostSeeds: 100 });
  // 100 * (1 / 0.25)^2 = 1600.
  expect(precision.worst.map(({ coordinates, seedsNeeded }) => [coordinates.level, seedsNeeded])).toEqual([
    [6, 1600],
    [3, 900],
    [2, 400],
  ]);
  expect(precisionLines(precision, { groupCount: 7, constant: { scenario: "s" } } as unknown as SweepReport)).toEqual([
    "precision: ± 25 % reached by 2 of 7 groups; missed by 4 with 100 seeds (--max-seeds); 1 with failed points got no more seeds",
    "level=6: energyMj is ± 100 %; about 1600 seeds would reach it",
    "level=3: energyMj is ± 75 %; about 900 seeds would reach it",
    "level=2: energyMj is ± 50 %; about 400 seeds would reach it",
    "1 more need fewer than these",
  ]);
});
