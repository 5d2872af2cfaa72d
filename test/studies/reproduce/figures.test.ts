/** Numbers of reproductions: rounding, and ratios told as times or shares. */
import { expect, test } from "vitest";
import { alone, factor, factorDown, figure, reduction } from "../../../src/studies/reproduce/figures.ts";

test("a figure has six significant digits, and nothing stays nothing", () => {
  expect([figure(1 / 3), figure(123456.789), figure(0), figure(undefined), figure(null)]).toEqual([
    0.333333,
    123457,
    0,
    null,
    null,
  ]);
});

test("a quarter is 0.25 times more, 4 times less, and 75 % less; intervals turn around with them", () => {
  const estimate = { ratio: 0.25, interval: { low: 0.2, high: 0.5 } };
  expect(factor(estimate)).toEqual({ ours: 0.25, interval: { low: 0.2, high: 0.5 } });
  expect(factorDown(estimate)).toEqual({ ours: 4, interval: { low: 2, high: 5 } });
  expect(reduction(estimate)).toEqual({ ours: 0.75, interval: { low: 0.5, high: 0.8 } });
});

test("one seed has no interval, and no ratio has nothing", () => {
  expect(reduction({ ratio: 1.5, interval: undefined })).toEqual({ ours: -0.5, interval: null });
  expect([factor(undefined), factorDown(undefined), reduction(undefined), alone(undefined)]).toEqual(
    Array(4).fill({ ours: null, interval: null }),
  );
});
