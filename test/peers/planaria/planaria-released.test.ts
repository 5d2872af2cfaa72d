/** The released Planaria scheduler: its allocation rule number by number, and its barriers. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyRuns } from "../../property-runs.ts";
import { run, type SmallWorld } from "../../worlds.ts";
import { planariaReleased } from "./planaria-released.ts";
import { type Claim, ReleasedAllocation } from "./released-allocation.ts";

/** Units and regime of claims [priority, slack, need, remaining]. */
function divided(units: number, ...claims: readonly (readonly [number, number, number, number])[]) {
  const allocation = new ReleasedAllocation(units);
  for (const [priority, slack, need, remaining] of claims) allocation.add({ priority, slack, need, remaining });
  const regime = allocation.divide();
  return [regime, ...allocation.units];
}

describe("the allocation rule", () => {
  test("gives needs, and spare units in proportion to priority / remaining time", () => {
    // 10 spare; scores 0.3 and 0.2: 6 and 4.
    expect(divided(16, [3, 99, 4, 10], [2, 99, 2, 10])).toEqual(["fit", 10, 6]);
  });
  test("rounds halves to even, and gives what rounding left to the highest priority", () => {
    // 1 spare unit, halves: 0 each. The first of equal priority gets it.
    expect(divided(3, [1, 9, 1, 10], [1, 9, 1, 10])).toEqual(["fit", 2, 1]);
    // 5 spare units: 2.5 each, 2 each; one is left.
    expect(divided(7, [1, 9, 1, 10], [2, 9, 1, 20])).toEqual(["fit", 3, 4]);
  });
  test("shares what rounding left evenly among those of highest priority", () => {
    // 16 spare units, 7 equal scores: 2.29 each, 2; two are left for three of priority 2, then for one of priority 3.
    const claims = [1, 2, 2, 2, 1, 1, 1].map((priority): [number, number, number, number] => [
      priority,
      9,
      1,
      priority,
    ]);
    expect(divided(23, ...claims)).toEqual(["fit", 3, 5, 3, 3, 3, 3, 3]);
    const two = claims.map(([, ...rest], i): [number, number, number, number] => [i < 2 ? 3 : 1, ...rest]);
    expect(divided(23, ...two.map(([p, s, n]): [number, number, number, number] => [p, s, n, p]))).toEqual([
      "fit",
      ...[4, 4, 3, 3, 3, 3, 3],
    ]);
  });
  test("takes what rounding gave too much from the lowest priorities", () => {
    // 3 spare units, halves of 3: 1.5 each rounds to 2.
    expect(divided(5, [2, 9, 1, 20], [1, 9, 1, 10])).toEqual(["fit", 3, 2]);
  });
  test("serves by priority / (slack x need) where needs do not fit", () => {
    // 1/40, 1/30, 1/10: the last two first.
    expect(divided(4, [1, 20, 2, 9], [1, 10, 3, 9], [1, 10, 1, 9])).toEqual(["notfit", 0, 3, 1]);
    // A partial need.
    expect(divided(4, [1, 10, 3, 9], [1, 10, 2, 9])).toEqual(["notfit", 2, 2]);
  });
  test("gives spare units to those that have a need; what rounding leaves may go to one that has none", () => {
    // Three spare units, two equal scores: 1.5 each rounds to 2, one too many: the first of equals gives it back.
    expect(divided(5, [1, 10, 1, 9], [1, 10, 1, 9], [1, 10, 0, 99])).toEqual(["notfit", 2, 3, 0]);
    // One spare unit, halves: 0 each. The third has the highest priority.
    expect(divided(3, [1, 10, 1, 9], [1, 10, 1, 9], [9, 10, 0, 99])).toEqual(["notfit", 1, 1, 1]);
  });
  test("divides all by urgency where nobody has a need, and leaves what rounding leaves idle", () => {
    // 2/10 and 1/10 of 4: 2.67 and 1.33.
    expect(divided(4, [1, 5, 0, 10], [2, 5, 0, 10])).toEqual(["notfit", 1, 3]);
    // Thirds of 4: 1.33 each.
    expect(divided(4, [1, 5, 0, 10], [1, 5, 0, 10], [1, 5, 0, 10])).toEqual(["notfit", 1, 1, 1]);
    // Three quarters of 2 and a quarter of 2, a half: 2 and none.
    expect(divided(2, [1, 5, 0, 8], [3, 5, 0, 8])).toEqual(["notfit", 0, 2]);
  });
  test("gives one unit to the most urgent where rounding would leave all idle", () => {
    expect(divided(1, [1, 5, 0, 10], [1, 5, 0, 10])).toEqual(["notfit", 1, 0]);
  });
  test("takes a job of no remaining time in its stride", () => {
    expect(divided(4, [1, 5, 1, 0])).toEqual(["fit", 4]);
    // Shares of infinity are none: three units are left for two jobs of equal priority.
    expect(divided(4, [1, 0, 1, 0], [1, -5, 0, 10])).toEqual(["notfit", 3, 1]);
    expect(divided(4, [2, -1, 0, 0], [1, -5, 0, 1])).toEqual(["notfit", 3, 1]);
  });
  test("never gives more units than there are, and none of them negative", () => {
    const claim = fc.record<Claim>({
      priority: fc.integer({ min: 1, max: 12 }),
      slack: fc.integer({ min: 1, max: 100 }),
      need: fc.integer({ min: 0, max: 16 }),
      remaining: fc.integer({ min: 0, max: 100 }),
    });
    const property = fc.property(fc.array(claim, { minLength: 1, maxLength: 40 }), (claims) => {
      const allocation = new ReleasedAllocation(16);
      for (const each of claims) allocation.add(each);
      allocation.divide();
      const given = allocation.units.reduce((sum, units) => sum + units, 0);
      expect(given).toBeLessThanOrEqual(16);
      expect(given).toBeGreaterThan(0);
      expect(Math.min(...allocation.units)).toBeGreaterThanOrEqual(0);
    });
    fc.assert(property, propertyRuns(500));
  });
});

