/** How many threads share the points: as many as have 300 ms of work, judged by what the last points took this thread. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { CrewSize } from "../../../src/executors/threads/crew-size.ts";

/** After points that took so long, with so many left after each. */
function sizeAfter(times: readonly number[], left: number, most = 4, expected?: number): CrewSize {
  const size = new CrewSize(most, expected);
  for (const ms of times) size.grows(ms, left);
  return size;
}

test("what is soon over stays in this thread", () => {
  expect(sizeAfter(Array(25).fill(10), 59).members).toBe(1);
});

test("each thread has work for 300 ms", () => {
  expect(sizeAfter(Array(25).fill(10), 60).members).toBe(2);
  expect(sizeAfter(Array(25).fill(10), 119).members).toBe(3);
});

test("no more threads than are allowed", () => {
  expect(sizeAfter(Array(25).fill(10), 10_000).members).toBe(4);
  expect(sizeAfter(Array(25).fill(10), 10_000, 1).members).toBe(1);
});

test("the first points, which load everything, say little", () => {
  expect(sizeAfter([240], 1000).members).toBe(1);
  // A point takes 83 ms on average, and 65 ms if the later ones count more: 650 ms in all for ten.
  expect(sizeAfter([230, 10, 10], 9).members).toBe(1);
  expect(sizeAfter([230, 10, 10], 10).members).toBe(2);
});

test("without a known total, as many may follow as have ended", () => {
  expect(sizeAfter(Array(50).fill(10), 0).members).toBe(1);
  expect(sizeAfter(Array(60).fill(10), 0).members).toBe(2);
  expect(sizeAfter(Array(60).fill(10), 0, 4, 60).members).toBe(1);
});

test("it tells when it grows, and never shrinks", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 500 }), fc.nat(300)), { minLength: 1 }), (steps) => {
      const size = new CrewSize(5, undefined);
      for (const [ms, left] of steps) {
        const before = size.members;
        expect(size.grows(ms, left)).toBe(size.members > before);
        expect(size.members).toBeGreaterThanOrEqual(before);
        expect(size.members).toBeLessThanOrEqual(5);
      }
    }),
  );
});

test("two long points in a row are too long for a thread that others wait for", () => {
  expect(sizeAfter([100], 9).areLong).toBe(false);
  expect(sizeAfter([100, 100], 9).areLong).toBe(true);
  expect(sizeAfter([400, 99], 9).areLong).toBe(false);
  expect(sizeAfter([100, 100], 9, 1).areLong).toBe(false);
});
