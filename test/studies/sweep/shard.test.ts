/** How a sweep is shared out. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { RequestError } from "../../../src/input/request-error.ts";
import { parseShard, pointsIn, shardOf } from "../../../src/studies/sweep/plan/shard.ts";

const shardsOf = (plan: Parameters<typeof shardOf>[0], of: number) =>
  Array.from({ length: plan.count }, (_, index) => shardOf(plan, of)(index));

test("cases stay whole where there are four of them a shard, and each round starts one shard later", () => {
  const plan = { count: 16, caseSize: 2, seedsPerGroup: 1 };
  expect(shardsOf(plan, 2)).toEqual([1, 1, 2, 2, 2, 2, 1, 1, 1, 1, 2, 2, 2, 2, 1, 1]);
});

test("where there are too few cases groups are shared out, then points", () => {
  expect(shardsOf({ count: 16, caseSize: 8, seedsPerGroup: 2 }, 2)).toEqual([
    1, 1, 2, 2, 2, 2, 1, 1, 1, 1, 2, 2, 2, 2, 1, 1,
  ]);
  expect(shardsOf({ count: 4, caseSize: 4, seedsPerGroup: 4 }, 2)).toEqual([1, 2, 2, 1]);
});

test("every point is in one shard, and no shard has more than one piece more than another", () => {
  const plan = fc.record({ groups: fc.integer({ min: 1, max: 5 }), seedsPerGroup: fc.integer({ min: 1, max: 4 }) });
  fc.assert(
    fc.property(plan, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 8 }), (shape, cases, of) => {
      const caseSize = shape.groups * shape.seedsPerGroup;
      const whole = { count: cases * caseSize, caseSize, seedsPerGroup: shape.seedsPerGroup };
      const counts = Array.from({ length: of }, (_, i) => pointsIn(whole, { number: i + 1, of }).count);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(whole.count);
      const piece = cases >= 4 * of ? caseSize : cases * shape.groups >= 4 * of ? shape.seedsPerGroup : 1;
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(piece);
    }),
  );
});

test.each(["0/4", "5/4", "1", "1/0", "a/b", "1/4/2", "-1/4", "1/10001"])("%s is no shard", (text) => {
  expect(() => parseShard(text)).toThrow(RequestError);
});

test("a shard is read from text", () => expect(parseShard("2/4")).toEqual({ number: 2, of: 4 }));
