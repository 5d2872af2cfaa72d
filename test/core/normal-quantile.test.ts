/** Against tabulated quantiles (Python's statistics.NormalDist, 16 digits). */
import { expect, test } from "vitest";
import { normalAt, normalQuantile } from "../../src/core/normal-quantile.ts";

test.each([
  [1e-300, -37.0470962993612],
  [2 ** -54, -8.292361075813595],
  [0.001, -3.090232306167813],
  [0.025, -1.9599639845400538],
  [0.3, -0.5244005127080407],
  [0.5, 0],
  [0.9, 1.2815515655446008],
  [0.9999, 3.7190164854557084],
])("the quantile of %f is %f", (p, quantile) => {
  expect(normalQuantile(p)).toBeCloseTo(quantile, 12);
});

test("the first and the last draw have finite quantiles", () => {
  expect(normalAt(0)).toBeCloseTo(-8.292361075813595, 12);
  expect(normalAt(1 - 2 ** -53)).toBeCloseTo(8.209536151601387, 12);
});
