import fc from "fast-check";
import { expect, test } from "vitest";
import { TupleCache } from "../../src/cost/tuple-cache.ts";
import { propertyRuns } from "../property-runs.ts";

test("a cache knows nothing at first, and then what it was told last", () => {
  const cache = new TupleCache<string>(2);
  expect(cache.get(Float64Array.of(0, 0))).toBeUndefined();
  cache.set(Float64Array.of(0, 0), "first");
  cache.set(Float64Array.of(0, 0), "second");
  expect(cache.get(Float64Array.of(0, 0))).toBe("second");
});

test("a tuple with a value keeps it when the array that was its key changes", () => {
  const cache = new TupleCache<string>(2);
  const key = Float64Array.of(3, 4);
  cache.set(key, "three, four");
  key[1] = 5;
  expect(cache.get(key)).toBeUndefined();
  expect(cache.get(Float64Array.of(3, 4))).toBe("three, four");
});

test("a value is that of its own tuple or forgotten, with far more tuples than places", () => {
  const extent = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: -5, max: 2 ** 40 }));
  const tuples = fc.array(fc.tuple(extent, extent, extent), { minLength: 1, maxLength: 600 });
  fc.assert(
    fc.property(tuples, (all) => {
      const cache = new TupleCache<string>(3);
      for (const tuple of all) {
        cache.set(Float64Array.from(tuple), tuple.join());
        expect(cache.get(Float64Array.from(tuple))).toBe(tuple.join());
      }
      const kept = all.map((tuple) => [tuple.join(), cache.get(Float64Array.from(tuple))]);
      for (const [written, known] of kept) expect([undefined, written]).toContain(known);
    }),
    propertyRuns(100),
  );
});

test("tiles of common sizes hardly ever share a place", () => {
  const cache = new TupleCache<number>(6);
  const sizes = [1, 3, 4, 7, 16];
  const tiles = sizes.flatMap((k) => sizes.flatMap((c) => [1, 3].map((r) => Float64Array.of(k, c, r, r, 1, 1))));
  tiles.forEach((tile, i) => {
    cache.set(tile, i);
  });
  expect(tiles.filter((tile, i) => cache.get(tile) === i).length).toBeGreaterThan(tiles.length * 0.8);
});
