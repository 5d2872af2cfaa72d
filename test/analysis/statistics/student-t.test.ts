/** Student's t, against printed tables and against an integral of its density. */
import { describe, expect, test } from "vitest";
import { shareWithin, tWithin } from "../../../src/analysis/statistics/student-t.ts";

describe("tWithin", () => {
  // Two-sided 95 %: Fisher and Yates, Statistical Tables, table III, here with more digits.
  test.each([
    [1, 12.7062047],
    [2, 4.3026527],
    [3, 3.1824463],
    [4, 2.7764451],
    [9, 2.2621572],
    [24, 2.0638986],
    [99, 1.984217],
    [999, 1.9623415],
  ])("of 95 % with %i degrees of freedom is %f", (degreesOfFreedom, t) => {
    expect(tWithin(0.95, degreesOfFreedom)).toBeCloseTo(t, 6);
  });

  test("of 99 % with 10 degrees of freedom is 3.169", () => expect(tWithin(0.99, 10)).toBeCloseTo(3.1692727, 6));
});

describe("shareWithin", () => {
  test.each([1, 2, 3, 4, 7, 12, 25])("is the integral of the density with %i degrees of freedom", (freedom) => {
    for (const t of [0, 0.3, 1, 2.5, 6]) expect(shareWithin(t, freedom)).toBeCloseTo(integral(t, freedom), 7);
  });
});

/** By Simpson's rule. The density's factor comes from the recurrence of the gamma function. */
function integral(t: number, freedom: number): number {
  const intervals = 2000;
  const width = t / intervals;
  const density = (x: number) => (1 + (x * x) / freedom) ** (-(freedom + 1) / 2);
  let sum = density(0) + density(t);
  for (let i = 1; i < intervals; i += 1) sum += (i % 2 === 1 ? 4 : 2) * density(i * width);
  return (2 * factor(freedom) * sum * width) / 3;
}

/** Gamma((n + 1) / 2) / (sqrt(n pi) Gamma(n / 2)), from Gamma(1/2) = sqrt(pi) and Gamma(1) = 1. */
const factor = (n: number): number => gammaOfHalves(n + 1) / (Math.sqrt(n * Math.PI) * gammaOfHalves(n));

function gammaOfHalves(twice: number): number {
  if (twice <= 2) return twice === 1 ? Math.sqrt(Math.PI) : 1;
  return ((twice - 2) / 2) * gammaOfHalves(twice - 2);
}
