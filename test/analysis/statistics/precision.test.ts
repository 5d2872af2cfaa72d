/** The number of seeds that a precision needs. */
import { expect, test } from "vitest";
import { nextSeeds, relativeHalfWidth, seedsNeeded } from "../../../src/analysis/statistics/precision.ts";

test("a half-width is relative to the value", () => {
  expect(relativeHalfWidth(2, { low: 1.9, high: 2.2 })).toBeCloseTo(0.075, 12);
});

test("half the width needs four times as many seeds", () => {
  expect(seedsNeeded(10, 0.04, 0.02)).toBe(40);
  expect(seedsNeeded(10, 0.041, 0.02)).toBe(43);
  expect(seedsNeeded(10, 0.01, 0.02)).toBe(10);
});

test("a search goes on with the seeds needed, at least a fifth more and at most twice as many", () => {
  expect(nextSeeds(10, 0.024, 0.02)).toBe(15);
  expect(nextSeeds(10, 0.0201, 0.02)).toBe(12);
  expect(nextSeeds(10, 0.2, 0.02)).toBe(20);
});
