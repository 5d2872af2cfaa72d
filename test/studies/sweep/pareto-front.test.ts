/** The Pareto-optimal among candidates. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { RequestError } from "../../../src/input/request-error.ts";
import { type Objective, ParetoFront } from "../../../src/studies/sweep/summary/pareto-front.ts";

const objectives: readonly Objective[] = [
  { name: "energyMj", better: "lower" },
  { name: "slaSatisfaction", better: "higher" },
];

function frontOf(candidates: readonly (readonly number[])[]): readonly number[] {
  const front = new ParetoFront<number>(objectives);
  for (const [index, values] of candidates.entries()) front.add(index, values);
  return front.items();
}

test("what costs more and gives less is not on the front", () => {
  // energy down, SLA up: 2 costs more than 0 and gives as much; 3 is beaten by 1 in both.
  const candidates = [
    [10, 0.8],
    [20, 0.9],
    [12, 0.8],
    [25, 0.85],
    [5, 0.1],
  ];
  expect(frontOf(candidates)).toEqual([0, 1, 4]);
});

test("a later candidate takes out those that it beats", () => {
  expect(
    frontOf([
      [10, 0.8],
      [9, 0.9],
      [30, 0.95],
    ]),
  ).toEqual([1, 2]);
});

test("equals do not rule each other out", () => {
  expect(
    frontOf([
      [10, 0.8],
      [10, 0.8],
    ]),
  ).toEqual([0, 1]);
});

test("a metric of which neither more nor less is better makes no front", () => {
  expect(() => new ParetoFront([{ name: "decisions", better: "neither" }])).toThrow(RequestError);
});

test("no listed candidate is beaten, and every other one is", () => {
  const isBeatenBy = (a: readonly number[], b: readonly number[]) =>
    b[0]! <= a[0]! && b[1]! >= a[1]! && (b[0]! < a[0]! || b[1]! > a[1]!);
  const value = fc.integer({ min: 0, max: 6 });
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { maxLength: 30 }), (candidates) => {
      const front = frontOf(candidates);
      for (const [index, candidate] of candidates.entries()) {
        const isBeaten = candidates.some((other) => isBeatenBy(candidate, other));
        expect(front.includes(index)).toBe(!isBeaten);
      }
    }),
  );
});
