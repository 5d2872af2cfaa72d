import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Distribution } from "../../src/metrics/distribution.ts";

const percents = [50, 95, 99] as const;
const summaryOf = (values: readonly number[], exactSamples?: number) => distributionOf(values, exactSamples).summary();

function distributionOf(values: readonly number[], exactSamples?: number): Distribution {
  const distribution = new Distribution(exactSamples);
  for (const value of values) distribution.add(value);
  return distribution;
}

/** The definition, word by word. */
const nearestRank = (values: readonly number[], percent: number): number | undefined =>
  values.toSorted((a, b) => a - b)[Math.ceil((percent * values.length) / 100) - 1];

/** From 0 ns to more than an hour, small and large ones alike. */
const latencies = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 42 }), fc.double({ min: 1, max: 2, noNaN: true }))
    .map(([power, factor]) => Math.floor(2 ** power * factor - 1)),
  { minLength: 1, maxLength: 300 },
);

test("an empty distribution has a count and a sum of 0 and nothing else", () => {
  const nothing = { minNs: undefined, p50Ns: undefined, p95Ns: undefined, p99Ns: undefined, maxNs: undefined };
  expect(summaryOf([])).toEqual({ count: 0, sumNs: 0, ...nothing, isExact: true });
});

test("quantiles of 1 to 100 are their own rank", () => {
  const summary = summaryOf(Array.from({ length: 100 }, (_, index) => 100 - index));
  expect(summary).toMatchObject({ count: 100, sumNs: 5050, minNs: 1, p50Ns: 50, p95Ns: 95, p99Ns: 99, maxNs: 100 });
});

test("quantiles are the values at the nearest rank, to the nanosecond", () => {
  fc.assert(
    fc.property(latencies, (values) => {
      const summary = summaryOf(values);
      for (const percent of percents) expect(summary[`p${percent}Ns`]).toBe(nearestRank(values, percent));
      expect([summary.minNs, summary.maxNs]).toEqual([Math.min(...values), Math.max(...values)]);
    }),
  );
});

test("beyond the exact number of samples quantiles stay within 1 %", () => {
  fc.assert(
    fc.property(latencies, fc.integer({ min: 0, max: 10 }), (values, exactSamples) => {
      const summary = summaryOf(values, exactSamples);
      expect(summary.isExact).toBe(values.length <= exactSamples);
      for (const percent of percents) {
        const exact = nearestRank(values, percent) ?? Number.NaN;
        expect(Math.abs((summary[`p${percent}Ns`] ?? Number.NaN) - exact)).toBeLessThanOrEqual(0.01 * exact);
      }
      expect([summary.minNs, summary.maxNs]).toEqual([Math.min(...values), Math.max(...values)]);
    }),
  );
});

test("absorbing distributions equals adding their values one by one, exact or not", () => {
  const limit = fc.constantFrom(0, 5, 1000);
  fc.assert(
    fc.property(latencies, latencies, limit, limit, (first, second, firstExact, secondExact) => {
      const merged = distributionOf(first, firstExact);
      merged.absorb(distributionOf(second, secondExact));
      const { isExact, ...values } = merged.summary();
      const { isExact: _, ...expected } = summaryOf([...first, ...second], isExact ? 1000 : 0);
      expect(values).toEqual(expected);
    }),
  );
});

test("the order of the values does not matter", () => {
  fc.assert(
    fc.property(latencies, fc.constantFrom(5, 1000), (values, exactSamples) => {
      expect(summaryOf(values.toReversed(), exactSamples)).toEqual(summaryOf(values, exactSamples));
    }),
  );
});

describe("with more than a million samples", () => {
  const count = 1_200_000;
  const valueAt = (index: number) => 1e6 + ((index * 7919) % count);

  test("quantiles are exact for the first million, and within 1 % after that", () => {
    const distribution = new Distribution();
    for (let index = 0; index < 1_000_000; index++) distribution.add(valueAt(index));
    expect(distribution.summary().isExact).toBe(true);
    for (let index = 1_000_000; index < count; index++) distribution.add(valueAt(index));
    const { isExact, p99Ns } = distribution.summary();
    const exact = 1e6 + Math.ceil(0.99 * count) - 1;
    expect(isExact).toBe(false);
    expect(Math.abs((p99Ns ?? 0) / exact - 1)).toBeLessThan(0.01);
  });
});
