/** What holds for every search, on random small cases. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { propertyRuns } from "../property-runs.ts";
import { searched } from "./searched.ts";
import { tiny } from "./tiny.ts";

const metrics = ["violations", "uxCostGuarded", "uxCost", "slaSatisfaction"];

test.each(metrics)("the search for %s finds what visiting every schedule finds", (metric) => {
  fc.assert(
    fc.property(tiny, fc.constantFrom("layer" as const, "model" as const), (world, granularity) => {
      const all = searched(world, { metric, granularity, pruning: "none" }, 3_000_000);
      const best = searched(world, { metric, granularity });
      const bounded = searched(world, { metric, granularity, pruning: "bounds" }, 3_000_000);
      expect([all.isProven, bounded.isProven, best.isProven]).toEqual([true, true, true]);
      expect(bounded.value).toBeCloseTo(all.value, 9);
      expect(best.value).toBeCloseTo(all.value, 9);
    }),
    propertyRuns(30),
  );
});
