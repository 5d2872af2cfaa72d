import { describe, expect, test } from "vitest";
import { type Purpose, purpose, uniform } from "../../src/core/draws.ts";

const N = 40_000;
const series = (draw: (k: number) => number): number[] => Array.from({ length: N }, (_, k) => draw(k));
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** One series along each argument. */
const along: readonly (readonly [string, (k: number) => number])[] = [
  ["seed", (k) => uniform(k, 2, 3, purpose.trigger)],
  ["task", (k) => uniform(1, k, 3, purpose.trigger)],
  ["job", (k) => uniform(1, 2, k, purpose.trigger)],
  ["purpose", (k) => uniform(1, 2, 3, (k + 1) as Purpose)],
  ["i", (k) => uniform(1, 2, 3, purpose.skip, k)],
  ["job, from a large one", (k) => uniform(2 ** 32 - 1, 7, 2 ** 32 - N + k, purpose.jitter)],
];

describe.each(along)("draws along %s", (_, draw) => {
  const values = series(draw);
  test("are uniform in [0, 1): range, mean, variance and every tenth", () => {
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    // Standard errors: 1 / sqrt(12 N) = 0.0014 and 1 / sqrt(180 N) = 0.0004.
    expect(Math.abs(mean(values) - 1 / 2)).toBeLessThan(4 * 0.0015);
    expect(Math.abs(mean(values.map((value) => (value - 0.5) ** 2)) - 1 / 12)).toBeLessThan(4 * 0.0004);
    const tenths = new Array<number>(10).fill(0);
    for (const value of values) tenths[Math.floor(value * 10)]! += 1;
    const chiSquare = tenths.reduce((sum, count) => sum + (count - N / 10) ** 2 / (N / 10), 0);
    // 9 degrees of freedom: 27.9 is passed once in a thousand; the draws are fixed, so this is no lottery.
    expect(chiSquare).toBeLessThan(27.9);
  });
  test("are uncorrelated with those 1, 2, 3 and 16 further", () => {
    for (const lag of [1, 2, 3, 16]) {
      const products = values.slice(lag).map((value, k) => (value - 0.5) * (values[k]! - 0.5) * 12);
      // Standard error 1 / sqrt(N) = 0.005.
      expect(Math.abs(mean(products))).toBeLessThan(4 * 0.005);
    }
  });
  test("are all different", () => expect(new Set(values).size).toBeGreaterThan(N - 5));
});

test("neighbours in two arguments are uncorrelated too", () => {
  const pairs = series((k) => (uniform(1, 2, k, 1) - 0.5) * (uniform(1, 3, k, 1) - 0.5) * 12);
  const shifted = series((k) => (uniform(1, 2, k + 1, 1) - 0.5) * (uniform(2, 2, k, 1) - 0.5) * 12);
  const purposes = series((k) => (uniform(1, 2, k, 1) - 0.5) * (uniform(1, 2, k, 2) - 0.5) * 12);
  for (const products of [pairs, shifted, purposes]) expect(Math.abs(mean(products))).toBeLessThan(4 * 0.005);
});

test("a draw is a pure function of what it is for: these numbers are part of every result", () => {
  expect([
    uniform(0, 0, 0, purpose.trigger),
    uniform(1, 0, 0, purpose.trigger),
    uniform(1, 1, 0, purpose.trigger),
    uniform(1, 0, 1, purpose.trigger),
    uniform(1, 0, 0, purpose.jitter),
    uniform(1, 0, 0, purpose.skip, 1),
    uniform(2 ** 32 - 1, 9, 123_456, purpose.arrival, 3),
  ]).toEqual([
    0.12149625286087418, 0.6199696353605008, 0.5781485303136168, 0.4918109965793481, 0.6610594202093911,
    0.43184182314703556, 0.7284832934959388,
  ]);
});

test("the numbers of purposes are never reused or reordered", () => {
  expect(purpose).toEqual({
    trigger: 1,
    jitter: 2,
    arrival: 3,
    skip: 4,
    exit: 5,
    steps: 6,
    priority: 7,
    measurement: 8,
    model: 9,
    batch: 10,
    layerTime: 11,
    jobTime: 12,
    estimate: 13,
    think: 14,
  });
});
