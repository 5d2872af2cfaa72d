/** Shares of points: nothing is lost, nothing is run twice, and cases stay whole as long as they can. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { PointShares } from "../../../src/executors/threads/point-shares.ts";
import { requestOf, sourceOf } from "./worlds.ts";

const request = requestOf("edf");
const indexesOf = (shares: PointShares, worker: number, most: number): number[] =>
  shares.take(worker, most).map(({ index }) => index);
const fairIndexesOf = (shares: PointShares, worker: number, most: number): number[] =>
  indexesOf(shares, worker, Math.min(most, shares.fairShare));

test("workers take whole cases, then halves of what others have left", () => {
  const shares = new PointShares(
    sourceOf(
      Array.from({ length: 12 }, () => request),
      4,
    ),
    2,
  );
  expect(fairIndexesOf(shares, 0, 2)).toEqual([0, 1]);
  expect(fairIndexesOf(shares, 1, 3)).toEqual([4, 5, 6]);
  expect(fairIndexesOf(shares, 0, 2)).toEqual([2, 3]);
  // 5 are left, 2 workers: at most 2 at once.
  expect(fairIndexesOf(shares, 0, 9)).toEqual([8, 9]);
  expect(fairIndexesOf(shares, 1, 9)).toEqual([7]);
  // 10 and 11 are the other's: half of them.
  expect(fairIndexesOf(shares, 1, 9)).toEqual([11]);
  expect(fairIndexesOf(shares, 0, 9)).toEqual([10]);
  expect(fairIndexesOf(shares, 1, 9)).toEqual([]);
  expect(fairIndexesOf(shares, 0, 9)).toEqual([]);
});

test("fair shares get smaller towards the end, so that no worker is left with all of it", () => {
  const shares = new PointShares(
    sourceOf(
      Array.from({ length: 100 }, () => request),
      100,
    ),
    2,
  );
  expect(fairIndexesOf(shares, 0, 1000)).toHaveLength(25);
  expect(fairIndexesOf(shares, 1, 1000)).toHaveLength(19);
  expect(fairIndexesOf(shares, 0, 1000)).toHaveLength(14);
});

const plan = fc.record({
  needed: fc.array(fc.boolean(), { maxLength: 80 }),
  caseSize: fc.integer({ min: 1, max: 20 }),
  workers: fc.integer({ min: 1, max: 5 }),
  turns: fc.infiniteStream(fc.tuple(fc.nat(4), fc.integer({ min: 1, max: 12 }), fc.boolean())),
});

test("every point that needs a run is taken once, in whatever order workers ask", () => {
  fc.assert(
    fc.property(plan, ({ needed, caseSize, workers, turns }) => {
      const shares = new PointShares(
        sourceOf(
          needed.map((each) => (each ? request : undefined)),
          caseSize,
        ),
        workers,
      );
      const taken: number[] = [];
      const busy = new Set(Array.from({ length: workers }, (_, worker) => worker));
      for (const [turn, most, isFair] of turns) {
        const worker = [...busy][turn % busy.size]!;
        const indexes = (isFair ? fairIndexesOf : indexesOf)(shares, worker, most);
        expect(indexes.length).toBeLessThanOrEqual(most);
        expect(shares.left > 0 && indexes.length === 0).toBe(false);
        taken.push(...indexes);
        if (indexes.length === 0) busy.delete(worker);
        if (busy.size === 0) break;
      }
      expect(taken.sort((a, b) => a - b)).toEqual(needed.flatMap((each, index) => (each ? [index] : [])));
    }),
  );
});

test("as long as there are untouched cases, nobody takes points of a case that another has begun", () => {
  fc.assert(
    fc.property(plan, ({ needed, caseSize, workers, turns }) => {
      const shares = new PointShares(
        sourceOf(
          needed.map(() => request),
          caseSize,
        ),
        workers,
      );
      const owner = new Map<number, number>();
      const cases = Math.ceil(needed.length / caseSize);
      for (const [turn, most] of turns) {
        const worker = turn % workers;
        const indexes = indexesOf(shares, worker, most);
        for (const index of indexes) {
          const own = Math.floor(index / caseSize);
          if (owner.size < cases) expect([own, owner.get(own) ?? worker]).toEqual([own, worker]);
          owner.set(own, worker);
        }
        if (indexes.length === 0) break;
      }
    }),
  );
});
