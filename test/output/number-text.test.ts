/** Numbers as text. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exactMs, readable, significant } from "../../src/output/number-text.ts";

describe("exactMs", () => {
  test.each([
    [0, "0.000000"],
    [1, "0.000001"],
    [16_666_667, "16.666667"],
    [1_000_000, "1.000000"],
    [3_600_000_000_001, "3600000.000001"],
    [9_007_199_254_740_991, "9007199254.740991"],
    [-1_500_000, "-1.500000"],
  ])("prints %i ns as %s", (ns, text) => expect(exactMs(ns)).toBe(text));

  test("loses no nanosecond", () => {
    fc.assert(fc.property(fc.maxSafeNat(), (ns) => BigInt(exactMs(ns).replace(".", "")) === BigInt(ns)));
  });
});

describe("significant", () => {
  test.each([
    [0, "0"],
    [1, "1.000"],
    [0.07449115, "0.07449"],
    [99.996, "100.0"],
    [12345.6, "12350"],
    [9_999_600, "1.000e+7"],
    [0.000123456, "0.0001235"],
    [0.00001, "1.000e-5"],
    [-2.5, "-2.500"],
  ])("prints %d as %s", (value, text) => expect(significant(value)).toBe(text));
});

test("what is not there is a dash, shares are percent, counts are whole", () => {
  expect(readable(undefined, "ms")).toBe("-");
  expect(readable(null, "count")).toBe("-");
  expect(readable(0.25, "share")).toBe("25.00");
  expect(readable(18045, "count")).toBe("18045");
});