test("all jobs wait at the end of their tile until the last has come there", () => {
  // a: 4 tiles of 10 ns on 4 units. b comes at 13: a stops at 20; both have a need (2 x 20 ns on 2 units; 80 on 2).
  // At 60 a is complete: b stops at once, its two tiles done; alone it has all units, 10 ns a tile.
  const world: SmallWorld = {
    units: [4],
    tasks: [
      { id: "a", layersNs: [40], tiles: [4], deadlineNs: 70 },
      { id: "b", layersNs: [40], tiles: [4], atNs: [13], deadlineNs: 90 },
    ],
  };
  const { segments, ends } = run(world, planariaReleased);
  expect(segments.map((s) => [s.startNs, s.endNs, world.tasks[s.taskIndex]!.id, s.units])).toEqual([
    [0, 20, "a", 4],
    [20, 60, "a", 2],
    [20, 60, "b", 2],
    [60, 80, "b", 4],
  ]);
  expect(ends.map(([timeNs]) => timeNs)).toEqual([60, 80]);
});

test("a job that has reached its tile end idles until the slowest one has", () => {
  // c comes at 15. a, 10 ns a tile, stops at 20; b, 25 ns a tile, at 25. c alone is pressed; a and b score 0.
  const world: SmallWorld = {
    units: [2],
    tasks: [
      { id: "a", layersNs: [20], tiles: [4] },
      { id: "b", layersNs: [50], tiles: [4] },
      { id: "c", layersNs: [10], atNs: [15], deadlineNs: 50 },
    ],
  };
  const { segments } = run(world, planariaReleased);
  expect(segments.slice(0, 4).map((s) => [s.startNs, s.endNs, world.tasks[s.taskIndex]!.id, s.units])).toEqual([
    [0, 20, "a", 1],
    [0, 25, "b", 1],
    [25, 45, "a", 1],
    [25, 45, "c", 1],
  ]);
});

test("with several accelerators a job joins the one with fewest jobs of those that can run it, then the fastest", () => {
  const world: SmallWorld = {
    accelerators: 3,
    tasks: [
      { id: "a", layersNs: [[30, 20, Infinity]] },
      { id: "b", layersNs: [[30, 20, Infinity]] },
      { id: "c", layersNs: [[30, 20, Infinity]], atNs: [1] },
      { id: "d", layersNs: [[30, 20, 90]], atNs: [2] },
    ],
  };
  const { jobs } = run(world, planariaReleased);
  const accelerators = Object.fromEntries(jobs.map((job) => [world.tasks[job.taskIndex]!.id, job.accelerators]));
  expect(accelerators).toEqual({ a: [1], b: [0], c: [1], d: [2] });
});
