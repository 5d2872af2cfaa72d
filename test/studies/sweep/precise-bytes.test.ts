/** However a sweep to a precision is run, the same points are run, and the same bytes come out. */

import { readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { PointOutcome } from "../../../src/executors/point.ts";
import { merge } from "../../../src/studies/sweep/merge/merge.ts";
import { summarise } from "../../../src/studies/sweep/summary/summarise.ts";
import { propertyRuns } from "../../property-runs.ts";
import { bytesIn } from "./bytes.ts";
import {
  FakeExecutor,
  failure,
  fakePlan,
  freshFolder,
  type Shape,
  shuffledBy,
  success,
  sweepInto,
} from "./fake-plan.ts";

const MOST_SEEDS = 30;
const judged = ["energyMj", "p99Ms"];

const shape: fc.Arbitrary<Shape> = fc.record({
  cases: fc.integer({ min: 1, max: 3 }),
  groupsPerCase: fc.integer({ min: 1, max: 4 }),
  seeds: fc.constant(MOST_SEEDS),
  precision: fc.record({ aim: fc.constantFrom(0.02, 0.1, 0.2), firstSeeds: fc.integer({ min: 3, max: 6 }) }),
});

/** Groups from very wide to exact; in some of them a seed fails, which stops them there. */
function outcome(index: number): PointOutcome {
  const group = Math.floor(index / MOST_SEEDS);
  if (group % 4 === 3 && index % MOST_SEEDS === group) return failure(index);
  const spread = [0, 1, 4, 9, 2][group % 5]!;
  return success(index, { energyMj: 20 + ((index * 7) % 11) * spread, p99Ms: 5 + ((index * 5) % 7) * (spread / 9) });
}

const executor = (key: number, most?: number) => new FakeExecutor(shuffledBy(key), most, outcome);

const swept = (folder: string, of: Shape, by: FakeExecutor) => sweepInto(folder, fakePlan(of), by, undefined, judged);

async function undisturbed(of: Shape): Promise<readonly string[]> {
  const folder = freshFolder();
  await swept(folder, of, new FakeExecutor(undefined, undefined, outcome));
  return bytesIn(folder);
}

test("any order of outcomes and any interruptions give the bytes of an undisturbed sweep", async () => {
  const interruption = fc.record({
    after: fc.nat({ max: 150 }),
    /** Bytes that a killed process did not get to write. */
    torn: fc.nat({ max: 2000 }),
  });
  await fc.assert(
    fc.asyncProperty(shape, fc.array(interruption, { maxLength: 4 }), fc.nat(), async (of, interruptions, key) => {
      const folder = freshFolder();
      const points = join(folder, "points.jsonl");
      for (const { after, torn } of interruptions) {
        await swept(folder, of, executor(key + after, after));
        truncateSync(points, Math.max(0, readFileSync(points).length - torn));
      }
      expect(await swept(folder, of, executor(key))).toBe(true);
      expect(bytesIn(folder)).toEqual(await undisturbed(of));
    }),
    propertyRuns(60),
  );
});

test("any number of shards, merged in any order, give the bytes of the whole sweep", async () => {
  await fc.assert(
    fc.asyncProperty(shape, fc.integer({ min: 1, max: 15 }), fc.nat(), async (of, shards, key) => {
      const numbers = Array.from({ length: shards }, (_, i) => i + 1);
      const folders = numbers.map(() => freshFolder());
      for (const number of numbers)
        await sweepInto(folders[number - 1]!, fakePlan(of), executor(key), { number, of: shards }, judged);
      const out = freshFolder();
      const named = shuffledBy(key)(numbers).map((n) => ({ path: folders[n - 1]!, shown: `part ${n}` }));
      const manifest = merge(named, { path: out, shown: "out" });
      summarise(out, manifest, { metrics: [], pareto: undefined, requirements: [], mostGroups: 3 });
      expect(bytesIn(out)).toEqual(await undisturbed(of));
    }),
    propertyRuns(40),
  );
});

test("groups have seeds as they need them, from the first one on", async () => {
  const [, points] = await undisturbed({
    cases: 1,
    groupsPerCase: 4,
    seeds: 30,
    precision: { aim: 0.1, firstSeeds: 3 },
  });
  const seeds = [0, 0, 0, 0];
  for (const line of points!.trimEnd().split("\n")) {
    const { index } = JSON.parse(line) as { index: number };
    expect(index % MOST_SEEDS).toBe(seeds[Math.floor(index / MOST_SEEDS)]!++);
  }
  // Exact, then wider and wider; in the last one the fourth seed fails, which is there in the second step.
  expect([seeds[0], seeds[1]! > 3, seeds[2], seeds[3]]).toEqual([3, true, 30, 6]);
});

test("a shard that lacks seeds for the precision is not merged", async () => {
  const of: Shape = { cases: 2, groupsPerCase: 3, seeds: 30, precision: { aim: 0.1, firstSeeds: 3 } };
  const shards = [1, 2].map((number) => ({ number, of: 2 }));
  const folders = shards.map(() => freshFolder());
  for (const [i, shard] of shards.entries()) await sweepInto(folders[i]!, fakePlan(of), executor(1), shard, judged);
  const named = folders.map((path, i) => ({ path, shown: `part ${i + 1}` }));
  const points = join(folders[1]!, "points.jsonl");
  const lines = readFileSync(points, "utf8").trimEnd().split("\n");
  const last = lines.at(-1)!;
  truncateSync(points, readFileSync(points).length - Buffer.byteLength(`${last}\n`));
  expect(() => merge(named, { path: freshFolder(), shown: "out" })).toThrow(
    `part 2 is not finished: it has ${lines.length - 1} of ${lines.length} points`,
  );
});
