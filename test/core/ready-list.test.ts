import fc from "fast-check";
import { expect, test } from "vitest";
import { JobPool } from "../../src/core/job-pool.ts";
import { ReadyList } from "../../src/core/ready-list.ts";

interface Item {
  readonly slot: number;
}

/** A key whose parts collide often, so that every tie-break is met; task and job together name a job. */
const keys = fc.uniqueArray(
  fc.record({
    rank: fc.constantFrom(-Infinity, -1, -0, 0, 2, Infinity),
    releaseNs: fc.integer({ min: 0, max: 3 }),
    task: fc.integer({ min: 0, max: 3 }),
    job: fc.integer({ min: 0, max: 30 }),
  }),
  { selector: ({ task, job }) => `${task}/${job}`, maxLength: 80 },
);
/** A number picks an item: in if it is out, out if it is in. */
const moves = fc.array(fc.nat(), { maxLength: 400 });

test("a ready list keeps the order of a plain sorted array under any insertions and removals", () => {
  const property = fc.property(keys, moves, (all, picks) => {
    const pool = new JobPool();
    const items = all.map(({ rank, releaseNs, task, job }): Item => {
      const slot = pool.acquire();
      pool.rank[slot] = rank;
      pool.releaseNs[slot] = releaseNs;
      pool.taskIndex[slot] = task;
      pool.jobIndex[slot] = job;
      return { slot };
    });
    const list = new ReadyList<Item>(pool);
    let plain: Item[] = [];
    for (const pick of items.length === 0 ? [] : picks) {
      const item = items[pick % items.length]!;
      if (plain.includes(item)) {
        list.remove(item);
        plain = plain.filter((other) => other !== item);
      } else {
        list.insert(item);
        plain = [...plain, item].sort((a, b) => compare(pool, a.slot, b.slot));
      }
      expect([...list]).toEqual(plain);
      expect(list.length).toBe(plain.length);
      if (plain.length > 0) expect(list.first).toBe(plain[0]);
    }
  });
  fc.assert(property, { numRuns: 200 });
});

test("a ready list takes and gives a long queue at either end", () => {
  const pool = new JobPool();
  const slots = Array.from({ length: 1000 }, (_, i) => {
    const slot = pool.acquire();
    pool.rank[slot] = i % 2 === 0 ? i : -i;
    return slot;
  });
  const items = slots.map((slot) => ({ slot }));
  const list = new ReadyList<Item>(pool);
  for (const item of items) list.insert(item);
  const ranks = [...list].map(({ slot }) => pool.rank[slot]!);
  expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
  while (list.length > 0) list.remove(list.at(list.length % 2 === 0 ? 0 : list.length - 1));
  for (const item of items.slice(0, 3)) list.insert(item);
  expect([...list].map(({ slot }) => pool.rank[slot])).toEqual([-1, 0, 2]);
});

function compare(pool: JobPool, a: number, b: number): number {
  // Infinity - Infinity is no number, so each part is compared, not subtracted.
  for (const part of [pool.rank, pool.releaseNs, pool.taskIndex, pool.jobIndex]) {
    if (part[a]! < part[b]!) return -1;
    if (part[a]! > part[b]!) return 1;
  }
  return 0;
}
