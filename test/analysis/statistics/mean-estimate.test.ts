/** Means and paired differences with their intervals, against published values. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BOOTSTRAP_FROM_SEEDS, intervalMethod } from "../../../src/analysis/statistics/interval-method.ts";
import { meanEstimate, meanInterval } from "../../../src/analysis/statistics/mean-estimate.ts";
import { pairedDifference } from "../../../src/analysis/statistics/paired-difference.ts";
import type { Metric, Unit } from "../../../src/metrics/metric.ts";
import type { Interval } from "../../../src/records/interval.ts";

const of = (unit: Unit, better: Metric["better"] = "lower") => ({ unit, better });

function expectNear({ low, high }: Interval, [lowExpected, highExpected]: readonly [number, number], share: number) {
  expect(Math.abs(low / lowExpected - 1)).toBeLessThan(share);
  expect(Math.abs(high / highExpected - 1)).toBeLessThan(share);
}

/** Student 1908, R's sleep data: extra hours of sleep with two drugs. */
const sleep = {
  first: [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0],
  second: [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
};

/** Survival of mice in days, control group: Efron and Tibshirani 1993, Table 2.1. */
const mice = [52, 104, 146, 10, 51, 30, 40, 27, 46];

describe("Student's t", () => {
  test("three values worked by hand", () => {
    // Mean 4, standard deviation 2, t(97.5 %, 2) = 4.302653.
    const { mean, interval } = meanEstimate([2, 4, 6], of("ms"));
    expect(mean).toBe(4);
    expect(interval!.low).toBeCloseTo(4 - (4.302653 * 2) / Math.sqrt(3), 6);
    expect(interval!.high).toBeCloseTo(4 + (4.302653 * 2) / Math.sqrt(3), 6);
  });

  test("paired differences of the sleep data are those of R's t.test(paired = TRUE)", () => {
    const { mean, interval, verdict } = pairedDifference(sleep.first, sleep.second, of("ms", "higher"));
    expect(mean).toBeCloseTo(-1.58, 12);
    expect(interval!.low).toBeCloseTo(-2.4598858, 7);
    expect(interval!.high).toBeCloseTo(-0.7001142, 7);
    expect(verdict).toBe("worse");
  });

  test("the interval of NIST's ZARR13 data: 195 values, mean 9.261460, standard deviation 0.02278881", () => {
    // The interval depends only on these three, so: one value in the middle, 97 on each side.
    const sides = [0, ...Array.from({ length: 194 }, (_, i) => (i % 2 === 0 ? 1 : -1))];
    const { interval } = meanEstimate(
      sides.map((side) => 9.26146 + 0.02278881 * side),
      of("ms"),
    );
    expect(interval!.low).toBeCloseTo(9.258242, 5);
    expect(interval!.high).toBeCloseTo(9.264679, 5);
  });

  test("NIST's NumAcc4 to eight decimals: 1001 values around 10000000.2, standard deviation 0.1", () => {
    const values = [10000000.2, ...Array.from({ length: 1000 }, (_, i) => (i % 2 === 0 ? 10000000.1 : 10000000.3))];
    const { mean, interval } = meanEstimate(values, of("ms"));
    expect(mean).toBeCloseTo(10000000.2, 8);
    // t(97.5 %, 1000) = 1.962339
    expect((interval!.high - interval!.low) / 2).toBeCloseTo((1.962339 * 0.1) / Math.sqrt(1001), 7);
  });

  test("one value has a mean but no interval, and its difference has no verdict", () => {
    expect(meanEstimate([3], of("ratio"))).toEqual({ mean: 3, interval: undefined });
    expect(pairedDifference([3], [2], of("ms"))).toEqual({ mean: 1, interval: undefined, verdict: undefined });
  });
});

describe("bootstrap-t", () => {
  // Expected values: two million resamples by numpy. With 2000, the far end is a few percent off.
  test("the mice of Efron and Tibshirani, 90 and 95 %", () => {
    expectNear(meanInterval(mice, "bootstrap", 0.9)!, [36.0143, 116.579], 0.06);
    expectNear(meanInterval(mice, "bootstrap")!, [31.8782, 126.453], 0.06);
  });

  test("is longer on the side of a long tail", () => {
    const center = meanEstimate(mice, of("ms")).mean;
    const { low, high } = meanInterval(mice, "bootstrap")!;
    expect(high - center).toBeGreaterThan(2 * (center - low));
    const student = meanInterval(mice, "t")!;
    expect(student.high - center).toBeCloseTo(center - student.low, 9);
  });

  test("is Student's t if too many resamples have no spread", () => {
    const rare = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    expect(meanInterval(rare, "bootstrap")).toEqual(meanInterval(rare, "t"));
  });

  test("is for ratios, shares, scores and products, from ten seeds on", () => {
    const methods = (seeds: number) =>
      (["ratio", "share", "score", "mJ·ms", "ms", "mJ", "mW", "count"] as const).map((unit) =>
        intervalMethod({ unit }, seeds),
      );
    expect(methods(BOOTSTRAP_FROM_SEEDS - 1)).toEqual(Array(8).fill("t"));
    expect(methods(BOOTSTRAP_FROM_SEEDS)).toEqual([...Array(4).fill("bootstrap"), ...Array(4).fill("t")]);
  });
});

const value = fc.double({ min: 0.01, max: 100, noNaN: true });
const values = fc.array(value, { minLength: 2, maxLength: 14 });
const unit = fc.constantFrom<Unit>("ms", "ratio");

describe("for any values", () => {
  test("the interval contains the mean, and is the same each time", () => {
    fc.assert(
      fc.property(values, (given) => {
        const { mean, interval } = meanEstimate(given, of("ms"));
        expect(interval!.low).toBeLessThanOrEqual(mean);
        expect(interval!.high).toBeGreaterThanOrEqual(mean);
        // Another number of values in between, because the latest resamples are cached.
        const [one] = [meanInterval(given, "bootstrap"), meanInterval([1, 2, 4], "bootstrap")];
        expect(meanInterval(given, "bootstrap")).toEqual(one);
      }),
    );
  });

  test("the order of seeds does not matter", () => {
    const shuffled = values.chain((given) =>
      fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length, maxLength: given.length })),
    );
    fc.assert(
      fc.property(shuffled, unit, ([given, others], ofUnit) => {
        const [one, other] = [meanEstimate(given, of(ofUnit)), meanEstimate(others, of(ofUnit))];
        expect(other.interval!.low).toBeCloseTo(one.interval!.low, 6);
        expect(other.interval!.high).toBeCloseTo(one.interval!.high, 6);
      }),
    );
  });

  test("a change of unit scales the interval", () => {
    fc.assert(
      fc.property(values, unit, (given, ofUnit) => {
        const scaled = given.map((each) => each * 1024);
        const [one, other] = [meanEstimate(given, of(ofUnit)), meanEstimate(scaled, of(ofUnit))];
        expect(other.interval!.low / 1024).toBeCloseTo(one.interval!.low, 9);
        expect(other.interval!.high / 1024).toBeCloseTo(one.interval!.high, 9);
      }),
    );
  });

  test("a run shows no difference to itself, with an interval of no width", () => {
    fc.assert(
      fc.property(values, unit, (given, ofUnit) => {
        expect(pairedDifference(given, given, of(ofUnit))).toEqual({
          mean: 0,
          interval: { low: 0, high: 0 },
          verdict: "no difference shown",
        });
      }),
    );
  });

  test("the same shift of every seed gives a verdict in the metric's direction", () => {
    fc.assert(
      fc.property(values, unit, (given, ofUnit) => {
        const more = given.map((each) => each + 1);
        expect(pairedDifference(more, given, of(ofUnit, "lower")).verdict).toBe("worse");
        expect(pairedDifference(more, given, of(ofUnit, "higher")).verdict).toBe("better");
        expect(pairedDifference(more, given, of(ofUnit, "neither")).verdict).toBe("differs");
      }),
    );
  });
});
