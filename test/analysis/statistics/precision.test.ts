/** How many seeds a precision takes. */
import { expect, test } from "vitest";
import { nextSeeds, relativeHalfWidth, seedsNeeded } from "../../../src/analysis/statistics/precision.ts";

test("a half-width is relative to what the interval is of", () => {
  expect(relativeHalfWidth(2, { low: 1.9, high: 2.2 })).toBeCloseTo(0.075, 12);
});

test("half the width takes four times as many seeds", () => {
  expect(seedsNeeded(10, 0.04, 0.02)).toBe(40);
  expect(seedsNeeded(10, 0.041, 0.02)).toBe(43);
  expect(seedsNeeded(10, 0.01, 0.02)).toBe(10);
});

test("a search goes on with what is needed, a fifth more at least and twice as many at most", () => {
  expect(nextSeeds(10, 0.024, 0.02)).toBe(15);
  expect(nextSeeds(10, 0.0201, 0.02)).toBe(12);
  expect(nextSeeds(10, 0.2, 0.02)).toBe(20);
});
