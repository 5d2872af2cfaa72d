/** However a sweep is run, the same bytes come out. */

import { appendFileSync, readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { manifestOf } from "../../../src/studies/sweep/folder/manifest.ts";
import { merge } from "../../../src/studies/sweep/merge/merge.ts";
import { summarise } from "../../../src/studies/sweep/summary/summarise.ts";
import { propertyRuns } from "../../property-runs.ts";
import { bytesIn } from "./bytes.ts";
import { FakeExecutor, fakePlan, freshFolder, type Shape, shuffledBy, sweepInto } from "./fake-plan.ts";

const shape: fc.Arbitrary<Shape> = fc.record({
  cases: fc.integer({ min: 1, max: 6 }),
  groupsPerCase: fc.integer({ min: 1, max: 4 }),
  seeds: fc.integer({ min: 1, max: 3 }),
});

async function undisturbed(of: Shape): Promise<readonly string[]> {
  const folder = freshFolder();
  await sweepInto(folder, fakePlan(of), new FakeExecutor());
  return bytesIn(folder);
}

test("any order of outcomes and any interruptions give the bytes of an undisturbed sweep", async () => {
  const interruption = fc.record({
    after: fc.nat({ max: 20 }),
    /** Bytes that a killed process did not get to write. */
    torn: fc.nat({ max: 300 }),
    garbage: fc.constantFrom("", "{", '{"index":1}\n', "\0\0\0"),
  });
  await fc.assert(
    fc.asyncProperty(shape, fc.array(interruption, { maxLength: 4 }), fc.nat(), async (of, interruptions, key) => {
      const folder = freshFolder();
      const points = join(folder, "points.jsonl");
      for (const { after, torn, garbage } of interruptions) {
        await sweepInto(folder, fakePlan(of), new FakeExecutor(shuffledBy(key + after), after));
        truncateSync(points, Math.max(0, readFileSync(points).length - torn));
        appendFileSync(points, garbage);
      }
      expect(await sweepInto(folder, fakePlan(of), new FakeExecutor(shuffledBy(key)))).toBe(true);
      expect(bytesIn(folder)).toEqual(await undisturbed(of));
    }),
    propertyRuns(60),
  );
});

test("any number of shards, merged in any order, give the bytes of the whole sweep", async () => {
  await fc.assert(
    fc.asyncProperty(shape, fc.integer({ min: 1, max: 9 }), fc.nat(), async (of, shards, key) => {
      const plan = fakePlan(of);
      const numbers = Array.from({ length: shards }, (_, i) => i + 1);
      const folders = numbers.map(() => freshFolder());
      for (const number of numbers)
        await sweepInto(folders[number - 1]!, plan, new FakeExecutor(shuffledBy(key)), { number, of: shards });
      const out = freshFolder();
      const named = shuffledBy(key)(numbers).map((n) => ({ path: folders[n - 1]!, shown: `part ${n}` }));
      const manifest = merge(named, { path: out, shown: "out" });
      expect(manifest).toEqual(manifestOf(plan, undefined, []));
      summarise(out, manifest, { metrics: [], pareto: undefined, requirements: [], mostGroups: 3 });
      expect(bytesIn(out)).toEqual(await undisturbed(of));
    }),
    propertyRuns(40),
  );
});
