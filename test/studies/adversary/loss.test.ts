/** The ratio of a loss, and which of two is larger. */
import { expect, test } from "vitest";
import { isLarger, lossOf, MOST_RATIO } from "../../../src/studies/adversary/loss.ts";

const ratio = (better: "lower" | "higher", a: number[], b: number[]) => lossOf(better, a, b);

test("the ratio is one of means over seeds", () => {
  expect(ratio("lower", [1, 5], [1, 2])).toEqual({ a: 3, b: 1.5, ratio: 2, isCapped: false });
});

test("where higher is better, the one with less loses", () => {
  expect(ratio("higher", [0.25], [0.5])).toMatchObject({ ratio: 2 });
  expect(ratio("higher", [0.5], [0.25])).toMatchObject({ ratio: 0.5 });
});

test("nothing on both sides is even, nothing on the other side alone is the largest ratio, and said to be cut", () => {
  expect(ratio("lower", [0], [0])).toMatchObject({ ratio: 1, isCapped: false });
  expect(ratio("lower", [0.1], [0])).toMatchObject({ ratio: MOST_RATIO, isCapped: true });
  expect(ratio("lower", [0], [0.1])).toMatchObject({ ratio: 0, isCapped: false });
  expect(ratio("higher", [0], [0.1])).toMatchObject({ ratio: MOST_RATIO, isCapped: true });
  expect(ratio("lower", [2000], [1])).toMatchObject({ ratio: MOST_RATIO, isCapped: true });
});

test("a negative value has no ratio", () => expect(ratio("lower", [-1], [1])).toBeUndefined());

test("among losses that are cut the larger difference is larger", () => {
  const [small, large] = [lossOf("lower", [0.1], [0])!, lossOf("lower", [0.4], [0])!];
  expect([isLarger(large, small), isLarger(small, large), isLarger(small, small)]).toEqual([true, false, false]);
});

test("equal ratios are none larger than the other", () => {
  const [one, two] = [lossOf("lower", [2], [1])!, lossOf("lower", [4], [2])!];
  expect([isLarger(one, two), isLarger(two, one)]).toEqual([false, false]);
});
