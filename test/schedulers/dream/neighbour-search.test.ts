import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Bound,
  NeighbourSearch,
  type Point,
  type SearchOptions,
} from "../../../src/schedulers/dream/neighbour-search.ts";

const unit: Bound = { min: 0, max: 1 };
const weight: Bound = { min: 0, max: 2 };

/** Every point that the search asks for, with its result. */
function searched(costAt: (point: Point) => number, bounds: readonly Bound[], start: Point, options?: SearchOptions) {
  const search = new NeighbourSearch(bounds, start, options);
  const asked: Point[] = [];
  while (!search.isDone) {
    asked.push(search.nextPoint());
    search.report(costAt(search.nextPoint()));
  }
  return { asked, search };
}

describe("one parameter, followed by hand", () => {
  test("looks down and up, steps a radius down the slope, and shrinks it", () => {
    // Cost = x. From 0.5: 0.25 and 0.75 say down, to 0.25; then radius 0.125: 0.125 and 0.375, to 0.125.
    const { asked, search } = searched(([x]) => x!, [unit], [0.5], { steps: 2, radius: 0.25, shrink: 0.5 });
    expect(asked).toEqual([[0.5], [0.25], [0.75], [0.25], [0.125], [0.375], [0.125]]);
    expect(search.path).toEqual([
      { step: 0, point: [0.5], cost: 0.5 },
      { step: 1, point: [0.25], cost: 0.25 },
      { step: 2, point: [0.125], cost: 0.125 },
    ]);
    expect(search.best).toEqual({ point: [0.125], cost: 0.125 });
  });
  test("takes back a step that made things worse, and goes on from the best with the smaller radius", () => {
    // 0.25 costs 3 and 0.75 costs 5: down to 0.25. From there 0.125 costs 9, 0.375 costs 8: up to 0.375, which is worse.
    const costs: Record<number, number> = { 0.5: 4, 0.25: 3, 0.75: 5, 0.125: 9, 0.375: 8, 0.1875: 7, 0.3125: 7 };
    const { asked, search } = searched(([x]) => costs[x!]!, [unit], [0.5], { steps: 3, radius: 0.25, shrink: 0.5 });
    expect(asked.slice(7)).toEqual([[0.1875], [0.3125], [0.25]]);
    expect(search.best).toEqual({ point: [0.25], cost: 3 });
  });
  test("stays where it is level", () => {
    const { asked } = searched(() => 1, [unit], [0.5], { steps: 1 });
    expect(asked).toEqual([[0.5], [0.25], [0.75], [0.5]]);
  });
  test("asks for one neighbour at a bound and takes the slope to it", () => {
    const { asked } = searched(([x]) => -x!, [unit], [0], { steps: 1 });
    expect(asked).toEqual([[0], [0.25], [0.25]]);
  });
  test("asks for whole numbers only where told so, at least one apart", () => {
    const { asked } = searched(([x]) => Math.abs(x! - 3), [{ min: 0, max: 10, isInteger: true }], [5], {
      steps: 4,
      radius: 0.1,
      shrink: 0.5,
    });
    expect(asked.slice(0, 4)).toEqual([[5], [4], [6], [4]]);
    expect(asked.every(([x]) => Number.isInteger(x))).toBe(true);
  });
});

test("two parameters: the step goes along the slope of both, one radius long", () => {
  // Cost = 3a + 4b, slopes 6 and 8 a range: the step is 0.25 x (0.6, 0.8) ranges of 2.
  const { asked } = searched(([a, b]) => 3 * a! + 4 * b!, [weight, weight], [1, 1], { steps: 1 });
  expect(asked.slice(0, 5)).toEqual([
    [1, 1],
    [0.5, 1],
    [1.5, 1],
    [1, 0.5],
    [1, 1.5],
  ]);
  expect(asked[5]![0]).toBeCloseTo(0.7, 12);
  expect(asked[5]![1]).toBeCloseTo(0.6, 12);
});

test("a point is asked for again until its cost is reported; once done it is the best, and more reports change nothing", () => {
  const search = new NeighbourSearch([unit], [0.5], { steps: 0 });
  expect(search.best).toBeUndefined();
  expect([search.nextPoint(), search.nextPoint(), search.isDone]).toEqual([[0.5], [0.5], false]);
  search.report(7);
  expect([search.nextPoint(), search.isDone]).toEqual([[0.5], true]);
  search.report(1);
  expect(search.best).toEqual({ point: [0.5], cost: 7 });
});

test("several points at a time are those that one at a time gives, with the same path", () => {
  const share = fc.double({ min: 0, max: 2, noNaN: true });
  fc.assert(
    fc.property(share, share, share, share, (a0, b0, a1, b1) => {
      const bowl = ([a, b]: Point) => (a! - a1) ** 2 + (b! - b1) ** 2;
      const alone = searched(bowl, [weight, weight], [a0, b0]);
      const together = new NeighbourSearch([weight, weight], [a0, b0]);
      const asked: Point[] = [];
      while (!together.isDone) {
        const points = together.nextPoints();
        expect(points.length).toBeGreaterThan(0);
        asked.push(...points);
        for (const point of points) together.report(bowl(point));
      }
      expect(asked).toEqual(alone.asked);
      expect(together.path).toEqual(alone.search.path);
      expect(together.nextPoints()).toEqual([]);
    }),
  );
});

test("bad starts and costs are refused", () => {
  expect(() => new NeighbourSearch([], [])).toThrow(RangeError);
  expect(() => new NeighbourSearch([unit], [2])).toThrow("(2), which is not within its bounds");
  expect(() => new NeighbourSearch([unit], [0.5, 0.5])).toThrow(RangeError);
  expect(() => new NeighbourSearch([unit], [Number.NaN])).toThrow(RangeError);
  for (const cost of [Number.NaN, Infinity])
    expect(() => new NeighbourSearch([unit], [0]).report(cost)).toThrow(RangeError);
});

test("a range of one value has no neighbours, and the search ends", () => {
  expect(searched(() => 1, [{ min: 3, max: 3 }], [3]).asked).toEqual([[3]]);
});

describe("in any bowl", () => {
  const share = fc.double({ min: 0, max: 2, noNaN: true });
  test("it stays within bounds, ends after at most 5 x 5 + 1 evaluations and never ends worse than it began", () => {
    const property = fc.property(share, share, share, share, (a0, b0, a1, b1) => {
      const bowl = ([a, b]: Point) => (a! - a1) ** 2 + (b! - b1) ** 2;
      const { asked, search } = searched(bowl, [weight, weight], [a0, b0]);
      expect(asked.length).toBeLessThanOrEqual(26);
      for (const point of asked) for (const value of point) expect(value >= 0 && value <= 2).toBe(true);
      expect(search.best!.cost).toBeLessThanOrEqual(bowl([a0, b0]));
      expect(search.best!.cost).toBe(Math.min(...asked.map(bowl)));
    });
    fc.assert(property);
  });
  test("from the middle it comes within a tenth of the range of the lowest point in five steps", () => {
    const property = fc.property(share, share, (a1, b1) => {
      const { search } = searched(([a, b]) => (a! - a1) ** 2 + (b! - b1) ** 2, [weight, weight], [1, 1]);
      const [a, b] = search.best!.point;
      expect(Math.hypot(a! - a1, b! - b1)).toBeLessThanOrEqual(0.2);
    });
    fc.assert(property);
  });
});
