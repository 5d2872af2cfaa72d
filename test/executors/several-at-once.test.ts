/** Work on several items at a time: order, limits, and which failure counts. */
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { severalAtOnce } from "../../src/executors/several-at-once.ts";

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await setImmediate();
};

test("results are in the order of the items, and never are more at work than asked for", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(5), { maxLength: 20 }), fc.integer({ min: 1, max: 5 }), async (items, atOnce) => {
      let busy = 0;
      const results = await severalAtOnce(items, atOnce, async (item) => {
        busy += 1;
        expect(busy).toBeLessThanOrEqual(atOnce);
        await turns(item);
        busy -= 1;
        return item * 2;
      });
      expect(results).toEqual(items.map((item) => item * 2));
    }),
  );
});

test("the failure of the first item counts, whichever failed first, and none is begun after a failure", async () => {
  const begun: number[] = [];
  const work = severalAtOnce([6, 1, 9], 2, async (item) => {
    begun.push(item);
    await turns(item);
    throw new Error(`item ${item}`);
  });
  await expect(work).rejects.toThrow("item 6");
  expect(begun).toEqual([6, 1]);
});

test("no items are no work", async () => {
  expect(await severalAtOnce([], 3, () => Promise.reject(new Error("called")))).toEqual([]);
});
